import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import type { Channel, Route, VisitDetail } from "./answers";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { detailOf } from "./describe-visit";
import { isDoubleBooking } from "./double-booking";
import { findVisit, type VisitRow } from "./find-visit";
import { forgetCodes } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type RescheduleRefusal } from "./refusals";
import { licenceRefusal, maySchedule } from "./schedule-visit";
import { sealText } from "./sealed-text";
import { statusOf } from "./status";
import { tellChange } from "./tell-change";
import { settleTimeRequest } from "./time-requests";
import { plannedEndOf } from "./window";

export type RescheduleVisitInput = {
  actor: Actor;
  visitId: string;
  clinicianId?: string;
  scheduledAt?: Date;
  duration?: number;
  visitType?: string | null;
  /** Null takes it away. */
  chiefComplaint?: string | null;
  channel?: Channel;
  route?: Route;
  recordingEnabled?: boolean;
};

/**
 * Changes a visit that nobody has joined yet. When its time or its clinician changes, unused links are revoked (they were made for
 * the old window) and whoever had been told gets the new time with a new link.
 */
export async function rescheduleVisit(
  deps: Need<"db" | "clock" | "cipher" | "keyring" | "signer" | "env">,
  input: RescheduleVisitInput,
): Promise<Result<VisitDetail, RescheduleRefusal>> {
  const { actor, visitId, chiefComplaint } = input;
  const complaint = chiefComplaint ? await sealText(deps, "chief_complaint", visitId, chiefComplaint) : null;
  try {
    return await deps.db.asActor(actor, async (tx): Promise<Result<VisitDetail, RescheduleRefusal>> => {
      const found = await findVisit(tx, visitId, { lock: true });
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      const refusal = await changeRefusal(deps, tx, found.visit, input);
      if (refusal) return err(refusal);

      const moved = isMove(found.visit, input);
      await tx
        .update(videoVisits)
        .set({
          clinicianId: input.clinicianId,
          scheduledAt: input.scheduledAt,
          durationMinutes: input.duration,
          visitType: input.visitType,
          channel: input.channel,
          route: input.route,
          recordingEnabled: input.recordingEnabled,
          ...(chiefComplaint !== undefined && { chiefComplaint: complaint }),
          calendarSequence: found.visit.calendarSequence + (moved ? 1 : 0),
          ...(moved && { lateMinutes: null, lateUntil: null }),
        })
        .where(eq(videoVisits.id, visitId));
      const after = await findVisit(tx, visitId);
      if (!after) throw new Error("a visit vanished while it was locked");
      if (moved) {
        await announceMove(deps, tx, after, actor);
        await settleTimeRequest(tx, { visitId, outcome: "moved", actor, now: deps.clock.now() });
      }
      await tellQueue(tx, visitId);
      await recordAudit(tx, {
        event: "VISIT_RESCHEDULED",
        actor,
        visitId,
        metadata: {
          moved,
          scheduledAt: after.visit.scheduledAt.toISOString(),
          durationMinutes: after.visit.durationMinutes,
          clinicianId: after.visit.clinicianId,
        },
      });
      return ok(await detailOf(tx, after, deps.clock.now()));
    });
  } catch (thrown) {
    if (isDoubleBooking(thrown)) return err({ code: "SLOT_TAKEN" });
    throw thrown;
  }
}

function isMove(visit: VisitRow, { scheduledAt, duration, clinicianId }: RescheduleVisitInput): boolean {
  return (
    (scheduledAt !== undefined && scheduledAt.getTime() !== visit.scheduledAt.getTime()) ||
    (duration !== undefined && duration !== visit.durationMinutes) ||
    (clinicianId !== undefined && clinicianId !== visit.clinicianId)
  );
}

async function changeRefusal(
  deps: Need<"clock">,
  tx: Tx,
  visit: VisitRow,
  input: RescheduleVisitInput,
): Promise<RescheduleRefusal | null> {
  const clinicianId = input.clinicianId ?? visit.clinicianId;
  if (!mayManage(input.actor, visit) || !maySchedule(input.actor, clinicianId)) return { code: "FORBIDDEN" };
  const status = statusOf(visit);
  const closed = closedRefusal(status, visit);
  if (closed) return closed;
  if (status === "ACTIVE") return { code: "VISIT_ACTIVE" };
  if (!isMove(visit, input)) return null;
  const scheduledAt = input.scheduledAt ?? visit.scheduledAt;
  const durationMinutes = input.duration ?? visit.durationMinutes;
  if (plannedEndOf({ scheduledAt, durationMinutes }) <= deps.clock.now()) return { code: "VISIT_IN_PAST" };
  return licenceRefusal(tx, { patientId: visit.patientId, clinicianId, at: scheduledAt });
}

async function announceMove(
  deps: Need<"clock" | "keyring" | "signer" | "env">,
  tx: Tx,
  found: NonNullable<Awaited<ReturnType<typeof findVisit>>>,
  actor: Actor,
): Promise<void> {
  const { visit } = found;
  const { revoked } = await revokeVouchers(deps, tx, { visitId: visit.id, reason: "rescheduled", actor });
  await forgetCodes(tx, revoked);
  await tellChange(deps, tx, [found], { template: "rescheduled", actor });
}
