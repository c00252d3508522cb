import type { Result } from "@/lib/kernel/result";
import type { Attendee, CloudRefusal, Meeting } from "./meetings";

export type Contact = {
  contactId: string;
  instanceId: string;
  participantId: string;
  /** A credential: sealed at rest, never logged. */
  participantToken: string;
  meeting: Meeting;
  attendee: Attendee;
};
/** How a call stands, whoever has it by now: one that is handed on has a new contact each time, and lasts as long as the last of them. */
export type ContactState = {
  contactId: string;
  /** Which it began as; its own where it was never handed on. */
  firstContactId: string;
  initiationMethod: string;
  connectedToAgentAt: Date | null;
  disconnectedAt: Date | null;
};

/** `position` 1: next. `waitSeconds`: what the contact centre guesses; null where it does not. */
export type PlaceInLine = { position: number; waitSeconds: number | null };

/**
 * When the contact centre is open: spans of wall time in `timeZone`, each from its `date` (`YYYY-MM-DD`). `from`, `until`: minutes since that date's midnight,
 * more than 1,440 where it closes after the next one. A day without a span is closed.
 */
export type OpeningHours = {
  timeZone: string;
  spans: { date: string; from: number; until: number }[];
};

/** How it stands in the line that most callers join. Null: not known. `waitSeconds`: what the contact centre guesses for whoever calls now. */
export type LineNow = { agentsStaffed: number | null; waitSeconds: number | null };

/** Amazon Connect: contacts that carry a person and what we vouch for to an agent. */
export type ContactCentre = {
  /**
   * StartWebRTCContact. Idempotent by `clientToken` for 7 days. `displayName` is a pseudonym; `attributes` carry opaque references only.
   */
  startWebRtcContact(request: {
    clientToken: string;
    flow: "video" | "support";
    displayName: string;
    attributes: Record<string, string>;
    video: boolean;
  }): Promise<Result<Contact, CloudRefusal | { code: "CONTACT_REFUSED"; reason: string }>>;
  /** SearchUsers: whoever takes calls by this user name, which is a colleague's id with us; null: nobody does. */
  findAgent(username: string): Promise<Result<string | null, CloudRefusal>>;
  /** With it what it was handed on as. Stopping one that has ended is success (410 ContactNotFound). */
  stopContact(contactId: string): Promise<Result<void, CloudRefusal>>;
  describeContact(
    contactId: string,
  ): Promise<Result<ContactState, CloudRefusal | { code: "CONTACT_UNKNOWN" }>>;
  /** GetContactMetrics. Null: it does not wait in a queue. */
  placeInLine(
    contactId: string,
  ): Promise<Result<PlaceInLine | null, CloudRefusal | { code: "CONTACT_UNKNOWN" }>>;
  /** GetEffectiveHoursOfOperations, overrides applied, for all days from one to another. Null: nobody said which hours are support's. */
  openingHours(days: { from: string; to: string }): Promise<Result<OpeningHours | null, CloudRefusal>>;
  /** GetCurrentMetricData. Null: nobody said which queue is support's. */
  lineNow(): Promise<Result<LineNow | null, CloudRefusal>>;
  /**
   * What the caller types on a keypad, heard by the contact's flow (Participant Service). `participantToken`: the contact's own.
   * @param keys `0-9*#`, up to 50.
   */
  pressKeys(
    participantToken: string,
    keys: string,
  ): Promise<Result<void, CloudRefusal | { code: "CONTACT_ENDED" }>>;
  updateAttributes(
    contactId: string,
    attributes: Record<string, string>,
  ): Promise<Result<void, CloudRefusal | { code: "CONTACT_UNKNOWN" }>>;
};
