import { and, eq, gt, isNull, lt, ne, notInArray, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, staff, videoVisits } from "@/db/schema";
import { type Unavailable, whyUnavailable } from "@/lib/clinicians/availability";
import { type ClinicianRecord, findClinician } from "@/lib/clinicians/roster";
import type { Actor } from "@/lib/kernel/actor";
import { fullName } from "@/lib/kernel/full-name";
import { wallTime } from "@/lib/kernel/wall-time";
import type { Channel } from "./answers";
import type { Need } from "./deps";
import { listedColumns } from "./find-visit";
import type { InTheWay, WeighedRefusal } from "./refusals";
import { licenceRefusal, maySchedule } from "./schedule-visit";
import { longestVisitMs, plannedEndOf } from "./window";

/** Worth a second thought; nothing of it forbids the booking. */
export type VisitWarning =
  | Unavailable
  /** The patient has a visit with somebody else then, as far as the actor may see. */
  | { code: "PATIENT_BUSY"; visit: InTheWay }
  /** Before 7:00 or past 21:00 by the patient's clock. */
  | { code: "ODD_HOUR" }
  /** Nothing is on file for a way by which the link is to be sent. */
  | { code: "NO_CONTACT"; missing: "phone" | "email" };
export type Weighed = { scheduledAt: string; refusals: WeighedRefusal[]; warnings: VisitWarning[] };

export type WeighInput = {
  actor: Actor;
  patientId: string;
  clinicianId: string;
  /** 1–26, as asked; each is weighed by itself. */
  times: readonly Date[];
  /** Planned minutes. */
  duration: number;
  channel?: Channel;
  /** A visit that would be moved there: it is not in its own way. */
  visitId?: string;
};

const minuteMs = 60_000;
const [earlyHour, lateHour] = [7, 21];

/**
 * What would come of booking these times: what the server would refuse, and what staff may want to think about. Books nothing and promises
 * nothing: between this and a booking somebody else may take the time.
 */
export async function weighVisit(
  deps: Need<"db" | "clock">,
  { actor, times, visitId, ...input }: WeighInput,
): Promise<Weighed[]> {
  if (!maySchedule(actor, input.clinicianId))
    return times.map((at) => weighed(at, [{ code: "FORBIDDEN" }], []));
  return deps.db.asActor(actor, async (tx) => {
    const clinician = await findClinician(tx, input.clinicianId);
    const all: Weighed[] = [];
    const moved = visitId ? [visitId] : [];
    for (const at of times)
      all.push(await weighOne(tx, deps.clock.now(), clinician, { ...input, moved, at }));
    return all;
  });
}

/** One time. `moved`: visits that would be moved with it: they are not in the way. */
export type One = Omit<WeighInput, "actor" | "times" | "visitId"> & { at: Date; moved: readonly string[] };

/** Why nothing can be booked at that time; empty where it can. */
export async function refusalsAt(tx: Tx, now: Date, one: One): Promise<WeighedRefusal[]> {
  const { at, duration } = one;
  const refused = await licenceRefusal(tx, one);
  if (refused && refused.code !== "CLINICIAN_NOT_LICENSED") return [refused];
  const refusals: WeighedRefusal[] = refused ? [refused] : [];
  if (plannedEndOf({ scheduledAt: at, durationMinutes: duration }) <= now)
    refusals.push({ code: "VISIT_IN_PAST" });
  const taken = await inTheWay(tx, one, eq(videoVisits.clinicianId, one.clinicianId));
  if (taken) refusals.push({ code: "SLOT_TAKEN", visit: taken });
  return refusals;
}

export async function weighOne(
  tx: Tx,
  now: Date,
  clinician: ClinicianRecord | null,
  one: One,
): Promise<Weighed> {
  const { at, duration } = one;
  const refusals = await refusalsAt(tx, now, one);
  if (!clinician || refusals.some(({ code }) => code === "PATIENT_UNKNOWN"))
    return weighed(at, refusals.length > 0 ? refusals : [{ code: "CLINICIAN_UNKNOWN" }], []);

  const warnings: VisitWarning[] = [];
  const away = whyUnavailable(clinician, { at, durationMinutes: duration });
  if (away) warnings.push(away);
  const busy = await inTheWay(
    tx,
    one,
    and(eq(videoVisits.patientId, one.patientId), ne(videoVisits.clinicianId, one.clinicianId)),
  );
  if (busy) warnings.push({ code: "PATIENT_BUSY", visit: busy });
  return weighed(at, refusals, [...warnings, ...(await patientWarnings(tx, one))]);
}

async function patientWarnings(tx: Tx, { patientId, at, duration, channel }: One): Promise<VisitWarning[]> {
  const [patient] = await tx
    .select({ timeZone: customers.timeZone, phone: customers.phone, email: customers.email })
    .from(customers)
    .where(eq(customers.id, patientId));
  if (!patient) return [];
  const warnings: VisitWarning[] = [];
  const clock = (moment: Date) => wallTime(moment, patient.timeZone).slice(11);
  const odd = (time: string) => time < `0${earlyHour}:00` || time > `${lateHour}:00`;
  if (odd(clock(at)) || odd(clock(new Date(at.getTime() + duration * minuteMs))))
    warnings.push({ code: "ODD_HOUR" });
  if (channel && channel !== "email" && !patient.phone)
    warnings.push({ code: "NO_CONTACT", missing: "phone" });
  if (channel && channel !== "sms" && !patient.email) warnings.push({ code: "NO_CONTACT", missing: "email" });
  return warnings;
}

/** The first visit of theirs that overlaps. By times and not by the range of the constraint, whose comparison no index serves under row-level security. */
async function inTheWay(
  tx: Tx,
  { at, duration, moved }: One,
  whose: SQL | undefined,
): Promise<InTheWay | null> {
  const end = new Date(at.getTime() + duration * minuteMs);
  const rows = await tx
    .select(listedColumns)
    .from(videoVisits)
    .innerJoin(customers, eq(customers.id, videoVisits.patientId))
    .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
    .where(
      and(
        whose,
        gt(videoVisits.scheduledAt, new Date(at.getTime() - longestVisitMs)),
        lt(videoVisits.scheduledAt, end),
        isNull(videoVisits.cancelledAt),
        moved.length > 0 ? notInArray(videoVisits.id, [...moved]) : undefined,
      ),
    )
    .orderBy(videoVisits.scheduledAt);
  const found = rows.find(({ visit }) => plannedEndOf(visit) > at);
  if (!found) return null;
  const { visit, patient, clinician } = found;
  return {
    visitId: visit.id,
    scheduledAt: visit.scheduledAt.toISOString(),
    endsAt: plannedEndOf(visit).toISOString(),
    patient: `${patient.firstName} ${patient.lastName}`,
    clinician: fullName(clinician),
  };
}

const weighed = (at: Date, refusals: WeighedRefusal[], warnings: VisitWarning[]): Weighed => ({
  scheduledAt: at.toISOString(),
  refusals,
  warnings,
});
