import { type Agent, type Agents, isOnline } from "./agents";
import { openConsultations } from "./consultations";
import { type LambdaInvoker, openContactFlows } from "./contact-flows";
import { type Contact, type Contacts, type Grants, type MeetingMaker, succeed } from "./contacts";
import type { Deed } from "./flow/host";
import type { Facts, Target } from "./flow/turn";
import type { Instance } from "./instance";
import { match, type Waiting } from "./routing";

/** A call that rings in vain goes to the next agent after this. */
const ringMs = 20_000;
/** A customer who is away for so long has left; one who never came has, too. The first is the vendor's, the second Chime's. */
const awayMaxMs = 60_000;
const neverCameMaxMs = 300_000;
const queueMax = 500;
const lookEveryMs = 250;

/** Whether two targets, of our own ids, are one. */
export const isSame = (one: Target, other: Target) => JSON.stringify(one) === JSON.stringify(other);

const nothing: Grants = { Audio: "None", Video: "None", Content: "None" };

export type Calls = ReturnType<typeof openCalls>;

/** Everything that happens to a contact between its beginning and its end. Refusals are the callers' to give: what is asked here fits. */
export function openCalls(options: {
  contacts: Contacts;
  agents: Agents;
  instance: Instance;
  meetings: MeetingMaker;
  lambdas: LambdaInvoker;
  soundOf: Parameters<typeof openContactFlows>[0]["soundOf"];
  isOpen: () => boolean;
  now: () => number;
  log: (line: object) => void;
  /** Told of every change of contacts or agents. */
  changed: () => void;
}) {
  const { contacts, agents, instance, meetings, now } = options;
  const rings = new Map<string, NodeJS.Timeout>();

  function changed(contact: Contact): void {
    contact.updatedAt = now();
    contacts.changed();
    options.changed();
  }

  const agentNamed = (id: string) => agents.find(id.slice(id.lastIndexOf("/") + 1));
  const facts: Facts = {
    isOpen: (hoursId) => (hoursId === undefined || hoursId === instance.hoursArn ? options.isOpen() : null),
    hasQueue: (id) => instance.queue(id) !== undefined,
    hasAgent: (id) => agentNamed(id) !== undefined,
    hasFlow: (id) => instance.flow(id) !== undefined,
    hasRoom: (target) => {
      if ("agentId" in target ? !agentNamed(target.agentId) : !instance.queue(target.queueId)) return null;
      return waiting().filter((one) => isSame(one.target, named(target))).length < queueMax;
    },
  };
  const flows = openContactFlows({ ...options, facts, did, changed });

  function did(contact: Contact, deed: Deed): void {
    switch (deed.kind) {
      case "set-attributes":
        contact.attributes = { ...contact.attributes, ...deed.attributes };
        changed(contact);
        return;
      case "set-hook":
        contact.hooks[deed.event] = deed.flowId;
        changed(contact);
        return;
      case "enqueue":
        enqueue(contact, deed.target);
        return;
      case "disconnect":
        end(contact, "CONTACT_FLOW_DISCONNECT");
    }
  }

  // Queues

  const live = () => contacts.list().filter(({ disconnectedAt }) => disconnectedAt === null);
  /** Whoever waits, the longest first; also those who ring. */
  function waiting(): Waiting[] {
    return live()
      .reverse()
      .flatMap(({ contactId, target, enqueuedAt, consultation }) => {
        if (consultation && !consultation.asked)
          return [{ contactId, target: consultation.target, enqueuedAt: consultation.since }];
        return target && enqueuedAt !== null ? [{ contactId, target: named(target), enqueuedAt }] : [];
      })
      .sort((one, other) => one.enqueuedAt - other.enqueuedAt);
  }
  /** A target with the ids that we use ourselves. */
  const named = (target: Target): Target =>
    "agentId" in target
      ? { agentId: agentNamed(target.agentId)?.agentId ?? target.agentId }
      : { queueId: instance.queue(target.queueId)?.arn ?? target.queueId };

  function enqueue(contact: Contact, target: Target): void {
    contact.target = named(target);
    contact.enqueuedAt = contact.queuedAt = now();
    changed(contact);
    flows.runHook(contact, "CustomerQueue");
    route();
  }

  function route(): void {
    // Whoever asks a colleague has the call, and it rings all the same.
    const unrung = waiting().filter(({ contactId }) => {
      const isAsking = contacts.find(contactId)?.consultation;
      return !agents.at(contactId).some(({ work }) => !isAsking || work.kind === "ringing");
    });
    for (const { agent, contactId } of match(agents.list(), unrung, instance.profiles))
      ring(agent, contactId);
  }

  function ring(agent: Agent, contactId: string): void {
    agents.setWork(agent, { kind: "ringing", since: now(), contactId });
    rings.set(
      agent.agentId,
      setTimeout(() => miss(agent), ringMs),
    );
    options.changed();
  }

  function stopRinging(agent: Agent): void {
    clearTimeout(rings.get(agent.agentId));
    rings.delete(agent.agentId);
  }

  /** What rang here rings no more, and nobody missed it. */
  function letBe(agent: Agent): void {
    stopRinging(agent);
    agents.setWork(agent, { kind: "free", since: agent.work.since });
  }

  /** Nobody answered, or said no: the next agent is asked. */
  function miss(agent: Agent): void {
    const contact = agent.work.kind === "ringing" ? contacts.find(agent.work.contactId) : undefined;
    stopRinging(agent);
    agents.setWork(agent, { kind: "missed", since: now() });
    if (contact) consultations.missed(contact);
    options.changed();
    route();
  }

  // With an agent

  const grantsOf = ({ allowed, handler }: Contact): Grants => ({
    Audio: handler?.muted ? "Receive" : "SendReceive",
    Video: allowed.agentVideo
      ? allowed.customerVideo
        ? "SendReceive"
        : "Send"
      : allowed.customerVideo
        ? "Receive"
        : "None",
    Content: allowed.screenShare ? "SendReceive" : "None",
  });

  async function accept(agent: Agent, contact: Contact): Promise<void> {
    stopRinging(agent);
    if (contact.consultation) return consultations.answer(agent, contact);
    const since = now();
    agents.setWork(agent, { kind: "talking", since, contactId: contact.contactId });
    const { MeetingId } = contact.meeting;
    const attendee = await meetings.createAttendee(MeetingId, `agent-${agent.agentId}`, grantsOf(contact));
    if (contact.disconnectedAt !== null) return; // hung up meanwhile
    flows.silence(contact);
    contact.handler = { agentId: agent.agentId, attendee, since, heldSince: null, muted: false };
    contact.lastAgentId = agent.agentId;
    contact.connectedToAgentAt ??= since;
    contact.enqueuedAt = null;
    contact.whisper = flows.whisper(contact);
    changed(contact);
  }

  function hold(contact: Contact): void {
    const { handler } = contact;
    if (!handler || handler.heldSince !== null) return;
    handler.heldSince = now();
    meetings.setCapabilities(contact.meeting.MeetingId, handler.attendee.AttendeeId, nothing);
    changed(contact);
    flows.runHook(contact, "CustomerHold");
  }

  function resume(contact: Contact): void {
    const { handler } = contact;
    if (!handler || handler.heldSince === null) return;
    handler.heldSince = null;
    flows.silence(contact);
    restoreGrants(contact);
    changed(contact);
  }

  function mute(contact: Contact, muted: boolean): void {
    const { handler } = contact;
    if (!handler) return;
    handler.muted = muted;
    if (handler.heldSince === null) restoreGrants(contact);
    changed(contact);
  }

  function restoreGrants(contact: Contact): void {
    if (contact.handler)
      meetings.setCapabilities(
        contact.meeting.MeetingId,
        contact.handler.attendee.AttendeeId,
        grantsOf(contact),
      );
  }

  function wrapUp(agent: Agent | undefined, contact: Contact): void {
    if (!agent) return;
    contact.wrapUpBeganAt = now();
    agents.setWork(agent, { kind: "wrapping-up", since: now(), contactId: contact.contactId });
  }

  const consultations = openConsultations({
    agents,
    meetings,
    now,
    changed,
    hold,
    resume,
    wrapUp,
    letBe,
    route,
    grantsOf,
  });

  /** The agent leaves, the caller waits anew: as a new contact in the same meeting, as with the vendor. */
  function transfer(agent: Agent, contact: Contact, target: Target): void {
    const { handler } = contact;
    if (!handler) return;
    consultations.end(contact);
    flows.silence(contact);
    meetings.removeAttendee(contact.meeting.MeetingId, handler.attendee.AttendeeId);
    contact.handler = null;
    wrapUp(agent, contact);
    const next = succeed(contact, now());
    contacts.add(next);
    changed(contact);
    enqueue(next, target);
  }

  /** After-contact work is done. */
  function finish(agent: Agent): void {
    const contact = agent.work.kind === "wrapping-up" ? contacts.find(agent.work.contactId) : undefined;
    agents.setWork(agent, { kind: "free", since: now() });
    if (contact) {
      contact.wrapUpEndedAt = now();
      changed(contact);
    } else options.changed();
    route();
  }

  // The end

  function end(contact: Contact, reason: string): void {
    if (contact.disconnectedAt !== null) return;
    contact.disconnectedAt = now();
    contact.disconnectReason = reason;
    contact.enqueuedAt = null;
    flows.silence(contact);
    consultations.end(contact);
    for (const agent of agents.at(contact.contactId))
      if (agent.work.kind === "ringing") letBe(agent);
      else wrapUp(agent, contact);
    meetings.endMeeting(contact.meeting.MeetingId);
    changed(contact);
    route();
  }

  /** Who came, who went, whose meeting is over. */
  function look(): void {
    for (const contact of live()) {
      const present = meetings.present(contact.meeting.MeetingId);
      if (!present) end(contact, "CUSTOMER_DISCONNECT");
      else if (present.has(contact.attendee.AttendeeId)) contact.customerSeenAt = now();
      else if (now() - (contact.customerSeenAt ?? contact.initiatedAt) > awayMax(contact))
        end(contact, "CUSTOMER_DISCONNECT");
    }
  }
  const awayMax = ({ customerSeenAt }: Contact) => (customerSeenAt === null ? neverCameMaxMs : awayMaxMs);

  const watch = setInterval(look, lookEveryMs);
  watch.unref();

  /** After a restart: who talked still talks, who waited waits; whoever was in a flow begins it anew. */
  function goOn(): void {
    for (const agent of agents.list()) {
      const contact = "contactId" in agent.work ? contacts.find(agent.work.contactId) : undefined;
      const isOver = !contact || contact.disconnectedAt !== null;
      const { kind } = agent.work;
      if (kind === "ringing" || kind === "consulted" || (kind === "talking" && isOver))
        agents.setWork(agent, { kind: "free", since: now() });
    }
    for (const contact of live()) {
      contact.consultation = null; // the caller is on hold still
      if (contact.telephone) {
        end(contact, "TELECOM_PROBLEM"); // its line was cut
        continue;
      }
      if (contact.customerSeenAt !== null) contact.customerSeenAt = now(); // who was there has time to come back
      if (contact.handler) {
        if (contact.handler.heldSince !== null) flows.runHook(contact, "CustomerHold");
      } else if (contact.enqueuedAt !== null) flows.runHook(contact, "CustomerQueue");
      else begin(contact);
    }
    route();
  }

  function begin(contact: Contact): void {
    const flow = instance.inbound.get(contact.flowId);
    if (flow) flows.run(contact, flow);
  }

  return {
    begin,
    goOn,
    press: flows.press,
    end,
    accept,
    miss,
    hold,
    resume,
    mute,
    transfer,
    consult: consultations.begin,
    handOver: consultations.handOver,
    takeBack: consultations.takeBack,
    leave: consultations.leave,
    muteAsked(contact: Contact, muted: boolean): void {
      if (contact.consultation?.asked) contact.consultation.asked.muted = muted;
      changed(contact);
    },
    finish,
    waiting,
    setStatus(agent: Agent, status: string): void {
      agents.setStatus(agent, status);
      options.changed();
      route();
    },
    /** Signed-in agents at whom this queue rings. */
    staffed: (queueArn: string) =>
      agents.list().filter((agent) => isOnline(agent) && instance.profiles[agent.profile]?.[queueArn]),
    close(): void {
      clearInterval(watch);
      for (const timer of rings.values()) clearTimeout(timer);
      flows.close();
    },
  };
}
