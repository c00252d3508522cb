"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState, useTransition } from "react";
import type { PatientFacts } from "@/lib/patients/patient";
import { Icon } from "../../../icons";
import { type Added, addNew } from "./actions";
import { type Choices, PatientFields } from "./patient-fields";
import { valuesFrom } from "./values";

type Props = Choices & {
  /** They are on file: just added, or found to be meant. */
  onFile: (patient: PatientFacts, as: "added" | "known") => void;
  cancel: () => void;
  /** What was typed of them elsewhere. */
  typed?: string;
  /** Somebody alike can be taken in place of a new one; else their page is offered. */
  takes?: boolean;
};

/** Puts somebody on file, after it was said who is alike. */
export function NewForm({ onFile, cancel, takes = false, typed = "", ...choices }: Props) {
  const t = useTranslations("patients");
  const [values, setValues] = useState(() => valuesFrom(typed));
  const [came, setCame] = useState<Added>({ kind: "nothing" });
  const [pending, start] = useTransition();
  // Made once for this form: a press that is repeated because its answer was lost adds nobody twice.
  const patientId = useRef<ReturnType<typeof crypto.randomUUID>>(undefined);
  const form = useRef<HTMLFormElement>(null);
  const wrong = came.kind === "refused" ? came.wrong : {};
  const noContact = !values.phone.trim() && !values.email.trim();

  useEffect(() => {
    if (came.kind === "refused") form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [came]);

  const add = (anyway: boolean) => {
    patientId.current ??= crypto.randomUUID();
    const chosen = patientId.current;
    if (!pending)
      start(async () => {
        const answer = await addNew(values, { patientId: chosen, anyway });
        setCame(answer);
        if (answer.kind === "added") onFile(answer.patient, "added");
      });
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    add(false);
  };
  return (
    <form ref={form} className="stack" onSubmit={send} noValidate aria-label={t("new.title")}>
      <div role="alert">
        {wrong.form ? (
          <p className="banner banner--danger">
            <Icon name="warn" />
            <span>{wrong.form}</span>
          </p>
        ) : null}
      </div>
      <PatientFields
        {...choices}
        values={values}
        wrong={wrong}
        set={(change) => {
          setValues((now) => ({ ...now, ...change }));
          setCame((now) => (now.kind === "alike" ? { kind: "nothing" } : now));
        }}
      />
      {came.kind === "alike" ? (
        <section className="banner banner--notice alike" role="status">
          <div className="stack stack--tight">
            <h2>{t("new.alike", { count: came.alike.length })}</h2>
            <p>{t("new.alikeSay")}</p>
            <ul className="finder__found">
              {came.alike.map(({ patient, by }) => (
                <li key={patient.patientId} className="row row--wrap">
                  <span className="grow">
                    <b>
                      {patient.lastName}, {patient.firstName}
                    </b>{" "}
                    · {patient.state} · {by.map((one) => t(`new.by.${one}`)).join(", ")}{" "}
                    <span className="small">
                      {[patient.phone, patient.email].filter(Boolean).join(" · ")}
                    </span>
                  </span>
                  <Meant patient={patient} takes={takes} take={() => onFile(patient, "known")} />
                </li>
              ))}
            </ul>
            <div>
              <button
                type="button"
                className="btn btn--quiet btn--md"
                aria-disabled={pending}
                onClick={() => add(true)}
              >
                {t("new.anyway")}
              </button>
            </div>
          </div>
        </section>
      ) : null}
      {noContact ? <p className="hint">{t("new.noContact")}</p> : null}
      <div className="formfoot">
        <p className="grow" role="status">
          {pending ? t("new.saving") : t("wrong.count", { count: Object.keys(wrong).length })}
        </p>
        <button type="button" className="btn btn--quiet btn--md" onClick={cancel}>
          {t("new.cancel")}
        </button>
        <button type="submit" className="btn btn--md" aria-disabled={pending}>
          {t("new.save")}
        </button>
      </div>
    </form>
  );
}

function Meant({ patient, takes, take }: { patient: PatientFacts; takes: boolean; take: () => void }) {
  const t = useTranslations("patients.new");
  const given = {
    name: `${patient.firstName} ${patient.lastName}`,
    vh: (part: React.ReactNode) => <span className="vh">{part}</span>,
  };
  return takes ? (
    <button type="button" className="btn btn--quiet" onClick={take}>
      {t.rich("take", given)}
    </button>
  ) : (
    <Link className="btn btn--quiet" href={`/admin/patients/${patient.patientId}`}>
      {t.rich("open", given)}
    </Link>
  );
}
