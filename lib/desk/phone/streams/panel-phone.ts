/// <reference types="amazon-connect-streams" />
import type { Phone } from "../phone";

/** The vendor's words for what an agent is at, as its panel shows them. */
const states: Record<string, Phone["agent"]["state"]> = {
  MissedCallAgent: "missed",
  AgentHungUp: "missed",
  PendingBusy: "ringing",
  CallingCustomer: "busy",
  Busy: "busy",
  AfterCallWork: "wrap-up",
};
const phases: Record<string, NonNullable<Phone["contact"]>["phase"]> = {
  incoming: "ringing",
  pending: "ringing",
  connecting: "ringing",
  connected: "connected",
  ended: "wrap-up",
};
const chosenTypes: readonly string[] = ["routable", "not_routable", "offline"];

/** What this page knows and the panel does not say. */
export type Kept = {
  /** What the agent chose last. */
  status: string;
  muted: boolean;
  /** Whom this desk handed on: their call is not over. */
  handedOn: string | null;
  transfers: Phone["transfers"];
};

/** The one call that a desk has; whoever was missed is none. */
export const contactOf = (agent: connect.Agent): connect.Contact | undefined =>
  agent.getContacts().find((contact) => contact.getState().type in phases);

/** The caller's own leg; null once it has ended. */
export const callerOf = (contact: connect.Contact): connect.BaseConnection | null =>
  contact.getActiveInitialConnection();

/** What the vendor's panel knows, as a desk shows it. Durations are the vendor's, without the two clocks' difference. */
export function panelPhone(agent: connect.Agent, kept: Kept, nowMs: number): Phone {
  const since = (durationMs: number) => new Date(nowMs - durationMs).toISOString();
  const now = agent.getAvailabilityState();
  const contact = contactOf(agent);
  return {
    agent: {
      status: chosenTypes.includes(now.type) ? now.state : kept.status,
      nextStatus: agent.getNextState()?.name ?? null,
      state: states[now.state] ?? (contact ? stateOf(contact) : "free"),
      since: since(agent.getStateDuration()),
    },
    statuses: agent.getAgentStates().map(({ name }) => name),
    contact: contact ? contactPhone(contact, kept, since) : null,
    queues: [],
    transfers: kept.transfers,
  };
}

const workOf = { ringing: "ringing", connected: "busy", "wrap-up": "wrap-up" } as const;
const stateOf = (contact: connect.Contact) => workOf[phases[contact.getState().type] ?? "connected"];

function contactPhone(
  contact: connect.Contact,
  kept: Kept,
  since: (durationMs: number) => string,
): NonNullable<Phone["contact"]> {
  const phase = phases[contact.getState().type] ?? "connected";
  const contactId = contact.getContactId();
  const began = since(contact.getStateDuration());
  const isOver = phase === "wrap-up" && kept.handedOn !== contactId;
  return {
    contactId,
    phase,
    queue: contact.getQueue()?.name || null, // an agent's own has no name
    startedAt: since(contact.getContactDuration()),
    since: began,
    video: contact.hasVideoRTCCapabilities(),
    held: phase === "connected" && (callerOf(contact)?.isOnHold() ?? false),
    muted: phase === "connected" && kept.muted,
    consultation: phase === "connected" ? consultationOf(contact) : null,
    endedAt: isOver ? began : null,
    join: null,
  };
}

/** Whoever was called in beside the caller. A colleague's own panel does not tell them that they are asked: theirs is a call of its own. */
export const thirdOf = (contact: connect.Contact): connect.BaseConnection | null =>
  contact.getSingleActiveThirdPartyConnection();

function consultationOf(contact: connect.Contact): NonNullable<Phone["contact"]>["consultation"] {
  const third = thirdOf(contact);
  if (!third) return null;
  return {
    as: "asking",
    phase: third.isConnected() ? "talking" : "ringing",
    with: third.getEndpoint()?.name ?? "",
  };
}
