import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { addGuest, type GivenGuest } from "./add-guest";
import type { Channel, Route, ScheduledVisit } from "./answers";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { sealText } from "./sealed-text";
import { windowEndsAt } from "./window";

/** What a visit is about, whenever it is. */
export type VisitGiven = {
  patientId: string;
  clinicianId: string;
  /** Planned minutes; 30 where not given. */
  duration?: number;
  visitType?: string;
  chiefComplaint?: string;
  channel?: Channel;
  route?: Route;
  recordingEnabled?: boolean;
  /** Who is asked beside the two. They are told when the links are sent. */
  guests?: readonly GivenGuest[];
};

/** Sealed before the transaction: it takes the vault. */
export async function sealComplaint(
  deps: Need<"cipher">,
  visitId: string,
  { chiefComplaint }: VisitGiven,
): Promise<Buffer | null> {
  return chiefComplaint ? sealText(deps, "chief_complaint", visitId, chiefComplaint) : null;
}

/** Until commit nobody else books for this clinician: rivals for a time wait for each other, and the later one sees what was taken. */
export async function orderBookings(tx: Tx, clinicianId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`book ${clinicianId}`}, 0))`);
}

export const bookedBy = (actor: Actor): string =>
  actor.kind === "system" ? actor.name : "id" in actor ? actor.id : actor.kind;

type NewVisit = VisitGiven & {
  actor: Actor;
  visitId: string;
  scheduledAt: Date;
  complaint: Buffer | null;
  series?: { seriesId: string; place: number };
};

/**
 * Writes one visit down, with its guests, in the caller's transaction. Whether it may be is the caller's to ask, but for a time that is
 * taken: the database throws (see `isDoubleBooking`).
 */
export async function bookVisit(
  deps: Need<"clock" | "env">,
  tx: Tx,
  { actor, visitId, scheduledAt, complaint, series, ...given }: NewVisit,
): Promise<ScheduledVisit> {
  const createdAt = deps.clock.now();
  const durationMinutes = given.duration ?? 30;
  await tx.insert(videoVisits).values({
    id: visitId,
    patientId: given.patientId,
    clinicianId: given.clinicianId,
    scheduledAt,
    durationMinutes,
    visitType: given.visitType ?? null,
    channel: given.channel ?? "both",
    route: given.route ?? deps.env.VISIT_ROUTE,
    chiefComplaint: complaint,
    recordingEnabled: given.recordingEnabled ?? false,
    seriesId: series?.seriesId ?? null,
    seriesPlace: series?.place ?? null,
    createdBy: bookedBy(actor),
    createdAt,
  });
  await tellQueue(tx, visitId);
  await recordAudit(tx, {
    event: "VISIT_SCHEDULED",
    actor,
    visitId,
    metadata: {
      clinicianId: given.clinicianId,
      scheduledAt: scheduledAt.toISOString(),
      durationMinutes,
      ...series,
    },
  });
  await addGuests(deps, tx, { actor, visitId, ...given });
  return {
    visitId,
    status: "SCHEDULED",
    scheduledAt: scheduledAt.toISOString(),
    expiresAt: windowEndsAt({ scheduledAt, durationMinutes }).toISOString(),
    createdAt: createdAt.toISOString(),
  };
}

async function addGuests(
  deps: Need<"clock">,
  tx: Tx,
  { actor, visitId, patientId, guests = [] }: Pick<NewVisit, "actor" | "visitId" | "patientId" | "guests">,
): Promise<void> {
  if (guests.length === 0) return;
  const [patient] = await tx
    .select({ timeZone: customers.timeZone })
    .from(customers)
    .where(eq(customers.id, patientId));
  if (!patient) throw new Error("a patient vanished while a visit was booked for them");
  for (const given of guests)
    await addGuest(deps, tx, { visitId, patientZone: patient.timeZone, given, actor });
}
