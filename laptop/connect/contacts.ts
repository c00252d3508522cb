import { randomUUID } from "node:crypto";
import type { HookEvent, Target } from "./flow/turn";
import type { AllowedCapabilities, Json } from "./input";

/** What an attendee may do with one kind of media. */
export type Grant = "SendReceive" | "Send" | "Receive" | "None";

/** What Connect needs of Chime: in-process, as the vendor's own services call each other. */
export type MeetingMaker = {
  createMeeting(request: {
    externalMeetingId: string;
    clientRequestToken: string;
  }): Promise<Json & { MeetingId: string }>;
  createAttendee(
    meetingId: string,
    externalUserId: string,
    capabilities: Grants,
  ): Promise<Json & { AttendeeId: string }>;
  endMeeting(meetingId: string): void;
  removeAttendee(meetingId: string, attendeeId: string): void;
  setCapabilities(meetingId: string, attendeeId: string, capabilities: Grants): void;
  /** The attendees who are connected; null when the meeting has ended. */
  present(meetingId: string): ReadonlySet<string> | null;
};
export type Grants = { Audio: Grant; Video: Grant; Content: Grant };

/** Times in milliseconds since 1970. Whether a contact has ended is derived from `disconnectedAt`. */
export type Contact = {
  contactId: string;
  clientToken: string | null;
  flowId: string;
  displayName: string;
  description: string;
  relatedContactId: string | null;
  /** Of a call that was handed on: the contact that it was before, the first of all, and the one that it became. */
  previousContactId: string | null;
  initialContactId: string | null;
  nextContactId: string | null;
  attributes: Record<string, string>;
  allowed: AllowedCapabilities;
  participantId: string;
  /** A credential, as is the attendee's JoinToken: neither leaves through the console. */
  participantToken: string;
  meeting: Json & { MeetingId: string };
  attendee: Json & { AttendeeId: string };
  initiatedAt: number;
  updatedAt: number;
  /** Of one that came in by telephone. The headers of its INVITE, by name in small letters, may hold credentials. */
  telephone: { from: string; to: string; headers: Record<string, string> } | null;
  /** The flows that run at events, as the contact's own flow set them. */
  hooks: Partial<Record<HookEvent, string>>;
  /** Where it waits, or waited last. */
  target: Target | null;
  /** Null while its flow runs, and once somebody has it. */
  enqueuedAt: number | null;
  /** When it began to wait, also after that is over. */
  queuedAt: number | null;
  customerSeenAt: number | null;
  /** Who has it. `attendee` is a credential. */
  handler: Handler | null;
  lastAgentId: string | null;
  /** A colleague is asked before the call is handed to them. */
  consultation: Consultation | null;
  /** Whoever was added by CreateParticipant. Credentials. */
  participants: Participant[];
  /** What the caller, and the agent alone, is being told. */
  words: string | null;
  whisper: string | null;
  connectedToAgentAt: number | null;
  wrapUpBeganAt: number | null;
  wrapUpEndedAt: number | null;
  disconnectedAt: number | null;
  disconnectReason: string | null;
};

type Handler = {
  agentId: string;
  attendee: Json & { AttendeeId: string };
  since: number;
  heldSince: number | null;
  muted: boolean;
};
/** In a meeting of its own, so that the caller on hold hears music and nothing else. Attendees are credentials. */
type Consultation = {
  target: Target;
  since: number;
  meeting: Json & { MeetingId: string };
  asking: Json & { AttendeeId: string };
  /** Null until somebody answers. */
  asked: null | { agentId: string; attendee: Json & { AttendeeId: string }; muted: boolean };
};
export type Participant = {
  participantId: string;
  displayName: string;
  token: string;
  attendee: (Json & { AttendeeId: string }) | null;
};

/** What a contact has not yet when it begins. */
export const untouched = {
  previousContactId: null,
  initialContactId: null,
  nextContactId: null,
  telephone: null,
  hooks: {},
  target: null,
  enqueuedAt: null,
  queuedAt: null,
  customerSeenAt: null,
  handler: null,
  lastAgentId: null,
  consultation: null,
  participants: [],
  words: null,
  whisper: null,
  connectedToAgentAt: null,
  wrapUpBeganAt: null,
  wrapUpEndedAt: null,
  disconnectedAt: null,
  disconnectReason: null,
} satisfies Partial<Contact>;

/** Ends a contact that is handed on. @returns the one that its call is from now on. */
export function succeed(contact: Contact, at: number): Contact {
  const next: Contact = {
    ...structuredClone(contact),
    contactId: randomUUID(),
    clientToken: null,
    previousContactId: contact.contactId,
    initialContactId: contact.initialContactId ?? contact.contactId,
    initiatedAt: at,
    connectedToAgentAt: null,
    wrapUpBeganAt: null,
    lastAgentId: null,
  };
  contact.nextContactId = next.contactId;
  contact.disconnectedAt = at;
  contact.disconnectReason = "OTHER";
  contact.enqueuedAt = null;
  return next;
}

/** This many are kept; the oldest that have ended go first. */
const kept = 1_000;

export type Contacts = {
  /** Newest first. */
  list(): Contact[];
  find(contactId: unknown): Contact | undefined;
  byToken(clientToken: string, sinceMs: number): Contact | undefined;
  add(contact: Contact): void;
  /** The contact that this call is now. */
  now(contact: Contact): Contact;
  changed(): void;
};

export function openContacts(options: { load: unknown; save: (contacts: Contact[]) => void }): Contacts {
  // Contacts of an older laptop lack what came later.
  let contacts = ((options.load as Contact[] | undefined) ?? []).map((kept) => ({ ...untouched, ...kept }));
  const changed = () => options.save(contacts);
  const find = (contactId: unknown) => contacts.find((contact) => contact.contactId === contactId);
  return {
    list: () => contacts,
    find,
    now(contact) {
      const next = contact.nextContactId === null ? undefined : find(contact.nextContactId);
      return next ? this.now(next) : contact;
    },
    byToken: (token, sinceMs) =>
      contacts.find((contact) => contact.clientToken === token && contact.initiatedAt > sinceMs),
    add(contact) {
      contacts = [contact, ...contacts].filter(
        ({ disconnectedAt }, index) => index < kept || disconnectedAt === null,
      );
      changed();
    },
    changed,
  };
}
