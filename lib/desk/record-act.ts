import { and, eq, isNull, or } from "drizzle-orm";
import { deskContacts, supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import type { PhoneAct } from "@/lib/ports/agent-door";
import type { Colleague, DeskDeps } from "./deps";

/** After these the caller waits, or is spoken with again. */
const onHold: ReadonlySet<PhoneAct["act"]> = new Set(["hold", "consult"]);
const offHold: ReadonlySet<PhoneAct["act"]> = new Set(["resume", "hand-over", "take-back"]);

/** Writes down what an agent did with their phone: to the audit, to the call's own page, and `finish` takes the call from the desk. */
export async function recordAct(
  { db, clock }: Pick<DeskDeps, "db" | "clock">,
  { actor, act }: { actor: Colleague; act: PhoneAct },
): Promise<void> {
  await db.asActor(clerk, async (tx) => {
    if (act.act === "finish")
      await tx
        .update(deskContacts)
        .set({ leftAt: clock.now() })
        .where(
          and(
            eq(deskContacts.staffId, actor.id),
            eq(deskContacts.contactId, act.contactId),
            isNull(deskContacts.leftAt),
          ),
        );
    // Its caller's page says so too.
    if ("contactId" in act && (onHold.has(act.act) || offHold.has(act.act)))
      await tx
        .update(supportCalls)
        .set({ heldAt: onHold.has(act.act) ? clock.now() : null })
        .where(
          and(
            or(eq(supportCalls.contactId, act.contactId), eq(supportCalls.boundContact, act.contactId)),
            isNull(supportCalls.endedAt),
          ),
        );
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
