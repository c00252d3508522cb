"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import {
  type FormEvent,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
  useTransition,
} from "react";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { instantOf } from "@/lib/kernel/wall-time";
import type { Channel } from "@/lib/visits/answers";
import type { ClinicianEntry, PatientEntry } from "@/lib/visits/list-people";
import { Icon } from "../../../../icons";
import { type BookState, bookVisit, findPatients } from "./actions";
import { Field, Pick } from "./field";

type Props = {
  patients: PatientEntry[];
  clinicians: ClinicianEntry[];
  /** What the fields show first. */
  start: {
    date: string;
    time: string;
    zone: string;
    clinicianId: string;
    patientId: string;
    duration: string;
    visitType: "initial" | "follow-up";
    channel: Channel;
  };
  /** BCP 47: how times are written. */
  tag: string;
};

const fresh: BookState = { errors: {} };

/** In minutes; another visit's own length is offered too. */
const lengths = (own: string) =>
  [...new Set([15, 20, 30, 45, 60, Number(own)])].sort((shorter, longer) => shorter - longer);

export function BookForm({ patients: first, clinicians, start, tag }: Props) {
  const t = useTranslations("book");
  const [state, submit, pending] = useActionState(bookVisit, fresh);
  const [patients, setPatients] = useState(first);
  const [searching, startSearch] = useTransition();
  const [values, setValues] = useState({
    ...start,
    reason: "",
  });
  const set = (name: keyof typeof values) => (value: string) =>
    setValues((now) => ({ ...now, [name]: value }));
  const search = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
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
  const find = () =>
    startSearch(async () => {
      const found = await findPatients(search.current?.value ?? "");
      setPatients(found);
      setValues((now) => ({ ...now, patientId: found.length === 1 ? found[0]!.patientId : "" }));
    });
  const patient = patients.find((one) => one.patientId === values.patientId);
  const clinician = clinicians.find((one) => one.clinicianId === values.clinicianId);
  const zones = [
    ...new Set([
      start.zone,
      ...(clinician ? [clinician.timeZone] : []),
      ...(patient ? [patient.timeZone] : []),
    ]),
  ];
  const at = instantOf(`${values.date}T${values.time}`, values.zone);
  const end = at && new Date(at.getTime() + Number(values.duration) * 60_000);
  const seenIn = (zone: string) =>
    at && end
      ? t("seen", {
          from: clockTime(at, zone, tag),
          to: clockTime(end, zone, tag),
          day: shortDay(at, zone, tag),
        })
      : "—";

  return (
    <form ref={form} className="card stack" method="post" onSubmit={send} aria-label={t("form")}>
      <div role="alert">
        {errors.form ? (
          <p className="banner banner--danger">
            <Icon name="warn" />
            <span>{errors.form}</span>
          </p>
        ) : null}
      </div>
      <div className="two">
        <Field
          id="q"
          label={t("find")}
          hint={searching ? t("looking") : t("toChoose", { count: patients.length })}
        >
          <span className="row">
            <input
              ref={search}
              className="input"
              id="q"
              type="search"
              autoComplete="off"
              aria-describedby="q-help"
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
        </Field>
        <Field
          id="patientId"
          label={t("patient")}
          error={errors.patientId}
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
          <Pick
            id="patientId"
            value={values.patientId}
            bad={Boolean(errors.patientId)}
            onPick={set("patientId")}
          >
            <option value="">{t("choose")}</option>
            {patients.map((one) => (
              <option key={one.patientId} value={one.patientId}>
                {one.lastName}, {one.firstName} · {one.state}
              </option>
            ))}
          </Pick>
        </Field>
      </div>
      <Field id="clinicianId" label={t("clinician")} error={errors.clinicianId}>
        <Pick
          id="clinicianId"
          value={values.clinicianId}
          bad={Boolean(errors.clinicianId)}
          onPick={set("clinicianId")}
        >
          <option value="">{t("choose")}</option>
          {clinicians.map((one) => (
            <option key={one.clinicianId} value={one.clinicianId}>
              {[one.title, one.firstName, one.lastName].filter(Boolean).join(" ")} ·{" "}
              {one.states.join(", ") || t("noLicense")}
            </option>
          ))}
        </Pick>
      </Field>
      <div className="three">
        <Field id="date" label={t("day")}>
          <input
            className="input num"
            id="date"
            name="date"
            type="date"
            required
            value={values.date}
            aria-describedby="date-help"
            onChange={(event) => set("date")(event.target.value)}
          />
        </Field>
        <Field id="time" label={t("start")} error={errors.time}>
          <input
            className="input num"
            id="time"
            name="time"
            type="time"
            required
            value={values.time}
            aria-invalid={Boolean(errors.time) || undefined}
            aria-describedby="time-help"
            onChange={(event) => set("time")(event.target.value)}
          />
        </Field>
        <Field id="duration" label={t("length")} error={errors.duration}>
          <Pick id="duration" value={values.duration} bad={Boolean(errors.duration)} onPick={set("duration")}>
            {lengths(start.duration).map((minutes) => (
              <option key={minutes} value={minutes}>
                {t("minutes", { minutes })}
              </option>
            ))}
          </Pick>
        </Field>
      </div>
      <Field id="zone" label={t("zone")}>
        <Pick id="zone" value={values.zone} onPick={set("zone")}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </Pick>
      </Field>
      {clinician && patient ? (
        <div className="zones" role="status">
          <div>
            <span className="hint small">{t("clinicianSees")}</span>
            <b>{seenIn(clinician.timeZone)}</b>
            <span className="small soft">{clinician.timeZone.replaceAll("_", " ")}</span>
          </div>
          <div>
            <span className="hint small">{t("patientSees")}</span>
            <b>{seenIn(patient.timeZone)}</b>
            <span className="small soft">{patient.timeZone.replaceAll("_", " ")}</span>
          </div>
        </div>
      ) : null}
      <div className="two">
        <Field id="visitType" label={t("kind")}>
          <Pick id="visitType" value={values.visitType} onPick={set("visitType")}>
            <option value="initial">{t("first")}</option>
            <option value="follow-up">{t("followUp")}</option>
          </Pick>
        </Field>
        <Field id="channel" label={t("sendBy")} error={errors.channel}>
          <Pick id="channel" value={values.channel} bad={Boolean(errors.channel)} onPick={set("channel")}>
            <option value="both">{t("both")}</option>
            <option value="sms">{t("sms")}</option>
            <option value="email">{t("email")}</option>
          </Pick>
        </Field>
      </div>
      <Field id="reason" label={t("reason")} error={errors.reason} hint={t("reasonHint")}>
        <textarea
          className="input"
          id="reason"
          name="reason"
          rows={3}
          maxLength={2000}
          value={values.reason}
          aria-invalid={Boolean(errors.reason) || undefined}
          aria-describedby="reason-help"
          onChange={(event) => set("reason")(event.target.value)}
        />
      </Field>
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
}
