import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { VendorError } from "../../http/vendor-error";
import type { LambdaInvoker } from "../contact-flows";
import type { Contact, Grants, MeetingMaker } from "../contacts";
import { startConnect } from "../index";
import type { Json } from "../input";

export const instanceId = "11111111-1111-4111-8111-111111111111";
export const videoFlow = "22222222-2222-4222-8222-222222222222";
const supportFlow = "33333333-3333-4333-8333-333333333333";
const agentSecret = "the-desk-knows-it";

/** What an agent's screen knows, as far as the tests read it. */
type Screen = {
  agent: { state: string; status: string; nextStatus: string | null };
  contact: null | {
    contactId: string;
    phase: string;
    queue: string | null;
    whisper: string | null;
    attributes: Record<string, string>;
    held: boolean;
    muted: boolean;
    endReason: string | null;
    media: null | { meeting: { MeetingId: string }; attendee: { AttendeeId: string } };
  };
  queues: Array<{ name: string; waiting: number }>;
};

/** Meetings that are only remembered. */
function fakeMeetings() {
  const meetings = new Map<string, { attendees: Map<string, Grants>; present: Set<string> }>();
  const maker: MeetingMaker = {
    async createMeeting() {
      const MeetingId = randomUUID();
      meetings.set(MeetingId, { attendees: new Map(), present: new Set() });
      return { MeetingId };
    },
    async createAttendee(meetingId, ExternalUserId, capabilities) {
      const AttendeeId = randomUUID();
      meetings.get(meetingId)?.attendees.set(AttendeeId, capabilities);
      return { AttendeeId, ExternalUserId, JoinToken: "t" };
    },
    endMeeting: (meetingId) => void meetings.delete(meetingId),
    removeAttendee: (meetingId, attendeeId) => void meetings.get(meetingId)?.attendees.delete(attendeeId),
    setCapabilities: (meetingId, attendeeId, grants) =>
      void meetings.get(meetingId)?.attendees.set(attendeeId, grants),
    present: (meetingId) => meetings.get(meetingId)?.present ?? null,
  };
  return { meetings, maker };
}

/** Connect without a network: meetings are remembered, functions answer as told. */
export function startTestConnect(
  given: { lambda?: LambdaInvoker["invoke"]; quotas?: boolean; contacts?: unknown; desk?: unknown } = {},
) {
  const { meetings, maker } = fakeMeetings();
  const saved: { contacts: unknown; desk: unknown } = { contacts: undefined, desk: undefined };
  const connect = startConnect({
    contacts: {
      load: given.contacts,
      save: (contacts) => {
        saved.contacts = structuredClone(contacts);
      },
    },
    desk: {
      load: given.desk,
      save: (desk) => {
        saved.desk = structuredClone(desk);
      },
    },
    meetings: maker,
    lambdas: {
      invoke: given.lambda ?? (async () => ({ ok: false, code: "UNKNOWN_FUNCTION", message: "none" })),
    },
    openLine: () => ({ write() {}, onSound() {}, onEnd() {}, close() {} }),
    instanceId,
    flowIds: [videoFlow, supportFlow],
    region: "us-east-1",
    agentSecret,
    quotas: given.quotas ?? false,
    now: Date.now,
    log() {},
  });

  const operate = (operation: string, input: Json, path = "/", headers: Record<string, string> = {}) =>
    connect.handle(
      operation,
      { method: "POST", path, query: new URLSearchParams(), headers, body: new Uint8Array() },
      () => ({ InstanceId: instanceId, ...input }),
    );

  async function door(method: string, step: string, bearer: string, body?: object, headers: object = {}) {
    const answer = await connect.agentDoor(
      {
        method,
        path: `/_laptop/connect/agents${step}`,
        query: new URLSearchParams(),
        headers: { authorization: `Bearer ${bearer}`, ...headers },
        body: Buffer.from(body ? JSON.stringify(body) : ""),
      },
      {} as ServerResponse,
    );
    return { status: answer?.status ?? 0, body: JSON.parse(String(answer?.body)) as Json };
  }

  return {
    connect,
    meetings,
    saved,
    operate,
    door,
    contact: (contactId: string) => connect.contacts().find((one) => one.contactId === contactId) as Contact,
    /** Calls, and is in the meeting. */
    async call(more: Json = {}): Promise<Contact> {
      const { ContactId } = await operate("StartWebRTCContact", {
        ContactFlowId: supportFlow,
        ParticipantDetails: { DisplayName: "Customer" },
        ...more,
      });
      const contact = connect.contacts().find(({ contactId }) => contactId === ContactId) as Contact;
      meetings.get(contact.meeting.MeetingId)?.present.add(contact.attendee.AttendeeId);
      return contact;
    },
    /** Signs an agent in, and says that calls may ring. */
    async agent(username: string, profile = "Support") {
      const { body } = await door("POST", "", agentSecret, { username, name: username, profile });
      const token = String(body.token);
      const act = async (step: string, input: object = {}) => {
        const { status, body: answer } = await door("POST", `/me/${step}`, token, input);
        if (status !== 200) throw new VendorError(String(answer.code), String(answer.message), status);
        return answer as unknown as Screen;
      };
      await act("status", { status: "Available" });
      return {
        agentId: String(body.agentId),
        token,
        act,
        screen: async () => (await door("GET", "/me", token)).body as unknown as Screen,
      };
    },
    agentSecret,
  };
}
