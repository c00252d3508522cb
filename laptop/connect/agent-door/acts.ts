import { type Agent, isOnline, statuses } from "../agents";
import type { Contact } from "../contacts";
import type { ConnectContext } from "../context";
import type { Input } from "../input";
import { sendKeys } from "../sound/send-keys";
import { queuesOf } from "./snapshot";

/** A refusal, in words for whoever writes a desk. */
export class Refused extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

type Act = (connect: ConnectContext, agent: Agent, input: Input) => void | Promise<void>;

/** The contact that a click was meant for; a click that comes late hits no other. */
function contactAt(
  { contacts }: ConnectContext,
  { work }: Agent,
  { contactId }: Input,
  kind: "ringing" | "talking" | "consulted" | "wrapping-up",
): Contact {
  const contact =
    work.kind === kind && work.contactId === contactId ? contacts.find(work.contactId) : undefined;
  if (!contact) throw new Refused(409, "NOT_NOW", `No such contact is ${kind} here`);
  return contact;
}

/** An act on the call that the agent is in. */
const inCall =
  (act: (connect: ConnectContext, contact: Contact, agent: Agent) => void | Promise<void>): Act =>
  (connect, agent, input) => {
    const contact = contactAt(connect, agent, input, "talking");
    if (!contact.handler) throw new Refused(409, "NOT_NOW", "The call is still being joined");
    return act(connect, contact, agent);
  };

/** An act of whoever asks a colleague. */
const asking = (
  is: "ringing" | "talking",
  act: (connect: ConnectContext, contact: Contact, agent: Agent) => void | Promise<void>,
): Act =>
  inCall((connect, contact, agent) => {
    const { consultation } = contact;
    if (!consultation || (is === "talking" && !consultation.asked))
      throw new Refused(409, "NOT_NOW", "No colleague has answered");
    return act(connect, contact, agent);
  });

/** Whoever is asked is muted too, in the meeting that they are in. */
const mute =
  (muted: boolean): Act =>
  (connect, agent, input) => {
    if (agent.work.kind !== "consulted")
      return inCall(({ calls }, contact) => calls.mute(contact, muted))(connect, agent, input);
    connect.calls.muteAsked(contactAt(connect, agent, input, "consulted"), muted);
  };

function targetOf(connect: ConnectContext, agent: Agent, { queueId, agentId }: Input) {
  if (typeof queueId === "string" && agentId === undefined) {
    const queue = queuesOf(connect, agent).find(({ id }) => id === queueId);
    if (queue) return { queueId: queue.arn };
  }
  if (typeof agentId === "string" && queueId === undefined) {
    const other = connect.agents.find(agentId);
    if (other && other !== agent) {
      if (!isOnline(other)) throw new Refused(409, "AGENT_OFFLINE", "That agent is not at their desk");
      return { agentId };
    }
  }
  throw new Refused(400, "BAD_INPUT", "Give the queueId or the agentId of one of `transfers`");
}

/** What an agent can do, by the last step of the path. */
export const acts: Record<string, Act> = {
  status({ calls }, agent, { status }) {
    if (!statuses.some((known) => known === status))
      throw new Refused(400, "BAD_INPUT", `status is one of ${statuses.join(", ")}`);
    calls.setStatus(agent, status as string);
  },
  accept: (connect, agent, input) => connect.calls.accept(agent, contactAt(connect, agent, input, "ringing")),
  reject(connect, agent, input) {
    contactAt(connect, agent, input, "ringing");
    connect.calls.miss(agent);
  },
  hold: inCall(({ calls }, contact) => calls.hold(contact)),
  resume: inCall(({ calls }, contact) => {
    if (contact.consultation) throw new Refused(409, "NOT_NOW", "A colleague is being asked");
    calls.resume(contact);
  }),
  mute: mute(true),
  unmute: mute(false),
  "hang-up": inCall(({ calls }, contact) => calls.end(contact, "AGENT_DISCONNECT")),
  transfer: (connect, agent, input) => {
    const target = targetOf(connect, agent, input);
    inCall(({ calls }, contact) => calls.transfer(agent, contact, target))(connect, agent, input);
  },
  keys: (connect, agent, input) => {
    const { keys } = input;
    if (typeof keys !== "string" || !/^[0-9*#]{1,20}$/.test(keys))
      throw new Refused(400, "BAD_INPUT", "keys are 1 to 20 of 0-9 * #");
    return inCall(({ openLine }, { handler, consultation, meeting }) => {
      if (handler?.heldSince || consultation) throw new Refused(409, "NOT_NOW", "The caller is on hold");
      return sendKeys(openLine, { meetingId: meeting.MeetingId, keys });
    })(connect, agent, input);
  },
  consult: (connect, agent, input) => {
    const target = targetOf(connect, agent, input);
    return inCall(({ calls }, contact) => {
      if (contact.consultation) throw new Refused(409, "NOT_NOW", "Somebody is being asked already");
      return calls.consult(agent, contact, target);
    })(connect, agent, input);
  },
  "hand-over": asking("talking", ({ calls }, contact, agent) => calls.handOver(agent, contact)),
  "take-back": asking("ringing", ({ calls }, contact) => calls.takeBack(contact)),
  leave: (connect, agent, input) => connect.calls.leave(contactAt(connect, agent, input, "consulted")),
  finish(connect, agent, input) {
    contactAt(connect, agent, input, "wrapping-up");
    connect.calls.finish(agent);
  },
};
