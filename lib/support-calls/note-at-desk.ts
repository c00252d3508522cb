import { and, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, clerk } from "@/lib/kernel/actor";
import type { PhoneAct } from "@/lib/ports/agent-door";
import { callbackMet } from "./callback-met";
import type { CallDeps, CallRow, Customer } from "./deps";
import { closeCall, stopInCloud } from "./end-call";

type Noted = Extract<PhoneAct, { contactId: string }>;
/** A colleague at their desk, who has the contact there: whoever asks has made sure. */
type Colleague = Customer;

/** The open call whose contact it is. */
const isOpenAt = (contactId: string) =>
  and(
    or(eq(supportCalls.contactId, contactId), eq(supportCalls.boundContact, contactId)),
    isNull(supportCalls.endedAt),
  );

/** What an agent did with a contact, for the page of its caller: who answered and when, on hold, handed on. */
export async function noteAtDesk(
  tx: Tx,
  { actor, act, at }: { actor: Colleague; act: Noted; at: Date },
): Promise<void> {
  const now = changeBy(act, actor, at);
  if (now) await tx.update(supportCalls).set(now).where(isOpenAt(act.contactId));
  if (act.act === "accept") await noteAnswered(tx, { where: isOpenAt(act.contactId), actor, at });
}

type Change = Partial<Omit<CallRow, "answeredBy">> & { answeredBy?: string | SQL };

function changeBy(act: Noted, actor: Colleague, at: Date): Change | null {
  switch (act.act) {
    case "accept":
      return { answeredBy: actor.id, handedOnAt: null, heldAt: null };
    case "hold":
    case "consult":
      return { heldAt: at };
    case "resume":
    case "take-back":
      return { heldAt: null };
    case "hand-over":
      return { heldAt: null, answeredBy: askedAbout(act.contactId, actor) };
    case "transfer":
      return { heldAt: null, handedOnAt: at };
    default:
      return null;
  }
}

/** Who was asked last, and is there still. */
const askedAbout = (contactId: string, actor: Colleague) => sql`(SELECT d.staff_id FROM desk_contacts d
  WHERE d.contact_id = ${contactId} AND d.staff_id <> ${actor.id}::uuid AND d.left_at IS NULL ORDER BY d.came_at DESC LIMIT 1)`;

/** Marks calls as answered that were not yet, each with its record; whoever waited to be called back got through. */
export async function noteAnswered(
  tx: Tx,
  { where, actor, at }: { where: SQL | undefined; actor: Actor; at: Date },
): Promise<void> {
  const answered = await tx
    .update(supportCalls)
    .set({ connectedAt: at })
    .where(and(where, isNull(supportCalls.connectedAt)))
    .returning();
  for (const { id, customerId, createdAt, contactId, boundContact } of answered) {
    await callbackMet(tx, { customerId, actor, at });
    const waitedSeconds = Math.max(0, Math.round((at.getTime() - createdAt.getTime()) / 1000));
    await recordAudit(tx, {
      event: "SUPPORT_CALL_CONNECTED",
      actor,
      tokenId: id,
      metadata: { waitedSeconds },
    });
    // The flow asked before it rang anywhere; where nothing came of it, its function could not say so itself.
    if (contactId && !boundContact && (await isUnchecked(tx, contactId)))
      await recordAudit(tx, {
        event: "CALLER_NOT_VERIFIED",
        actor,
        tokenId: id,
        metadata: { contact: contactId },
        success: false,
        errorCode: "UNAVAILABLE",
      });
  }
}

async function isUnchecked(tx: Tx, contactId: string): Promise<boolean> {
  const [row] = await tx.execute<{ unchecked: boolean }>(
    sql`SELECT caller_unchecked(${contactId}) AS unchecked`,
  );
  return row?.unchecked ?? false;
}

type EndDeps = Pick<CallDeps, "db" | "clock" | "contactCentre" | "meetings" | "sipBridge" | "log">;

/** Whoever has a call's contact at their desk hangs up: its caller's page reads that it is over, and what is left of it in the cloud goes with it. */
export async function endCallAtDesk(
  deps: EndDeps,
  { actor, contactId }: { actor: Colleague; contactId: string },
): Promise<void> {
  const at = deps.clock.now();
  const closed = await deps.db.asActor(clerk, async (tx) => {
    const [open] = await tx.select({ id: supportCalls.id }).from(supportCalls).where(isOpenAt(contactId));
    return open && closeCall(tx, { callId: open.id, actor, reason: "over", at, settled: false });
  });
  if (closed) await stopInCloud(deps, closed);
}
