import { err, ok } from "@/lib/kernel/result";
import type { AgentDoor, DeskAgent, DeskWitness, Phone, PhoneAct } from "../agent-door";

/** What a desk shows when nothing rings. */
export const quietPhone: Phone = {
  agent: { status: "Available", nextStatus: null, state: "free", since: "2026-11-22T15:00:00.000Z" },
  statuses: ["Available", "Offline", "Break", "Training"],
  contact: null,
  queues: [],
  transfers: [],
};

/** A contact that an agent talks with. */
export const talkingOf = (contactId: string): NonNullable<Phone["contact"]> => ({
  contactId,
  phase: "connected",
  queue: "Standard",
  startedAt: "2026-11-22T15:00:00.000Z",
  since: "2026-11-22T15:01:00.000Z",
  video: false,
  held: false,
  muted: false,
  consultation: null,
  endedAt: null,
  join: null,
});

/** Desks in memory: a test says what is at which, and reads what was done. */
export function memoryAgentDoor(): AgentDoor & {
  at: Map<string, Phone>;
  acts: { staffId: string; act: PhoneAct }[];
  away: boolean;
} {
  const at = new Map<string, Phone>();
  const door = {
    at,
    acts: [] as { staffId: string; act: PhoneAct }[],
    away: false,
    look: async ({ staffId }: DeskAgent) =>
      door.away
        ? err({ code: "PHONE_AWAY" as const, retryAfterMs: 2_000 })
        : ok(at.get(staffId) ?? quietPhone),
    async act(agent: DeskAgent, act: PhoneAct) {
      const phone = await door.look(agent);
      if (!phone.ok) return phone;
      if ("contactId" in act && phone.value.contact?.contactId !== act.contactId)
        return err({ code: "NOT_AT_DESK" as const });
      door.acts.push({ staffId: agent.staffId, act });
      return phone;
    },
    follow: () => () => undefined,
  };
  return door;
}

/** What is at those desks. */
export const memoryDeskWitness =
  (door: Pick<AgentDoor, "look">): DeskWitness =>
  async (agent, contactId) => {
    const phone = await door.look(agent);
    if (!phone.ok) return phone;
    const { contact } = phone.value;
    if (contact?.contactId !== contactId) return ok(null);
    return ok(contact.consultation?.as === "asked" ? "asked" : contact.phase);
  };
