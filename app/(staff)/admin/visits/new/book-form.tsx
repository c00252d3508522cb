"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useEffect, useRef, useState } from "react";
import type { ClinicianEntry } from "@/lib/clinicians/list-clinicians";
import type { PatientEntry } from "@/lib/patients/entry";
import { Icon } from "../../../../icons";
import { Needed } from "../../needed";
import { NewDialog } from "../../patients/new-dialog";
import type { Choices } from "../../patients/patient-fields";
import { useAskBeforeLeaving } from "../../use-ask-before-leaving";
import { useWeighed, useWeighedSeries, WeighedPanel } from "../../weighed";
import { type BookState, bookVisit } from "./actions";
import { GuestRows } from "./guest-rows";
import { RepeatFields } from "./repeat-fields";
import { SeriesDates } from "./series-dates";
import { type Changes, datesOf, type GuestRow, type Values } from "./values";
import { WhatFields } from "./what-fields";
import { WhenFields } from "./when-fields";
import { WhoFields } from "./who-fields";

type Props = {
  /** For whom it is, as the form is opened; null: nobody yet. */
  patient: PatientEntry | null;
  /** Whom the reader may mean before they have typed. */
  offered: { patients: PatientEntry[]; lately: boolean };
  clinicians: ClinicianEntry[];
  /** What a new patient's form offers; null: the reader adds none. */
  choices: Choices | null;
  /** What the fields show first. */
  start: Omit<Values, "reason" | "repeats" | "ends" | "count" | "until">;
  /** IANA: where a guest may be. */
  zones: readonly string[];
  /** BCP 47: how times are written. */
  tag: string;
};

const fresh: BookState = { errors: {} };

export function BookForm({ patient: meant, offered, clinicians, choices, start, zones, tag }: Props) {
  const t = useTranslations("book");
  const [state, submit, pending] = useActionState(bookVisit, fresh);
  const [patient, setPatient] = useState(meant);
  const [values, setValues] = useState<Values>({
    ...start,
    reason: "",
    repeats: "never",
    ends: "after",
    count: "8",
    until: "",
  });
  const [guests, setGuests] = useState<GuestRow[]>([]);
  const [changes, setChanges] = useState<Changes>({});
  // The same booking, pressed twice, is one: the series is booked under this form's own id.
  const seriesId = useRef("");
  const set = (name: keyof Values) => (value: string) => setValues((now) => ({ ...now, [name]: value }));
  const form = useRef<HTMLFormElement>(null);
  /** What was typed of whom to add; null: nobody is being added. */
  const [adding, setAdding] = useState<string | null>(null);
  useAskBeforeLeaving(!pending && (patient !== meant || guests.length > 0 || values.reason !== ""));
  const { errors, guests: guestErrors = {} } = state;
  const count = Object.keys(errors).length + Object.keys(guestErrors).length;

  // After a refusal the first field to put right has the focus.
  useEffect(() => {
    if (Object.keys(state.errors).length + Object.keys(state.guests ?? {}).length > 0)
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [state]);

  // Not by `action`: React empties a form after its action, and what was typed must stay beside what is wrong with it.
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const data = new FormData(event.currentTarget, submitter);
    seriesId.current ||= crypto.randomUUID();
    data.set("seriesId", seriesId.current);
    data.set("walls", kept.join(" "));
    data.set("guests", JSON.stringify(guests.map(({ key: _, ...guest }) => guest)));
    if (!pending) startTransition(() => submit(data));
  };
  const part = { values, set, errors };
  const dates = datesOf(values, changes);
  const kept = dates.filter(({ out }) => !out).map(({ wall }) => wall);
  const repeats = values.repeats !== "never";
  const { clinicianId, zone, duration, channel, date, time } = values;
  const patientId = patient?.patientId ?? "";
  const asked = { patientId, clinicianId, zone, duration, channel };
  const weighed = useWeighed(pending || repeats ? null : { ...asked, date, time });
  const weighedDates = useWeighedSeries(
    pending || kept.length === 0 || !patientId || !clinicianId ? null : { ...asked, walls: kept },
  );
  const clinician = clinicians.find((one) => one.clinicianId === values.clinicianId);

  const take = (added: PatientEntry) => {
    setPatient(added);
    setAdding(null);
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
        patient={patient}
        choosePatient={setPatient}
        offered={offered}
        clinicians={clinicians}
        add={choices ? setAdding : null}
      />
      <WhenFields
        {...part}
        zone={start.zone}
        people={{ clinician, patient: patient ?? undefined }}
        ownLength={start.duration}
        tag={tag}
      />
      <RepeatFields {...part} tag={tag} />
      {repeats ? (
        <SeriesDates
          dates={dates}
          weighed={weighedDates}
          asking={Boolean(patientId && clinicianId)}
          changes={changes}
          change={setChanges}
          error={errors.dates}
          tag={tag}
        />
      ) : null}
      <WhatFields {...part} patientId={patientId} />
      <GuestRows rows={guests} change={setGuests} errors={guestErrors} zones={zones} />
      {repeats ? null : <WeighedPanel weighed={weighed} />}
      <div className="formfoot">
        <p className="grow" role="status">
          {pending ? t("booking") : count > 0 ? t("toPutRight", { count }) : <Needed />}
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
          {repeats ? t("bookOnlyMany", { count: kept.length }) : t("bookOnly")}
        </button>
        <button type="submit" name="after" value="send" className="btn btn--md" aria-disabled={pending}>
          {repeats ? t("bookAndSendMany", { count: kept.length }) : t("bookAndSend")}
        </button>
      </div>
    </form>
  );
  return (
    <>
      {bookForm}
      {adding !== null && choices ? (
        <NewDialog {...choices} typed={adding} onFile={take} close={() => setAdding(null)} />
      ) : null}
    </>
  );
}
