import type { Agent, Agents } from "./agents";
import type { Contact, Grants, MeetingMaker } from "./contacts";
import type { Target } from "./flow/turn";

const voice: Grants = { Audio: "SendReceive", Video: "None", Content: "None" };

/**
 * An agent asks a colleague while the caller is on hold, and then hands the call over or goes on with it. The two speak in a meeting of their own: the
 * caller hears the music of the hold, and nothing of them.
 */
export function openConsultations(options: {
  agents: Agents;
  meetings: MeetingMaker;
  now: () => number;
  changed: (contact: Contact) => void;
  hold: (contact: Contact) => void;
  resume: (contact: Contact) => void;
  wrapUp: (agent: Agent | undefined, contact: Contact) => void;
  /** What rings at an agent rings no more. */
  letBe: (agent: Agent) => void;
  route: () => void;
  grantsOf: (contact: Contact) => Grants;
}) {
  const { agents, meetings, now, changed } = options;

  /** Over, whatever came of it; the caller stays on hold. */
  function end(contact: Contact): void {
    const { consultation } = contact;
    if (!consultation) return;
    contact.consultation = null;
    for (const agent of agents.at(contact.contactId))
      if (agent.work.kind === "ringing") options.letBe(agent);
      else if (agent.work.kind === "consulted") options.wrapUp(agent, contact);
    meetings.endMeeting(consultation.meeting.MeetingId);
  }

  return {
    end,

    async begin(agent: Agent, contact: Contact, target: Target): Promise<void> {
      const id = `${contact.contactId.slice(0, 36)}-c${now()}`;
      const meeting = await meetings.createMeeting({ externalMeetingId: id, clientRequestToken: id });
      const asking = await meetings.createAttendee(meeting.MeetingId, `agent-${agent.agentId}`, voice);
      // Meanwhile the call may have ended, or a second press asked somebody.
      if (contact.handler?.agentId !== agent.agentId || contact.consultation)
        return meetings.endMeeting(meeting.MeetingId);
      options.hold(contact);
      contact.consultation = { target, since: now(), meeting, asking, asked: null };
      changed(contact);
      options.route();
    },

    async answer(agent: Agent, contact: Contact): Promise<void> {
      const { consultation, contactId } = contact;
      if (!consultation) return;
      agents.setWork(agent, { kind: "consulted", since: now(), contactId });
      const { MeetingId } = consultation.meeting;
      const attendee = await meetings.createAttendee(MeetingId, `agent-${agent.agentId}`, voice);
      if (contact.consultation !== consultation) return; // taken back meanwhile
      consultation.asked = { agentId: agent.agentId, attendee, muted: false };
      consultation.since = now();
      changed(contact);
    },

    /** One colleague alone was asked, and did not answer: whoever asked is told so by its end. A queue asks the next. */
    missed(contact: Contact): void {
      const { consultation } = contact;
      if (!consultation || consultation.asked || !("agentId" in consultation.target)) return;
      end(contact);
      changed(contact);
    },

    /** The call is theirs who were asked; whoever asked has left it. */
    async handOver(agent: Agent, contact: Contact): Promise<void> {
      const { consultation, handler, meeting } = contact;
      const asked = consultation?.asked;
      const next = asked && agents.find(asked.agentId);
      if (!consultation || !handler || !next) return;
      const mine = { ...contact, handler: null };
      const attendee = await meetings.createAttendee(
        meeting.MeetingId,
        `agent-${next.agentId}`,
        options.grantsOf(mine),
      );
      if (contact.consultation !== consultation || contact.disconnectedAt !== null) return;
      contact.consultation = null;
      meetings.endMeeting(consultation.meeting.MeetingId);
      meetings.removeAttendee(meeting.MeetingId, handler.attendee.AttendeeId);
      const since = now();
      contact.handler = { agentId: next.agentId, attendee, since, heldSince: since, muted: asked.muted };
      contact.lastAgentId = next.agentId;
      agents.setWork(next, { kind: "talking", since, contactId: contact.contactId });
      options.wrapUp(agent, contact);
      options.resume(contact);
      options.route();
    },

    /** Whoever asked goes on with their caller. */
    takeBack(contact: Contact): void {
      end(contact);
      options.resume(contact);
      changed(contact);
      options.route();
    },

    /** Whoever was asked leaves; the caller is still on hold, with whoever asked. */
    leave(contact: Contact): void {
      end(contact);
      changed(contact);
      options.route();
    },
  };
}
