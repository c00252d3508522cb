import { randomBytes, randomUUID } from "node:crypto";
import { type Contact, type Grant, untouched } from "./contacts";
import type { ConnectContext } from "./context";
import {
  attributesOf,
  bareId,
  capabilitiesOf,
  type Input,
  invalidRequest,
  type Json,
  notFound,
} from "./input";

const tokenLivesMs = 7 * 86_400_000;

function text(input: Input, field: string, max: number): string | null {
  const value = input[field];
  if (value === undefined) return null;
  if (typeof value !== "string" || value.length > max)
    throw invalidRequest(`${field} must have up to ${max} characters`);
  return value;
}

/** All that the vendor checks before anything is made. */
function read(connect: ConnectContext, input: Input) {
  connect.mustBeOurs(input.InstanceId);
  const flowId = bareId(input.ContactFlowId);
  if (!connect.instance.inbound.has(flowId)) throw notFound("Contact flow");
  const { DisplayName: displayName } = (input.ParticipantDetails ?? {}) as Input;
  if (typeof displayName !== "string" || displayName.length < 1 || displayName.length > 256)
    throw invalidRequest("DisplayName must have 1 to 256 characters");
  return {
    flowId,
    displayName,
    attributes: attributesOf(input.Attributes),
    allowed: capabilitiesOf(input.AllowedCapabilities),
    clientToken: text(input, "ClientToken", 500),
    relatedContactId: text(input, "RelatedContactId", 256),
    description: text(input, "Description", 4096) ?? "",
  };
}

async function make(connect: ConnectContext, wanted: ReturnType<typeof read>): Promise<Contact> {
  const contactId = randomUUID();
  const now = connect.now();
  const { meetings } = connect;
  const meeting = await meetings.createMeeting({
    externalMeetingId: contactId,
    clientRequestToken: contactId,
  });
  const contact: Contact = {
    contactId,
    ...wanted,
    participantId: randomUUID(),
    participantToken: randomBytes(48).toString("base64url"),
    meeting,
    attendee: await meetings.createAttendee(meeting.MeetingId, `customer-${contactId}`, {
      Audio: "SendReceive",
      Video: videoOf(wanted.allowed),
      Content: wanted.allowed.screenShare ? "SendReceive" : "None",
    }),
    initiatedAt: now,
    updatedAt: now,
    ...structuredClone(untouched),
  };
  connect.contacts.add(contact);
  connect.calls.begin(contact);
  return contact;
}

function videoOf({ customerVideo, agentVideo }: Contact["allowed"]): Grant {
  if (customerVideo) return agentVideo ? "SendReceive" : "Send";
  return agentVideo ? "Receive" : "None";
}

/**
 * StartWebRTCContact. The same ClientToken within seven days is the same contact, also for calls that arrive together.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StartWebRTCContact.html
 */
export async function startWebRtcContact(connect: ConnectContext, input: Input): Promise<Json> {
  const wanted = read(connect, input);
  const { contacts, starting } = connect;
  const token = wanted.clientToken;
  const known = token && (contacts.byToken(token, connect.now() - tokenLivesMs) ?? starting.get(token));
  const making = known || make(connect, wanted);
  if (token && making instanceof Promise && !known) {
    starting.set(token, making);
    void making.finally(() => starting.delete(token)).catch(() => {}); // the caller below gets the failure
  }
  const contact = await making;
  return {
    ContactId: contact.contactId,
    ParticipantId: contact.participantId,
    ParticipantToken: contact.participantToken,
    ConnectionData: { Meeting: contact.meeting, Attendee: contact.attendee },
  };
}
