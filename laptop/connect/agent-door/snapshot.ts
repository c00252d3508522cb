import { type Agent, isAvailable, isOnline, stateName, statuses } from "../agents";
import type { Contact } from "../contacts";
import type { ConnectContext } from "../context";

const iso = (at: number) => new Date(at).toISOString();

/** The queues whose calls may ring at this agent. */
export const queuesOf = ({ instance }: ConnectContext, { profile }: Agent) =>
  instance.queues.filter(({ arn }) => instance.profiles[profile]?.[arn]);

/** Everything that an agent's screen shows. Times in ISO 8601; `contact.media` is a credential, of the agent alone. */
export function snapshotFor(connect: ConnectContext, agent: Agent) {
  const { work } = agent;
  const contact = "contactId" in work ? connect.contacts.find(work.contactId) : undefined;
  const ownQueues = queuesOf(connect, agent);
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
    queues: ownQueues.map(({ id, name, arn }) => {
      const here = connect.calls
        .waiting()
        .filter(({ target }) => "queueId" in target && target.queueId === arn);
      return { queueId: id, name, waiting: here.length, since: here[0] ? iso(here[0].enqueuedAt) : null };
    }),
    /** Where a call may be handed on to: the queues of the same routing profile, as its quick connects would have it, and colleagues. */
    transfers: [
      ...ownQueues.map(({ id, name }) => ({ kind: "queue" as const, id, name, free: true })),
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

const phases = {
  ringing: "ringing",
  talking: "connected",
  consulted: "connected",
  "wrapping-up": "wrap-up",
} as const;

function contactFor(connect: ConnectContext, { agentId, work }: Agent, contact: Contact) {
  const { instance } = connect;
  const { handler, target, allowed } = contact;
  const isMine = handler?.agentId === agentId && work.kind === "talking";
  const consultation = consultationFor(connect, { agentId, work }, contact);
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
    muted: isMine ? handler.muted : (contact.consultation?.asked?.muted ?? false),
    consultation: consultation && { as: consultation.as, phase: consultation.phase, with: consultation.with },
    // Handed on, the call is not over.
    endedAt: contact.disconnectedAt === null || contact.nextContactId ? null : iso(contact.disconnectedAt),
    endReason: contact.nextContactId ? null : contact.disconnectReason,
    media: consultation?.media ?? (isMine ? { meeting: contact.meeting, attendee: handler.attendee } : null),
  };
}

/** A colleague is asked about the call: as whoever asks sees it, and whoever is asked. `media`: where the two speak. */
function consultationFor(
  { instance, agents }: ConnectContext,
  { agentId, work }: Pick<Agent, "agentId" | "work">,
  { consultation, handler }: Contact,
) {
  if (!consultation) return null;
  const { asked, meeting, target } = consultation;
  const nameOf = (id: string) => agents.find(id)?.name ?? "";
  if (handler?.agentId === agentId && work.kind === "talking")
    return {
      as: "asking" as const,
      phase: asked ? ("talking" as const) : ("ringing" as const),
      with: asked
        ? nameOf(asked.agentId)
        : "agentId" in target
          ? nameOf(target.agentId)
          : (instance.queue(target.queueId)?.name ?? ""),
      media: asked ? { meeting, attendee: consultation.asking } : null,
    };
  const isAsked = work.kind === "consulted" && asked?.agentId === agentId;
  if (!isAsked && work.kind !== "ringing") return null;
  return {
    as: "asked" as const,
    phase: isAsked ? ("talking" as const) : ("ringing" as const),
    with: nameOf(handler?.agentId ?? ""),
    media: isAsked ? { meeting, attendee: asked.attendee } : null,
  };
}
