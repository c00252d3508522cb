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
    capabilities: { Audio: Grant; Video: Grant; Content: Grant },
  ): Promise<Json & { AttendeeId: string }>;
  endMeeting(meetingId: string): void;
};

/** Times in milliseconds since 1970. Whether a contact has ended is derived from `disconnectedAt`. */
export type Contact = {
  contactId: string;
  clientToken: string | null;
  flowId: string;
  displayName: string;
  description: string;
  relatedContactId: string | null;
  attributes: Record<string, string>;
  allowed: AllowedCapabilities;
  participantId: string;
  /** A credential, as is the attendee's JoinToken: neither leaves through the console. */
  participantToken: string;
  meeting: Json & { MeetingId: string };
  attendee: Json & { AttendeeId: string };
  initiatedAt: number;
  updatedAt: number;
  connectedToAgentAt: number | null;
  disconnectedAt: number | null;
  disconnectReason: string | null;
};

/** This many are kept; the oldest that have ended go first. */
const kept = 1_000;

export type Contacts = {
  /** Newest first. */
  list(): Contact[];
  find(contactId: unknown): Contact | undefined;
  byToken(clientToken: string, sinceMs: number): Contact | undefined;
  add(contact: Contact): void;
  changed(): void;
};

export function openContacts(options: { load: unknown; save: (contacts: Contact[]) => void }): Contacts {
  let contacts = (options.load as Contact[] | undefined) ?? [];
  const changed = () => options.save(contacts);
  return {
    list: () => contacts,
    find: (contactId) => contacts.find((contact) => contact.contactId === contactId),
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
