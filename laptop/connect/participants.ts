import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { VendorError } from "../http/vendor-error";
import type { Contact, Participant } from "./contacts";
import type { ConnectContext } from "./context";
import { type Input, invalidRequest, type Json, notFound } from "./input";

const participantsMax = 6;
const dayMs = 86_400_000;
const keysMax = 100;

const accessDenied = () => new VendorError("AccessDeniedException", "The token is not valid", 403);

/** CreateParticipant: somebody more in a call, once an agent has been reached. @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateParticipant.html */
export function createParticipant(connect: ConnectContext, input: Input): Json {
  connect.mustBeOurs(input.InstanceId);
  const contact = connect.contacts.find(input.ContactId);
  if (!contact) throw notFound("Contact");
  const { ParticipantRole: role, DisplayName: name } = (input.ParticipantDetails ?? {}) as Input;
  if (role !== "CUSTOMER" || typeof name !== "string" || name.length < 1 || name.length > 256)
    throw invalidRequest("ParticipantDetails must have a DisplayName, and the role CUSTOMER");
  if (contact.disconnectedAt !== null || contact.connectedToAgentAt === null)
    throw invalidRequest("The contact is not with an agent");
  // The customer and the agent are two.
  if (contact.participants.length + 2 >= participantsMax)
    throw new VendorError(
      "LimitExceededException",
      `A contact has up to ${participantsMax} participants`,
      429,
    );
  const participant: Participant = {
    participantId: randomUUID(),
    displayName: name,
    token: randomBytes(48).toString("base64url"),
    attendee: null,
  };
  contact.participants.push(participant);
  connect.contacts.changed();
  return {
    ParticipantId: participant.participantId,
    ParticipantCredentials: {
      ParticipantToken: participant.token,
      Expiry: new Date(connect.now() + dayMs).toISOString(),
    },
  };
}

type Holder = { contact: Contact; participant: Participant | null };

/** Whose token it is; `participant` null: the contact's own customer. */
function holderOf(
  { contacts }: ConnectContext,
  token: string | undefined,
  kind: "participant" | "connection",
): Holder {
  for (const contact of contacts.list()) {
    if (contact.disconnectedAt !== null) continue;
    const own: Array<[string, Participant | null]> = [
      [contact.participantToken, null],
      ...contact.participants.map((each): [string, Participant] => [each.token, each]),
    ];
    for (const [known, participant] of own)
      if ((kind === "participant" ? known : connectionToken(known)) === token)
        return { contact, participant };
  }
  throw accessDenied();
}

/** What a participant token is exchanged for. It says nothing of the token that it came from. */
const connectionToken = (participantToken: string) =>
  createHmac("sha256", participantToken).update("connection").digest("base64url");

/** CreateParticipantConnection of the Participant Service: `bearer` is a ParticipantToken. */
export async function connectParticipant(
  connect: ConnectContext,
  bearer: string | undefined,
  input: Input,
): Promise<Json> {
  const { contact, participant } = holderOf(connect, bearer, "participant");
  const types = Array.isArray(input.Type) ? input.Type : [];
  if (
    types.length === 0 ||
    !types.every((type) => ["CONNECTION_CREDENTIALS", "WEBRTC_CONNECTION"].includes(type))
  )
    throw new VendorError("ValidationException", "Type may be CONNECTION_CREDENTIALS and WEBRTC_CONNECTION");
  const { meeting } = contact;
  const token = participant?.token ?? contact.participantToken;
  return {
    ...(types.includes("CONNECTION_CREDENTIALS")
      ? {
          ConnectionCredentials: {
            ConnectionToken: connectionToken(token),
            Expiry: new Date(connect.now() + dayMs).toISOString(),
          },
        }
      : {}),
    ...(types.includes("WEBRTC_CONNECTION")
      ? { WebRTCConnection: { Meeting: meeting, Attendee: await attendeeFor(connect, contact, participant) } }
      : {}),
  };
}

async function attendeeFor(connect: ConnectContext, contact: Contact, participant: Participant | null) {
  if (!participant) return contact.attendee;
  const { allowed } = contact;
  participant.attendee ??= await connect.meetings.createAttendee(
    contact.meeting.MeetingId,
    `participant-${participant.participantId}`,
    {
      Audio: "SendReceive",
      Video: allowed.customerVideo ? "SendReceive" : "Receive",
      Content: allowed.screenShare ? "SendReceive" : "None",
    },
  );
  connect.contacts.changed();
  return participant.attendee;
}

/**
 * SendMessage of the Participant Service with `audio/dtmf`: how the vendor's own clients carry a keypad. `bearer` is a ConnectionToken.
 */
export function sendKeys(connect: ConnectContext, bearer: string | undefined, input: Input): Json {
  const { contact } = holderOf(connect, bearer, "connection");
  const { Content: content, ContentType: type } = input;
  if (type !== "audio/dtmf") throw new VendorError("ValidationException", "A call takes audio/dtmf alone");
  if (typeof content !== "string" || content.length > keysMax || !/^[0-9*#A-D,]+$/.test(content))
    throw new VendorError("ValidationException", "Content must be keys of a telephone");
  for (const key of content.replaceAll(",", "")) connect.calls.press(contact, key);
  return { Id: randomUUID(), AbsoluteTime: new Date(connect.now()).toISOString() };
}

/** DisconnectParticipant: the customer hangs up. Whoever was added only leaves. */
export function disconnectParticipant(connect: ConnectContext, bearer: string | undefined): Json {
  const { contact, participant } = holderOf(connect, bearer, "connection");
  if (!participant) connect.calls.end(contact, "CUSTOMER_DISCONNECT");
  else {
    contact.participants = contact.participants.filter((each) => each !== participant);
    if (participant.attendee)
      connect.meetings.removeAttendee(contact.meeting.MeetingId, participant.attendee.AttendeeId);
    connect.contacts.changed();
  }
  return {};
}
