import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { clinics, visitChat } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Party } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Need } from "./deps";
import { mayWriteNotes } from "./end-visit";
import { findVisit } from "./find-visit";
import type { Forbidden, KeepChatRefusal, VisitUnknown } from "./refusals";
import { openRow, sealRow } from "./sealed-row";
import { findSeat } from "./seat";
import type { SeatActor } from "./seat-holder";
import { isOpen, statusOf } from "./status";

const placeOf = (id: string) => ({ table: "visit_chat", column: "words", id });
/** Of one link. A talk of an hour has a few dozen. */
const linesPerSeat = 500;

/** Whether the clinic keeps what is written in its calls. No, until an administrator has said so. */
export async function keepsChat(tx: Tx): Promise<boolean> {
  const [clinic] = await tx.select({ keeps: clinics.keepChat }).from(clinics);
  return clinic?.keeps ?? false;
}

/**
 * Keeps a line with the visit's record, where the clinic does; else keeps nothing and says so. Only from somebody who was let in, and only
 * their own. The line itself goes from page to page by the call's data messages, whatever becomes of it here.
 */
export async function keepChatLine(
  deps: Need<"db" | "clock" | "cipher">,
  { actor, text }: { actor: SeatActor; text: string },
): Promise<Result<{ kept: boolean }, KeepChatRefusal>> {
  const { visitId, voucherId, party } = actor;
  if (!(await deps.db.asActor(actor, keepsChat))) return ok({ kept: false });
  const id = randomUUID();
  const words = await sealRow(deps, placeOf(id), text); // before the transaction: no row waits for the vault
  return deps.db.asActor(actor, async (tx): Promise<Result<{ kept: boolean }, KeepChatRefusal>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const seat = await findSeat(tx, voucherId);
    if (!isOpen(statusOf(found.visit)) || !seat?.admittedAt || seat.removedAt)
      return err({ code: "NOT_ADMITTED" });
    if ((await tx.$count(visitChat, eq(visitChat.voucherId, voucherId))) >= linesPerSeat)
      return err({ code: "CHAT_FULL" });
    await tx.insert(visitChat).values({ id, visitId, voucherId, party, words, saidAt: deps.clock.now() });
    await recordAudit(tx, {
      event: "CHAT_KEPT",
      actor,
      visitId,
      tokenId: voucherId,
      metadata: { party, letters: text.length },
    });
    return ok({ kept: true });
  });
}

export type ChatLine = { party: Party; text: string; at: string };

/** What was kept, oldest first, for whoever may read the visit's notes. Who asks is recorded before they see it. */
export async function readChat(
  deps: Need<"db" | "cipher">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ lines: ChatLine[] }, VisitUnknown | Forbidden>> {
  const kept = await deps.db.asActor(actor, async (tx) => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" } as const);
    if (!mayWriteNotes(actor, found.visit)) return err({ code: "FORBIDDEN" } as const);
    await recordAudit(tx, { event: "CHAT_VIEWED", actor, visitId });
    return ok(
      await tx
        .select()
        .from(visitChat)
        .where(eq(visitChat.visitId, visitId))
        .orderBy(asc(visitChat.saidAt), asc(visitChat.id)),
    );
  });
  if (!kept.ok) return kept;
  const lines: ChatLine[] = [];
  // One after the other: the vault is asked for each, and it throttles.
  for (const { id, party, words, saidAt } of kept.value)
    lines.push({ party, text: await openRow(deps, placeOf(id), words), at: saidAt.toISOString() });
  return ok({ lines });
}

/** Whether there is something to read, as far as the caller may see it. */
export async function hasChat(tx: Tx, visitId: string): Promise<boolean> {
  return (await tx.$count(visitChat, eq(visitChat.visitId, visitId))) > 0;
}
