"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from "react";
import type { ClinicianEntry, PatientEntry } from "@/lib/visits/list-people";
import { Icon } from "../../../../icons";
import { NewDialog } from "../../patients/new-dialog";
import type { Choices } from "../../patients/patient-fields";
import { useWeighed, WeighedPanel } from "../../weighed";
import { type BookState, bookVisit } from "./actions";
import type { Values } from "./values";
import { WhatFields } from "./what-fields";
import { WhenFields } from "./when-fields";
import { WhoFields } from "./who-fields";

type Props = {
  patients: PatientEntry[];
  clinicians: ClinicianEntry[];
  /** What a new patient's form offers; null: the reader adds none. */
  choices: Choices | null;
  /** What the fields show first. */
  start: Omit<Values, "reason">;
  /** BCP 47: how times are written. */
  tag: string;
};

const fresh: BookState = { errors: {} };

export function BookForm({ patients: first, clinicians, choices, start, tag }: Props) {
  const t = useTranslations("book");
  const [state, submit, pending] = useActionState(bookVisit, fresh);
  const [patients, setPatients] = useState(first);
  const [values, setValues] = useState<Values>({ ...start, reason: "" });
  const set = (name: keyof Values) => (value: string) => setValues((now) => ({ ...now, [name]: value }));
  const form = useRef<HTMLFormElement>(null);
  const [adding, setAdding] = useState(false);
  const { errors } = state;
  const count = Object.keys(errors).length;

  // After a refusal the first field to put right has the focus.
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors]);

  // Not by `action`: React empties a form after its action, and what was typed must stay beside what is wrong with it.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    if (!pending) startTransition(() => submit(data));
  };
  const found = (others: PatientEntry[]) => {
    setPatients(others);
    set("patientId")(others.length === 1 ? others[0]!.patientId : "");
  };
  const part = { values, set, errors };
  const { reason: _, visitType: __, ...asked } = values;
  const weighed = useWeighed(pending ? null : asked);
  const patient = patients.find((one) => one.patientId === values.patientId);
  const clinician = clinicians.find((one) => one.clinicianId === values.clinicianId);

  const take = (patient: PatientEntry) => {
    setPatients((known) => [patient, ...known.filter(({ patientId }) => patientId !== patient.patientId)]);
    set("patientId")(patient.patientId);
    setAdding(false);
  };
  const bookForm = (
    <form ref={form} className="card stack" method="post" onSubmit={send} aria-label={t("form")}>
      <div role="alert">
        {errors.form ? (
          <p className="banner banner--danger">
            <Icon name="warn" />
            <span>{errors.form}</span>
          </p>
        ) : null}
      </div>
      <WhoFields
        {...part}
        patients={patients}
        clinicians={clinicians}
        found={found}
        add={choices ? () => setAdding(true) : null}
      />
      <WhenFields
        {...part}
        zone={start.zone}
        people={{ clinician, patient }}
        ownLength={start.duration}
        tag={tag}
      />
      <WhatFields {...part} />
      <WeighedPanel weighed={weighed} />
      <div className="formfoot">
        <p className="grow" role="status">
          {pending ? t("booking") : count > 0 ? t("toPutRight", { count }) : ""}
        </p>
        <Link className="btn btn--quiet btn--md" href="/admin">
          {t("cancel")}
        </Link>
        <button
          type="submit"
          name="after"
          value="book"
          className="btn btn--quiet btn--md"
          aria-disabled={pending}
        >
          {t("bookOnly")}
        </button>
        <button type="submit" name="after" value="send" className="btn btn--md" aria-disabled={pending}>
          {t("bookAndSend")}
        </button>
      </div>
    </form>
  );
  return (
    <>
      {bookForm}
      {adding && choices ? <NewDialog {...choices} onFile={take} close={() => setAdding(false)} /> : null}
    </>
  );
}
