import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits, visitSeats } from "@/db/schema";
import { type Cleanup, noteCleanups } from "@/lib/cleanups/cloud-cleanups";
import type { Actor } from "@/lib/kernel/actor";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import type { VisitRow } from "./find-visit";
import { forgetCodes } from "./link-codes";
import { forgetTold } from "./tell-waiting";
import { revokeSessions } from "./visit-session";

type Closing =
  | { endedAt: Date; endReason: string; clinicalNotes?: Buffer }
  | { cancelledAt: Date; cancelReason: string | null; calendarSequence: number }
  | { noShowAt: Date; endReason: string };

/**
 * Everything that closing a visit means, in the caller's transaction: unused links revoked, sessions revoked, everybody out, the meeting
 * noted for ending, the live pages told. Spent links stay as they are: they open no closed visit, and the record says who came.
 * @returns ids for `finishCleanups`, once committed.
 */
export async function closeVisit(
  deps: Need<"clock">,
  tx: Tx,
  { visit, closing, reason, actor }: { visit: VisitRow; closing: Closing; reason: string; actor: Actor },
): Promise<string[]> {
  const now = deps.clock.now();
  await tx.update(videoVisits).set(closing).where(eq(videoVisits.id, visit.id));
  await tx
    .update(visitSeats)
    .set({ leftAt: now })
    .where(and(eq(visitSeats.visitId, visit.id), isNull(visitSeats.leftAt)));
  await revokeSessions(tx, visit.id, now);
  const { revoked } = await revokeVouchers(deps, tx, { visitId: visit.id, reason, actor });
  await forgetCodes(tx, revoked);
  await forgetTold(tx, visit.id);
  await tellQueue(tx, visit.id);
  return noteCleanups(tx, visit.id, leftoversOf(visit));
}

/** What a closing visit leaves behind. A contact's meeting is Connect's own and ends with the contact. */
function leftoversOf(visit: VisitRow): Cleanup[] {
  if (visit.connectContactId) return [{ kind: "contact", target: visit.connectContactId }];
  return visit.meetingId ? [{ kind: "meeting", target: visit.meetingId }] : [];
}
