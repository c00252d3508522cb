"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import * as input from "@/lib/http/visit-inputs";
import { clockTime } from "@/lib/kernel/times";
import { instantOf } from "@/lib/kernel/wall-time";
import { listPatients, type PatientEntry } from "@/lib/visits/list-people";
import { notifyParties } from "@/lib/visits/notify-parties";
import { scheduleVisit } from "@/lib/visits/schedule-visit";
import type { Locale } from "@/messages/locales";
import { requestLanguage } from "../../../../request-language";

const bookers = ["clinician", "scheduler", "admin"] as const;
type Field = "patientId" | "clinicianId" | "time" | "duration" | "reason" | "channel";
/** What to put right, by field; `form` where no field is to blame. */
export type BookState = { errors: Partial<Record<Field | "form", string>> };

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
  after: z.enum(["send", "book"]).default("book"),
});

/** Books a visit and, if asked, sends both their links. Goes to the visit's page; what is wrong comes back at its field. */
export async function bookVisit(_previous: BookState, data: FormData): Promise<BookState> {
  const actor = await requireStaff(bookers);
  const given = form.safeParse(Object.fromEntries(data));
  const [t, { tag, locale }] = await Promise.all([getTranslations("book.wrong"), requestLanguage()]);
  if (!given.success) return { errors: fieldErrors(t, given.error) };
  const { date, time, zone, reason, after, ...visit } = given.data;
  const scheduledAt = instantOf(`${date}T${time}`, zone);
  if (!scheduledAt) return { errors: { time: t("noSuchTime") } };

  const deps = await doorDeps();
  const booked = await scheduleVisit(deps, {
    actor,
    scheduledAt,
    ...visit,
    chiefComplaint: reason || undefined,
  });
  if (!booked.ok)
    return { errors: refusedAt(t, booked.error, { at: clockTime(scheduledAt, zone, tag), locale }) };
  const { visitId } = booked.value;
  if (after === "book") redirect(`/admin/visits/${visitId}?told=booked`);
  const sent = await notifyParties(deps, { actor, visitId, recipientRole: "both" });
  redirect(`/admin/visits/${visitId}?told=${sent.ok ? "booked-sent" : "booked-unsent"}`);
}

/** Patients whose first or last name begins so; for the form's search. */
export async function findPatients(q: string): Promise<PatientEntry[]> {
  const actor = await requireStaff(bookers);
  const found = await listPatients(await doorDeps(), { actor, q: String(q).slice(0, 100), limit: 100 });
  return found.patients;
}

type Refusal = Extract<Awaited<ReturnType<typeof scheduleVisit>>, { ok: false }>["error"];

type Words = Awaited<ReturnType<typeof getTranslations<"book.wrong">>>;

function refusedAt(
  t: Words,
  refusal: Refusal,
  { at, locale }: { at: string; locale: Locale },
): BookState["errors"] {
  switch (refusal.code) {
    case "PATIENT_UNKNOWN":
      return { patientId: t("patientGone") };
    case "CLINICIAN_UNKNOWN":
      return { clinicianId: t("clinicianGone") };
    case "CLINICIAN_NOT_LICENSED":
      return {
        clinicianId: t("license", { state: refusal.state, on: refusal.on }),
      };
    case "SLOT_TAKEN":
      return { time: t("taken", { at }) };
    case "VISIT_IN_PAST":
      return { time: t("past") };
    case "FORBIDDEN":
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
