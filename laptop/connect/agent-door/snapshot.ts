import { type Agent, isAvailable, isOnline, stateName, statuses } from "../agents";
import type { Contact } from "../contacts";
import type { ConnectContext } from "../context";

const iso = (at: number) => new Date(at).toISOString();

/** Everything that an agent's screen shows. Times in ISO 8601; `contact.media` is a credential, of the agent alone. */
export function snapshotFor(connect: ConnectContext, agent: Agent) {
  const { work } = agent;
  const contact = "contactId" in work ? connect.contacts.find(work.contactId) : undefined;
  return {
    agent: {
      agentId: agent.agentId,
      username: agent.username,
      name: agent.name,
      profile: agent.profile,
      status: agent.status,
      nextStatus: agent.nextStatus,
      state: stateName(agent),
      since: iso(Math.max(agent.statusSince, work.since)),
    },
    statuses,
    contact: contact ? contactFor(connect, agent, contact) : null,
    queues: connect.instance.queues
      .filter(({ arn }) => connect.instance.profiles[agent.profile]?.[arn])
      .map(({ id, name, arn }) => {
        const here = connect.calls
          .waiting()
          .filter(({ target }) => "queueId" in target && target.queueId === arn);
        return { queueId: id, name, waiting: here.length, since: here[0] ? iso(here[0].enqueuedAt) : null };
      }),
    /** Where a call may be handed on to. */
    transfers: [
      ...connect.instance.queues.map(({ id, name }) => ({ kind: "queue" as const, id, name, free: true })),
      ...connect.agents
        .list()
        .filter((other) => other !== agent && isOnline(other))
        .map((other) => ({
          kind: "agent" as const,
          id: other.agentId,
          name: other.name,
          free: isAvailable(other),
        })),
    ],
  };
}

const phases = { ringing: "ringing", talking: "connected", "wrapping-up": "wrap-up" } as const;

function contactFor({ instance }: ConnectContext, { agentId, work }: Agent, contact: Contact) {
  const { handler, target, allowed } = contact;
  const isMine = handler?.agentId === agentId && work.kind === "talking";
  const queue = target && "queueId" in target ? instance.queue(target.queueId) : undefined;
  return {
    contactId: contact.contactId,
    phase: work.kind in phases ? phases[work.kind as keyof typeof phases] : null,
    displayName: contact.displayName,
    attributes: contact.attributes,
    /** Null: the call is for this agent alone. */
    queue: queue?.name ?? null,
    startedAt: iso(contact.initiatedAt),
    since: iso(work.since),
    whisper: contact.whisper,
    video: allowed.customerVideo || allowed.agentVideo,
    held: isMine && handler.heldSince !== null,
    muted: isMine && handler.muted,
    endedAt: contact.disconnectedAt === null ? null : iso(contact.disconnectedAt),
    endReason: contact.disconnectReason,
    media: isMine ? { meeting: contact.meeting, attendee: handler.attendee } : null,
  };
}
