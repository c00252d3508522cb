import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, staff, staffLicences } from "@/db/schema";
import { isLicensed } from "@/lib/clinicians/licence";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { calendarDay } from "@/lib/kernel/times";
import { isUuid } from "@/lib/kernel/uuid";
import { guestsRefusal } from "./add-guest";
import type { ScheduledVisit } from "./answers";
import { bookVisit, orderBookings, sealComplaint, type VisitGiven } from "./book-visit";
import type { Need } from "./deps";
import { isDoubleBooking } from "./double-booking";
import type { BookRefusal, ScheduleRefusal } from "./refusals";
import { plannedEndOf } from "./window";

export type ScheduleVisitInput = VisitGiven & { actor: Actor; scheduledAt: Date };

/**
 * Books a visit. The clinician must be licensed in the patient's state on that day and free at that time; the database decides the latter,
 * so that two schedulers cannot race past it. A clinician may book visits of their own.
 * @see seed 4, "Create Video Visit".
 */
export async function scheduleVisit(
  deps: Need<"db" | "clock" | "cipher" | "env">,
  input: ScheduleVisitInput,
): Promise<Result<ScheduledVisit, BookRefusal>> {
  const { actor, clinicianId, scheduledAt, duration = 30, guests = [] } = input;
  if (!maySchedule(actor, clinicianId)) return err({ code: "FORBIDDEN" });
  if (plannedEndOf({ scheduledAt, durationMinutes: duration }) <= deps.clock.now())
    return err({ code: "VISIT_IN_PAST" });
  const many = guestsRefusal(guests.length, input.route ?? deps.env.VISIT_ROUTE);
  if (many) return err(many);

  const visitId = randomUUID();
  const complaint = await sealComplaint(deps, visitId, input);
  try {
    return await deps.db.asActor(actor, async (tx): Promise<Result<ScheduledVisit, BookRefusal>> => {
      const refusal = await licenceRefusal(tx, { ...input, at: scheduledAt });
      if (refusal) return err(refusal);
      await orderBookings(tx, clinicianId);
      return ok(await bookVisit(deps, tx, { ...input, visitId, complaint }));
    });
  } catch (thrown) {
    if (isDoubleBooking(thrown)) return err({ code: "SLOT_TAKEN" });
    throw thrown;
  }
}

export function maySchedule(actor: Actor, clinicianId: string): boolean {
  return (
    runsTheBook(actor) || (actor.kind === "person" && actor.role === "clinician" && actor.id === clinicianId)
  );
}

/** Why this clinician may not see this patient at that time; null when they may. */
export async function licenceRefusal(
  tx: Tx,
  { patientId, clinicianId, at }: { patientId: string; clinicianId: string; at: Date },
): Promise<ScheduleRefusal | null> {
  const [patient] = isUuid(patientId)
    ? await tx.select().from(customers).where(eq(customers.id, patientId))
    : [];
  if (!patient) return { code: "PATIENT_UNKNOWN" };
  const [clinician] = isUuid(clinicianId)
    ? await tx.select().from(staff).where(eq(staff.id, clinicianId))
    : [];
  if (clinician?.role !== "clinician" || clinician.suspendedAt) return { code: "CLINICIAN_UNKNOWN" };
  const licences = await tx.select().from(staffLicences).where(eq(staffLicences.staffId, clinicianId));
  if (isLicensed(licences, patient.state, at, patient.timeZone)) return null;
  return { code: "CLINICIAN_NOT_LICENSED", state: patient.state, on: calendarDay(at, patient.timeZone) };
}
