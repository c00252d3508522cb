"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import * as input from "@/lib/http/visit-inputs";
import { seriesLeast, seriesMost } from "@/lib/kernel/recurrence";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { instantOf } from "@/lib/kernel/wall-time";
import type { PatientEntry } from "@/lib/patients/entry";
import { listPatients } from "@/lib/patients/list-patients";
import { bookSeries } from "@/lib/visits/book-series";
import { notifyParties } from "@/lib/visits/notify-parties";
import type { BookRefusal, SeriesRefusal } from "@/lib/visits/refusals";
import { scheduleVisit } from "@/lib/visits/schedule-visit";
import { requestLanguage } from "../../../../request-language";
import { dayWords } from "../../clinicians/week-words";
import { type GuestErrors, readGuests } from "./read-guests";

const bookers = ["clinician", "scheduler", "admin"] as const;
type Field = "patientId" | "clinicianId" | "time" | "duration" | "reason" | "channel" | "count" | "dates";
/** What to put right, by field; `form` where no field is to blame, `guests` by row and field, like `0.phone`. */
export type BookState = { errors: Partial<Record<Field | "form", string>>; guests?: GuestErrors };

const form = z.object({
  patientId: input.personId,
  clinicianId: input.clinicianId,
  date: z.string(),
  time: z.string(),
  zone: z.string(),
  duration: z.coerce.number().pipe(input.duration),
  visitType: z.enum(["initial", "follow-up"]),
  reason: z.string().trim().max(2000),
  channel: input.channel,
  repeats: z.union([z.literal("never"), input.repeats]),
  /** Of a series: the dates as they were chosen, and the id under which this form books. */
  walls: z.string().transform((text) => text.split(" ").filter(Boolean)),
  seriesId: z.guid(),
  after: z.enum(["send", "book"]).default("book"),
});
type Given = z.output<typeof form>;

/** Books a visit, or several that repeat, and if asked sends the links. Goes to the visit's page; what is wrong comes back at its field. */
export async function bookVisit(_previous: BookState, data: FormData): Promise<BookState> {
  const actor = await requireStaff(bookers);
  const given = form.safeParse(Object.fromEntries(data));
  const t = await getTranslations("book.wrong");
  const { guests, errors: wrong } = await readGuests(data.get("guests"));
  if (!given.success || Object.keys(wrong).length > 0)
    return { errors: given.success ? {} : fieldErrors(t, given.error), guests: wrong };
  const { date, time, zone, reason, after, walls, repeats, seriesId, ...rest } = given.data;
  const visit = { actor, ...rest, chiefComplaint: reason || undefined, guests };
  if (repeats !== "never") return bookDates(given.data, repeats, visit);

  const scheduledAt = instantOf(`${date}T${time}`, zone);
  if (!scheduledAt) return { errors: { time: t("noSuchTime") } };
  const deps = await doorDeps();
  const booked = await scheduleVisit(deps, { ...visit, scheduledAt });
  if (!booked.ok) return { errors: await refusedAt(booked.error, { at: scheduledAt, zone }) };
  const { visitId } = booked.value;
  if (after === "book") redirect(`/admin/visits/${visitId}?told=booked`);
  const sent = await notifyParties(deps, { actor, visitId, recipientRole: "both" });
  redirect(`/admin/visits/${visitId}?told=${sent.ok ? "booked-sent" : "booked-unsent"}`);
}

async function bookDates(
  { walls, zone, seriesId, after }: Given,
  repeats: z.output<typeof input.repeats>,
  visit: Omit<Parameters<typeof scheduleVisit>[1], "scheduledAt">,
): Promise<BookState> {
  const t = await getTranslations("book.wrong");
  const instants = walls.map((wall) => instantOf(wall, zone));
  const times = instants.filter((at) => at !== null);
  if (times.length < instants.length) return { errors: { dates: t("noSuchDates") } };
  if (times.length < seriesLeast || times.length > seriesMost) return { errors: { count: t("count") } };
  const send = after === "send";
  const booked = await bookSeries(await doorDeps(), {
    ...visit,
    seriesId,
    repeats,
    timeZone: zone,
    times,
    send,
  });
  if (!booked.ok) return { errors: await refusedAt(booked.error, { at: times[0]!, zone }) };
  const { visits, sent } = booked.value;
  const told = !send ? "booked-series" : sent ? "booked-series-sent" : "booked-unsent";
  redirect(`/admin/visits/${visits[0]!.visitId}?told=${told}`);
}

/** Who may be meant by what is typed, for the form's own field. Each search is recorded; its words are not. */
export async function findPatients(q: string): Promise<{ patients: PatientEntry[]; tooMany: boolean }> {
  const actor = await requireStaff(bookers);
  const limit = 20;
  const { patients, nextCursor, tooMany } = await listPatients(await doorDeps(), {
    actor,
    q: String(q).slice(0, 100),
    limit,
  });
  return { patients, tooMany: tooMany || nextCursor !== null };
}

type Words = Awaited<ReturnType<typeof getTranslations<"book.wrong">>>;

/** At the field that can put it right. */
async function refusedAt(
  refusal: BookRefusal | SeriesRefusal,
  { at, zone }: { at: Date; zone: string },
): Promise<BookState["errors"]> {
  const [t, { tag, locale }] = await Promise.all([getTranslations("book.wrong"), requestLanguage()]);
  switch (refusal.code) {
    case "PATIENT_UNKNOWN":
      return { patientId: t("patientGone") };
    case "CLINICIAN_UNKNOWN":
      return { clinicianId: t("clinicianGone") };
    case "CLINICIAN_NOT_LICENSED":
      return { clinicianId: t("license", { state: refusal.state, on: dayWords(refusal.on, tag) }) };
    case "SLOT_TAKEN":
      return { time: t("taken", { at: clockTime(at, zone, tag) }) };
    case "VISIT_IN_PAST":
      return { time: t("past") };
    case "SERIES_SIZE":
      return { count: t("count") };
    case "SERIES_DATES_REFUSED": {
      const days = refusal.dates.map(({ scheduledAt }) => shortDay(new Date(scheduledAt), zone, tag));
      const list = new Intl.ListFormat(tag, { type: "conjunction" }).format(days);
      return { dates: t("dates", { count: days.length, days: list }) };
    }
    default:
      return { form: sentenceOf(refusal, locale) };
  }
}

const fields = ["patientId", "clinicianId", "date", "time", "duration", "reason", "channel"] as const;

function fieldErrors(t: Words, error: z.ZodError): BookState["errors"] {
  const errors: BookState["errors"] = {};
  for (const issue of error.issues) {
    const name = fields.find((field) => field === issue.path[0]);
    if (!name) errors.form = t("form");
    else errors[name === "date" ? "time" : name] = t(name); // one row holds both
  }
  return errors;
}
