import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { closePresence } from "./presence";
import type { SessionRefusal } from "./refusals";
import type { SeatActor } from "./seat-holder";
import { sessionActor, visitSession } from "./visit-session";

export type LeaveVisitInput = { visitId: string } & (
  | { sessionToken: string; origin: Origin }
  | { actor: SeatActor }
);

/** A party goes, and may come back by the same link. The visit goes on. Leaving twice is leaving once. */
export async function leaveVisit(
  deps: Need<"db" | "clock" | "keyring">,
  input: LeaveVisitInput,
): Promise<Result<{ visitId: string }, SessionRefusal>> {
  const { visitId } = input;
  let actor: SeatActor;
  if ("actor" in input) actor = input.actor;
  else {
    const session = await visitSession(deps, { sessionToken: input.sessionToken, evenIfExpired: true });
    if (!session.ok) return session;
    actor = sessionActor(session.value, input.origin);
  }
  if (actor.visitId !== visitId) return err({ code: "SESSION_INVALID" });
  await deps.db.asActor(actor, (tx) => leaveSeat(tx, actor, deps.clock.now()));
  return ok({ visitId });
}

/** In the caller's transaction. The seat before the evidence, as `notePresence` does: their live channel closes at this very moment. */
export async function leaveSeat(tx: Tx, actor: SeatActor, now: Date): Promise<void> {
  const { voucherId, visitId, party } = actor;
  const left = await tx
    .update(visitSeats)
    .set({ leftAt: now })
    .where(and(eq(visitSeats.voucherId, voucherId), isNull(visitSeats.leftAt)))
    .returning({ id: visitSeats.voucherId });
  if (left.length === 0) return;
  await closePresence(tx, voucherId, now);
  await recordAudit(tx, { event: "PARTY_LEFT", actor, visitId, tokenId: voucherId, metadata: { party } });
  await tellQueue(tx, visitId);
}
