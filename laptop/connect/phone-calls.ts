import { randomBytes, randomUUID } from "node:crypto";
import { type Contact, untouched } from "./contacts";
import type { ConnectContext } from "./context";
import type { OpenLine } from "./sound/line";

/** A call that comes in by telephone: structurally laptop/voice's. Frames are 20 ms, mono, at 48 kHz: 960 samples. */
export type PhoneCall = {
  from: string;
  to: string;
  /** Of its INVITE, by name in small letters. */
  headers: Record<string, string>;
  /** False: whoever called is gone. */
  answer(): boolean;
  write(frame: Int16Array): void;
  onSound(hear: (frame: Int16Array) => void): void;
  onKey(pressed: (key: string) => void): void;
  onEnd(told: () => void): void;
  hangUp(): void;
};

/**
 * A telephone rings here: a contact like any other, whose caller sits in its meeting by a line. Its flow may read the SIP headers. Whoever hangs up, the
 * other side is told at once.
 */
export async function takePhoneCall(
  connect: ConnectContext,
  { call, flowId, openLine }: { call: PhoneCall; flowId: string; openLine: OpenLine },
): Promise<void> {
  const contactId = randomUUID();
  const { meetings, calls, contacts } = connect;
  const meeting = await meetings.createMeeting({
    externalMeetingId: contactId,
    clientRequestToken: contactId,
  });
  const rights = { Audio: "SendReceive", Video: "None", Content: "None" } as const;
  const attendee = await meetings.createAttendee(meeting.MeetingId, `customer-${contactId}`, rights);
  const line = await openLine(meeting.MeetingId, { joinToken: String(attendee.JoinToken) });
  const now = connect.now();
  const contact: Contact = {
    ...structuredClone(untouched),
    contactId,
    clientToken: null,
    flowId,
    displayName: call.from,
    description: "",
    relatedContactId: null,
    attributes: {},
    allowed: { customerVideo: false, agentVideo: false, screenShare: false },
    participantId: randomUUID(),
    participantToken: randomBytes(48).toString("base64url"),
    meeting,
    attendee,
    initiatedAt: now,
    updatedAt: now,
    customerSeenAt: now,
    telephone: { from: call.from, to: call.to, headers: call.headers },
  };
  contacts.add(contact);
  line.onSound(call.write);
  call.onSound(line.write);
  call.onKey((key) => calls.press(contacts.now(contact), key));
  line.onEnd(call.hangUp);
  call.onEnd(() => {
    line.close();
    calls.end(contacts.now(contact), "CUSTOMER_DISCONNECT");
  });
  if (call.answer()) calls.begin(contact);
}
