import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { waitingWords } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { WaitingWords } from "@/lib/kernel/waiting-presets";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayHostParty } from "./permit";
import { closedRefusal, type SayRefusal } from "./refusals";
import { seatsOf, sitsToHost } from "./seat";
import { statusOf } from "./status";

const aad = (visitId: string) => `waiting-words ${visitId}`;

/**
 * The clinician (by link, too) or staff tell the patient who waits. One message, the last one counts; it is gone when the visit closes.
 * The record says that something was said and by whom; of own words it keeps nothing.
 */
export async function tellWaiting(
  deps: Need<"db" | "clock" | "keyring">,
  { actor, visitId, words }: { actor: Actor; visitId: string; words: WaitingWords },
): Promise<Result<{ saidAt: string }, SayRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<{ saidAt: string }, SayRefusal>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayHostParty(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const seats = await seatsOf(tx, visitId);
    if (!sitsToHost(actor, seats)) return err({ code: "FORBIDDEN" });
    const waits = seats.some(
      (seat) => seat.party === "patient" && !seat.admittedAt && !seat.removedAt && !seat.leftAt,
    );
    if (!waits) return err({ code: "NOBODY_WAITS" });
    const saidAt = deps.clock.now();
    const sealed = deps.keyring.seal("waiting-words", JSON.stringify(words), aad(visitId));
    await tx
      .insert(waitingWords)
      .values({ visitId, words: sealed, saidAt })
      .onConflictDoUpdate({ target: waitingWords.visitId, set: { words: sealed, saidAt } });
    await recordAudit(tx, {
      event: "WAITING_TOLD",
      actor,
      visitId,
      metadata: { preset: "preset" in words ? words.preset : null },
    });
    await tellChanged(tx, visitId);
    return ok({ saidAt: saidAt.toISOString() });
  });
}

/** In the caller's transaction: what was last said, as far as the caller may read it. */
export async function toldWaiting(
  deps: Need<"keyring">,
  tx: Tx,
  visitId: string,
): Promise<(WaitingWords & { at: string }) | null> {
  const [said] = await tx.select().from(waitingWords).where(eq(waitingWords.visitId, visitId));
  if (!said) return null;
  const opened = deps.keyring.unseal("waiting-words", said.words, aad(visitId)).toString("utf8");
  return { ...(JSON.parse(opened) as WaitingWords), at: said.saidAt.toISOString() };
}

/** In the transaction that closes the visit. */
export async function forgetTold(tx: Tx, visitId: string): Promise<void> {
  await tx.delete(waitingWords).where(eq(waitingWords.visitId, visitId));
}
