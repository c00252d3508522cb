"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { ClinicianEntry } from "@/lib/clinicians/list-clinicians";
import type { PatientEntry } from "@/lib/patients/entry";
import { ClinicianBox } from "../../clinician-box";
import { Combobox } from "../../combobox/combobox";
import type { Offered, Option } from "../../combobox/use-combobox";
import { findPatients } from "./actions";
import type { Part } from "./values";

export type PatientOption = Option & { patient: PatientEntry };

type Props = Part & {
  patient: PatientEntry | null;
  choosePatient: (patient: PatientEntry | null) => void;
  /** Whom the reader may mean before they have typed. */
  offered: { patients: PatientEntry[]; lately: boolean };
  clinicians: ClinicianEntry[];
  /** Somebody who is not on file yet, of whom so much was typed; null: the reader adds nobody. */
  add: ((typed: string) => void) | null;
};

const optionOf = (patient: PatientEntry): PatientOption => ({
  patient,
  value: patient.patientId,
  label: `${patient.lastName}, ${patient.firstName} · ${patient.state}`,
  detail: [patient.phone, patient.email].filter(Boolean).join(" · "),
});

async function find(typed: string): Promise<Offered<PatientOption>> {
  const { patients, tooMany } = await findPatients(typed);
  return { options: patients.map(optionOf), more: tooMany };
}

/** For whom and with whom. */
export function WhoFields({ values, set, errors, patient, choosePatient, offered, clinicians, add }: Props) {
  const t = useTranslations("book");
  return (
    <>
      <Field
        id="patientId"
        label={t("patient")}
        error={errors.patientId}
        required
        hint={
          <span className="row">
            <span className="grow">
              {patient
                ? t("lives", {
                    state: patient.state,
                    phone: patient.phone ?? t("noPhone"),
                    email: patient.email ?? t("noEmail"),
                  })
                : t("patientHint")}
            </span>
            {add ? (
              <button type="button" className="btn btn--quiet btn--tiny" onClick={() => add("")}>
                {t("add")}
              </button>
            ) : null}
          </span>
        }
      >
        {(tied) => (
          <Combobox
            tied={tied}
            name="patientId"
            list={t("patients")}
            placeholder={t("typeOrChoose")}
            chosen={patient && optionOf(patient)}
            choose={(option) => choosePatient(option?.patient ?? null)}
            first={{ options: offered.patients.map(optionOf), more: false }}
            find={find}
            restMs={200}
            beginning={t(offered.lately ? "lately" : "byName")}
            elsewhere={add && { label: (typed) => (typed ? t("addNamed", { typed }) : t("add")), take: add }}
          />
        )}
      </Field>
      <Field id="clinicianId" label={t("clinician")} error={errors.clinicianId} required>
        {(tied) => (
          <ClinicianBox
            tied={tied}
            name="clinicianId"
            clinicians={clinicians}
            value={values.clinicianId}
            choose={set("clinicianId")}
            state={patient?.state ?? null}
          />
        )}
      </Field>
    </>
  );
}
