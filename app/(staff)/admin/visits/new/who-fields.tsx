"use client";

import { useTranslations } from "next-intl";
import { useRef, useTransition } from "react";
import { Field } from "@/components/ui/field";
import type { ClinicianEntry } from "@/lib/clinicians/list-clinicians";
import { fullName } from "@/lib/kernel/full-name";
import type { PatientEntry } from "@/lib/patients/list-patients";
import { findPatients } from "./actions";
import { Pick } from "./pick";
import type { Part } from "./values";

type Props = Part & {
  patients: PatientEntry[];
  clinicians: ClinicianEntry[];
  /** Another search brought others. */
  found: (patients: PatientEntry[]) => void;
  /** Somebody who is not on file yet; null: the reader adds nobody. */
  add: (() => void) | null;
};

/** For whom and with whom. */
export function WhoFields({ values, set, errors, patients, clinicians, found, add }: Props) {
  const t = useTranslations("book");
  const [searching, startSearch] = useTransition();
  const search = useRef<HTMLInputElement>(null);
  const find = () => startSearch(async () => found(await findPatients(search.current?.value ?? "")));
  const patient = patients.find((one) => one.patientId === values.patientId);
  return (
    <>
      <div className="two">
        <Field
          id="q"
          label={t("find")}
          hint={
            <span className="row">
              <span className="grow">
                {searching ? t("looking") : t("toChoose", { count: patients.length })}
              </span>
              {add ? (
                <button type="button" className="btn btn--quiet btn--tiny" onClick={add}>
                  {t("add")}
                </button>
              ) : null}
            </span>
          }
        >
          {(tied) => (
            <span className="row">
              <input
                {...tied}
                ref={search}
                className="input"
                type="search"
                autoComplete="off"
                onKeyDown={(event) => {
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  find();
                }}
              />
              <button type="button" className="btn btn--quiet" onClick={find}>
                {t("findNow")}
              </button>
            </span>
          )}
        </Field>
        <Field
          id="patientId"
          label={t("patient")}
          error={errors.patientId}
          required
          hint={
            patient
              ? t("lives", {
                  state: patient.state,
                  phone: patient.phone ?? t("noPhone"),
                  email: patient.email ?? t("noEmail"),
                })
              : undefined
          }
        >
          {(tied) => (
            <Pick tied={tied} value={values.patientId} onPick={set("patientId")}>
              <option value="">{t("choose")}</option>
              {patients.map((one) => (
                <option key={one.patientId} value={one.patientId}>
                  {one.lastName}, {one.firstName} · {one.state}
                </option>
              ))}
            </Pick>
          )}
        </Field>
      </div>
      <Field id="clinicianId" label={t("clinician")} error={errors.clinicianId} required>
        {(tied) => (
          <Pick tied={tied} value={values.clinicianId} onPick={set("clinicianId")}>
            <option value="">{t("choose")}</option>
            {clinicians.map((one) => (
              <option key={one.clinicianId} value={one.clinicianId}>
                {fullName(one)} · {one.states.join(", ") || t("noLicense")}
              </option>
            ))}
          </Pick>
        )}
      </Field>
    </>
  );
}
