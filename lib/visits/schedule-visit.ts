import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, staff, staffLicences, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { isLicensed } from "@/lib/clinicians/licence";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { calendarDay } from "@/lib/kernel/times";
import { isUuid } from "@/lib/kernel/uuid";
import type { Channel, Route, ScheduledVisit } from "./answers";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { isDoubleBooking } from "./double-booking";
import type { ScheduleRefusal } from "./refusals";
import { sealText } from "./sealed-text";
import { plannedEndOf, windowEndsAt } from "./window";

export type ScheduleVisitInput = {
  actor: Actor;
  patientId: string;
  clinicianId: string;
  scheduledAt: Date;
  /** Planned minutes; 30 where not given. */
  duration?: number;
  visitType?: string;
  chiefComplaint?: string;
  channel?: Channel;
  route?: Route;
  recordingEnabled?: boolean;
};

/**
 * Books a visit. The clinician must be licensed in the patient's state on that day and free at that time; the database decides the latter,
 * so that two schedulers cannot race past it. A clinician may book visits of their own.
 * @see seed 4, "Create Video Visit".
 */
export async function scheduleVisit(
  deps: Need<"db" | "clock" | "cipher" | "env">,
  input: ScheduleVisitInput,
): Promise<Result<ScheduledVisit, ScheduleRefusal>> {
  const { actor, scheduledAt, duration = 30 } = input;
  if (!maySchedule(actor, input.clinicianId)) return err({ code: "FORBIDDEN" });
  if (plannedEndOf({ scheduledAt, durationMinutes: duration }) <= deps.clock.now())
    return err({ code: "VISIT_IN_PAST" });

  const visitId = randomUUID();
  const complaint = input.chiefComplaint
    ? await sealText(deps, "chief_complaint", visitId, input.chiefComplaint)
    : null;
  try {
    return await deps.db.asActor(actor, async (tx): Promise<Result<ScheduledVisit, ScheduleRefusal>> => {
      const refusal = await licenceRefusal(tx, { ...input, at: scheduledAt });
      if (refusal) return err(refusal);
      const createdAt = deps.clock.now();
      await tx.insert(videoVisits).values({
        id: visitId,
        patientId: input.patientId,
        clinicianId: input.clinicianId,
        scheduledAt,
        durationMinutes: duration,
        visitType: input.visitType ?? null,
        channel: input.channel ?? "both",
        route: input.route ?? deps.env.VISIT_ROUTE,
        chiefComplaint: complaint,
        recordingEnabled: input.recordingEnabled ?? false,
        createdBy: actor.kind === "system" ? actor.name : "id" in actor ? actor.id : actor.kind,
        createdAt,
      });
      await tellQueue(tx, visitId);
      await recordAudit(tx, {
        event: "VISIT_SCHEDULED",
        actor,
        visitId,
        metadata: {
          clinicianId: input.clinicianId,
          scheduledAt: scheduledAt.toISOString(),
          durationMinutes: duration,
        },
      });
      return ok({
        visitId,
        status: "SCHEDULED",
        scheduledAt: scheduledAt.toISOString(),
        expiresAt: windowEndsAt({ scheduledAt, durationMinutes: duration }).toISOString(),
        createdAt: createdAt.toISOString(),
      });
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
