import { ok } from "@/lib/kernel/result";
import type { AgentDoor, DeskWitness } from "@/lib/ports/agent-door";

/** The laptop's own desks know best. */
export const laptopDeskWitness =
  (door: Pick<AgentDoor, "look">): DeskWitness =>
  async (agent, contactId) => {
    const phone = await door.look(agent);
    if (!phone.ok) return phone;
    const { contact } = phone.value;
    if (contact?.contactId !== contactId) return ok(null);
    return ok(contact.consultation?.as === "asked" ? "asked" : contact.phase);
  };
