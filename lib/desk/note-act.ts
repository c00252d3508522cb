import { err, ok, type Result } from "@/lib/kernel/result";
import type { NotedAct } from "@/lib/ports/agent-door";
import { endCallAtDesk } from "@/lib/support-calls/note-at-desk";
import { noteAnswered } from "@/lib/visits/end-at-desk";
import { type EndDeps, endVisitHere } from "./act-at-desk";
import { firstContact } from "./call-contact";
import { type Colleague, type DeskDeps, phaseAtDesk } from "./deps";
import { recordAct } from "./record-act";
import type { DeskRefusal } from "./show-caller";

/**
 * An agent's browser says what its own panel does with a call: in front of the real contact centre, which is told by the panel and not by us. Noted
 * only of a contact that the contact centre says is at this desk. `hang-up` is told before it is done, so that a visit or a call is ended before its contact.
 */
export async function noteAct(
  deps: Pick<DeskDeps, "db" | "clock" | "deskWitness"> & EndDeps,
  { actor, act }: { actor: Colleague; act: NotedAct },
): Promise<Result<Pick<NotedAct, "contactId" | "act">, DeskRefusal>> {
  const asked = { actor, contactId: act.contactId };
  const phase = await phaseAtDesk(deps, asked);
  if (!phase.ok) return phase;
  if (phase.value === null) return err({ code: "NOT_AT_DESK" });
  const contactId = await firstContact(deps, { staffId: actor.id, contactId: act.contactId });
  if (act.act === "hang-up" && phase.value === "connected") {
    await endVisitHere(deps, { ...asked, known: contactId });
    await endCallAtDesk(deps, { actor, contactId });
  }
  if (act.act === "accept") await noteAnswered(deps, { actor, contactId });
  await recordAct(deps, { actor, act, contactId, asked: phase.value === "asked" });
  return ok({ contactId: act.contactId, act: act.act });
}
