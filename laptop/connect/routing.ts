import { type Agent, idleSince, isAvailable } from "./agents";
import type { Target } from "./flow/turn";

/** A contact in a queue. */
export type Waiting = { contactId: string; target: Target; enqueuedAt: number };
/** By routing profile, the priority of each queue that rings there: 1 comes first. */
export type Profiles = Record<string, Record<string, number>>;

const mine = 0;

/** How urgent a contact is to an agent; null: it never rings there. A call for one agent alone comes before all queues. */
function priorityFor(agent: Agent, { target }: Waiting, profiles: Profiles): number | null {
  if ("agentId" in target) return target.agentId === agent.agentId ? mine : null;
  return profiles[agent.profile]?.[target.queueId] ?? null;
}

/** Who is to ring at whom. The agent who has been idle longest chooses first: by the profile's priority, then who has waited longest. */
export function match(
  agents: readonly Agent[],
  waiting: readonly Waiting[],
  profiles: Profiles,
): Array<{ agent: Agent; contactId: string }> {
  const left = new Set(waiting);
  const free = agents.filter(isAvailable).sort((one, other) => idleSince(one) - idleSince(other));
  return free.flatMap((agent) => {
    const [best] = [...left]
      .flatMap((contact) => {
        const priority = priorityFor(agent, contact, profiles);
        return priority === null ? [] : [{ contact, priority }];
      })
      .sort(
        (one, other) => one.priority - other.priority || one.contact.enqueuedAt - other.contact.enqueuedAt,
      );
    if (!best) return [];
    left.delete(best.contact);
    return [{ agent, contactId: best.contact.contactId }];
  });
}
