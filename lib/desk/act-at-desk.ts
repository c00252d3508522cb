import { and, eq, isNull } from "drizzle-orm";
import { deskContacts } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { Phone, PhoneAct } from "@/lib/ports/agent-door";
import { atDoor, type Colleague, type DeskDeps } from "./deps";
import type { DeskRefusal } from "./show-caller";

/** A microphone that is closed and opened is nobody's business. */
const unrecorded: ReadonlySet<PhoneAct["act"]> = new Set(["mute", "unmute"]);

/** An agent takes a call, hands it on, ends it, or says what they are at. Recorded once the contact centre has done it; with `finish` the call leaves the desk. */
export async function actAtDesk(
  deps: Pick<DeskDeps, "db" | "clock" | "agentDoor">,
  { actor, act }: { actor: Colleague; act: PhoneAct },
): Promise<Result<Phone, DeskRefusal>> {
  const at = atDoor(deps, actor);
  if (!at.ok) return at;
  const done = await at.value.door.act(at.value.agent, act);
  if (!done.ok || unrecorded.has(act.act)) return done;
  await deps.db.asActor(clerk, async (tx) => {
    if (act.act === "finish")
      await tx
        .update(deskContacts)
        .set({ leftAt: deps.clock.now() })
        .where(
          and(
            eq(deskContacts.staffId, actor.id),
            eq(deskContacts.contactId, act.contactId),
            isNull(deskContacts.leftAt),
          ),
        );
    await recordAudit(tx, { event: "AGENT_ACTED", actor, metadata: factsOf(act) });
  });
  return ok(done.value);
}

function factsOf(act: PhoneAct): Record<string, unknown> {
  switch (act.act) {
    case "status":
      return { act: act.act, status: act.status };
    case "transfer":
      return { act: act.act, contact: act.contactId, to: act.to.kind, id: act.to.id };
    default:
      return { act: act.act, contact: act.contactId };
  }
}
