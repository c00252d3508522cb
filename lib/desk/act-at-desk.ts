import { ok, type Result } from "@/lib/kernel/result";
import type { Phone, PhoneAct } from "@/lib/ports/agent-door";
import { endCallAtDesk } from "@/lib/support-calls/note-at-desk";
import { endVisitAtDesk, noteAnswered } from "@/lib/visits/end-at-desk";
import { firstContact } from "./call-contact";
import { atDoor, type Colleague, type DeskDeps, phaseAtDesk } from "./deps";
import { recordAct } from "./record-act";
import type { DeskRefusal } from "./show-caller";

export type EndDeps = Parameters<typeof endVisitAtDesk>[0] & Parameters<typeof endCallAtDesk>[0];

/** A microphone that is closed and opened is nobody's business; keys may be somebody's number. */
const unrecorded: ReadonlySet<PhoneAct["act"]> = new Set(["mute", "unmute", "keys"]);

/**
 * An agent takes a call, hands it on, ends it, or says what they are at. Recorded once the contact centre has done it; with `finish` the call leaves the
 * desk. Hanging up on a visit's patient ends the visit, on a customer their call.
 */
export async function actAtDesk(
  deps: Pick<DeskDeps, "db" | "clock" | "agentDoor" | "deskWitness"> & EndDeps,
  { actor, act }: { actor: Colleague; act: PhoneAct },
): Promise<Result<Phone, DeskRefusal>> {
  const at = atDoor(deps, actor);
  if (!at.ok) return at;
  const { door, agent } = at.value;
  const contactId =
    "contactId" in act && !unrecorded.has(act.act)
      ? await firstContact(deps, { staffId: actor.id, contactId: act.contactId })
      : "";
  const visitEnded =
    act.act === "hang-up" &&
    (await endVisitHere(deps, { actor, contactId: act.contactId, known: contactId }));
  const acted = await door.act(agent, act);
  // The visit's end may have stopped the contact before.
  const done = visitEnded && !acted.ok && acted.error.code === "NOT_AT_DESK" ? await door.look(agent) : acted;
  if (!done.ok || unrecorded.has(act.act)) return done;
  if (act.act === "accept") await noteAnswered(deps, { actor, contactId });
  if (act.act === "hang-up") await endCallAtDesk(deps, { actor, contactId });
  await recordAct(deps, { actor, act, contactId, asked: done.value.contact?.consultation?.as === "asked" });
  return ok(done.value);
}

/** Only if they talk with this very contact now. @param asked.known the contact that our book has the call by. */
export async function endVisitHere(
  deps: Pick<DeskDeps, "deskWitness"> & EndDeps,
  { actor, contactId, known }: { actor: Colleague; contactId: string; known: string },
): Promise<boolean> {
  const phase = await phaseAtDesk(deps, { actor, contactId });
  if (!phase.ok || phase.value !== "connected") return false;
  return endVisitAtDesk(deps, { actor, contactId: known });
}
