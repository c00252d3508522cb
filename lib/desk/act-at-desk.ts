import { and, eq, isNull, or } from "drizzle-orm";
import { deskContacts, supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { AgentDoor, DeskAgent, Phone, PhoneAct } from "@/lib/ports/agent-door";
import { endVisitAtDesk, noteAnswered } from "@/lib/visits/end-at-desk";
import { atDoor, type Colleague, type DeskDeps } from "./deps";
import type { DeskRefusal } from "./show-caller";

type EndDeps = Parameters<typeof endVisitAtDesk>[0];

/** A microphone that is closed and opened is nobody's business. */
const unrecorded: ReadonlySet<PhoneAct["act"]> = new Set(["mute", "unmute"]);

/**
 * An agent takes a call, hands it on, ends it, or says what they are at. Recorded once the contact centre has done it; with `finish` the call leaves the
 * desk. Hanging up on a visit's patient ends the visit.
 */
export async function actAtDesk(
  deps: Pick<DeskDeps, "db" | "clock" | "agentDoor"> & EndDeps,
  { actor, act }: { actor: Colleague; act: PhoneAct },
): Promise<Result<Phone, DeskRefusal>> {
  const at = atDoor(deps, actor);
  if (!at.ok) return at;
  const { door, agent } = at.value;
  const visitEnded =
    act.act === "hang-up" && (await endVisitHere(deps, at.value, { actor, contactId: act.contactId }));
  const acted = await door.act(agent, act);
  // The visit's end may have stopped the contact before.
  const done = visitEnded && !acted.ok && acted.error.code === "NOT_AT_DESK" ? await door.look(agent) : acted;
  if (!done.ok || unrecorded.has(act.act)) return done;
  if (act.act === "accept") await noteAnswered(deps, { actor, contactId: act.contactId });
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
    // Its caller's page says so too.
    if (act.act === "hold" || act.act === "resume")
      await tx
        .update(supportCalls)
        .set({ heldAt: act.act === "hold" ? deps.clock.now() : null })
        .where(
          and(
            or(eq(supportCalls.contactId, act.contactId), eq(supportCalls.boundContact, act.contactId)),
            isNull(supportCalls.endedAt),
          ),
        );
    await recordAudit(tx, { event: "AGENT_ACTED", actor, metadata: factsOf(act) });
  });
  return ok(done.value);
}

/** Only if they talk with this very contact now. */
async function endVisitHere(
  deps: EndDeps,
  { door, agent }: { door: AgentDoor; agent: DeskAgent },
  asked: { actor: Colleague; contactId: string },
): Promise<boolean> {
  const phone = await door.look(agent);
  const here = phone.ok ? phone.value.contact : null;
  if (here?.contactId !== asked.contactId || here.phase !== "connected") return false;
  return endVisitAtDesk(deps, asked);
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
