"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { type PatientField, patientFields } from "@/lib/patients/fields";
import type { PatientFacts } from "@/lib/patients/patient";
import { Icon } from "../../../../icons";
import { type Changed, changeDetails } from "../actions";
import { type Choices, PatientFields } from "../patient-fields";
import { changedBetween, type Values, valuesOf } from "../values";

/** What a page never holds before somebody asks: an empty field keeps it, a box takes it off file. */
const veiled = ["phone", "email", "accountNumber"] as const;
type Veiled = (typeof veiled)[number];
const isVeiled = (field: PatientField): field is Veiled => veiled.some((one) => one === field);

/**
 * Changes what is on file. Only what was changed here is sent; what somebody else saved meanwhile comes into every field that was not touched,
 * and is told beside those that were.
 */
export function EditForm({ patient, ...choices }: Choices & { patient: PatientFacts }) {
  const t = useTranslations("patients");
  const [base, setBase] = useState(patient);
  const [values, setValues] = useState(() => valuesOf(patient));
  const [drop, setDrop] = useState<readonly Veiled[]>([]);
  const [theirs, setTheirs] = useState<Partial<Values>>({});
  const [came, setCame] = useState<Changed>({ kind: "nothing" });
  const [pending, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);

  if (patient.revision !== base.revision) {
    const fresh = changedBetween(base, patient);
    const before = valuesOf(base);
    setBase(patient);
    setValues((now) => ({
      ...now,
      ...Object.fromEntries(
        patientFields
          .filter((field) => now[field] === before[field])
          .map((field) => [field, valuesOf(patient)[field]]),
      ),
    }));
    setTheirs(
      Object.fromEntries(
        Object.entries(fresh).filter(([field, value]) => {
          const mine = values[field as PatientField];
          return mine !== before[field as PatientField] && mine !== value;
        }),
      ),
    );
  }
  useEffect(() => {
    if (came.kind === "refused") form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [came]);

  const onFile = valuesOf(base);
  const changed = Object.fromEntries(
    patientFields
      .filter((field) => values[field] !== onFile[field] || drop.some((one) => one === field))
      .map((field) => [field, drop.some((one) => one === field) ? "" : values[field]]),
  );
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!pending)
      start(async () => {
        const answer = await changeDetails(patient.patientId, base.revision, changed);
        setCame(answer);
        if (answer.kind !== "saved") return;
        setValues((now) => ({ ...now, phone: "", email: "", accountNumber: "" }));
        setDrop([]);
        setTheirs({});
      });
  };
  const wrong = came.kind === "refused" ? came.wrong : {};
  return (
    <form ref={form} id="change" className="stack" onSubmit={send} noValidate aria-label={t("edit")}>
      <p className="small soft">{t("editSay")}</p>
      <div role="alert">
        {came.kind === "conflict" || wrong.form ? (
          <p className="banner banner--notice">
            <Icon name="warn" />
            <span>{wrong.form ?? t("did.conflict")}</span>
          </p>
        ) : null}
      </div>
      <PatientFields
        {...choices}
        values={values}
        set={(change) => setValues((now) => ({ ...now, ...change }))}
        wrong={wrong}
        notes={{
          ...Object.fromEntries(
            veiled.map((field) => [
              field,
              <OnFile
                key={field}
                field={field}
                patient={base}
                drops={drop.includes(field)}
                setDrops={(drops) =>
                  setDrop((now) => [...now.filter((one) => one !== field), ...(drops ? [field] : [])])
                }
              />,
            ]),
          ),
          ...Object.fromEntries(
            Object.entries(theirs)
              .filter(([field]) => !isVeiled(field as PatientField))
              .map(([field, value]): [string, ReactNode] => [
                field,
                <b key={field}>{t("fields.now", { value: value || t("none") })}</b>,
              ]),
          ),
        }}
      />
      <div className="formfoot">
        <p className="grow" role="status">
          {pending
            ? t("saving")
            : came.kind === "saved"
              ? came.message
              : t("wrong.count", { count: Object.keys(wrong).length })}
        </p>
        <button type="submit" className="btn btn--md" aria-disabled={pending}>
          {t("save")}
        </button>
      </div>
    </form>
  );
}

type OnFileProps = {
  field: Veiled;
  patient: PatientFacts;
  drops: boolean;
  setDrops: (drops: boolean) => void;
};

/** Under a veiled field: that something is on file, and a box to take it off. */
function OnFile({ field, patient, drops, setDrops }: OnFileProps) {
  const t = useTranslations("patients.fields");
  const masked = field === "accountNumber" ? null : patient[field];
  if (field === "accountNumber" ? !patient.hasAccountNumber : !masked) return t("notOnFile");
  return (
    <span className="onfile">
      {masked ? t("onFile", { masked }) : t("onFileNumber")}
      <label className="check">
        <input type="checkbox" checked={drops} onChange={(event) => setDrops(event.target.checked)} />
        <span>{t.rich("drop", { what: t(field), vh: (part) => <span className="vh">{part}</span> })}</span>
      </label>
    </span>
  );
}
