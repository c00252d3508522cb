import { and, eq, isNull } from "drizzle-orm";
import { deskContacts } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import type { PhoneAct } from "@/lib/ports/agent-door";
import { noteAtDesk } from "@/lib/support-calls/note-at-desk";
import type { Colleague, DeskDeps } from "./deps";

/**
 * Writes down what an agent did with their phone: to the audit, to the call's own page, and `finish` takes the call from the desk.
 * @param done.contactId the contact that our book has the call by.
 * @param done.asked they are asked about a call that is a colleague's: nothing of it changes for its caller.
 */
export async function recordAct(
  { db, clock }: Pick<DeskDeps, "db" | "clock">,
  { actor, act, contactId, asked }: { actor: Colleague; act: PhoneAct; contactId: string; asked: boolean },
): Promise<void> {
  await db.asActor(clerk, async (tx) => {
    if (act.act === "finish")
      await tx
        .update(deskContacts)
        .set({ leftAt: clock.now() })
        .where(
          and(
            eq(deskContacts.staffId, actor.id),
            eq(deskContacts.contactId, contactId),
            isNull(deskContacts.leftAt),
          ),
        );
    if ("contactId" in act && !asked)
      await noteAtDesk(tx, { actor, act: { ...act, contactId }, at: clock.now() });
    await recordAudit(tx, { event: "AGENT_ACTED", actor, metadata: factsOf(act) });
  });
}

function factsOf(act: PhoneAct): Record<string, unknown> {
  switch (act.act) {
    case "status":
      return { act: act.act, status: act.status };
    case "transfer":
    case "consult":
      return { act: act.act, contact: act.contactId, to: act.to.kind, id: act.to.id };
    default:
      return { act: act.act, contact: act.contactId };
  }
}
