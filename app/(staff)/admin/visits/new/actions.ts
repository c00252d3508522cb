"use server";

import { redirect } from "next/navigation";
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

const bookers = ["clinician", "scheduler", "admin"] as const;
type Field = "patientId" | "clinicianId" | "time" | "duration" | "reason" | "channel";
/** What to put right, by field; `form` where no field is to blame. */
export type BookState = { errors: Partial<Record<Field | "form", string>> };

const form = z.object({
  patientId: input.personId,
  clinicianId: input.personId,
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
  if (!given.success) return { errors: fieldErrors(given.error) };
  const { date, time, zone, reason, after, ...visit } = given.data;
  const scheduledAt = instantOf(`${date}T${time}`, zone);
  if (!scheduledAt) return { errors: { time: "No clock there shows that time. Choose another." } };

  const deps = await doorDeps();
  const booked = await scheduleVisit(deps, {
    actor,
    scheduledAt,
    ...visit,
    chiefComplaint: reason || undefined,
  });
  if (!booked.ok) return { errors: refusedAt(booked.error, clockTime(scheduledAt, zone)) };
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

function refusedAt(refusal: Refusal, at: string): BookState["errors"] {
  switch (refusal.code) {
    case "PATIENT_UNKNOWN":
      return { patientId: "Choose the patient again: this one isn’t on file any more." };
    case "CLINICIAN_UNKNOWN":
      return { clinicianId: "Choose another clinician: this one sees no patients now." };
    case "CLINICIAN_NOT_LICENSED":
      return {
        clinicianId: `No ${refusal.state} license on ${refusal.on}, where the patient lives. Choose another clinician.`,
      };
    case "SLOT_TAKEN":
      return { time: `The clinician has another visit at ${at}. Choose another time.` };
    case "VISIT_IN_PAST":
      return { time: "That time has passed. Choose a later one." };
    case "FORBIDDEN":
      return { form: sentenceOf(refusal) };
  }
}

function fieldErrors(error: z.ZodError): BookState["errors"] {
  const words: Record<string, [Field, string]> = {
    patientId: ["patientId", "Choose a patient."],
    clinicianId: ["clinicianId", "Choose a clinician."],
    date: ["time", "Choose a day."],
    time: ["time", "Choose a time."],
    duration: ["duration", "Choose 5 to 240 minutes."],
    reason: ["reason", "Keep the reason under 2,000 letters."],
    channel: ["channel", "Choose how to send the link."],
  };
  const errors: BookState["errors"] = {};
  for (const issue of error.issues) {
    const [field, sentence] = words[String(issue.path[0])] ?? (["form", "Fill in the form again."] as const);
    errors[field] = sentence;
  }
  return errors;
}
