/** What we say to a party of a visit. */
export const messageTemplates = [
  "initial",
  "reminder",
  "resend",
  "rescheduled",
  "cancelled",
  "late",
  "on-time",
  "patient-waits",
  "time-kept",
  "check",
  "series",
  "series-moved",
  "series-cancelled",
] as const;
/** These tell of several visits at once: who got one knows of them all. */
export const seriesTemplates = ["series", "series-moved"] as const satisfies MessageTemplate[];
export type MessageTemplate = (typeof messageTemplates)[number];

/** What we answer to a text that somebody sent us. Of no visit: it knows the clinic and the language, nothing else. */
export const replyTemplates = ["stopped", "resumed", "help", "unread"] as const;
export type ReplyTemplate = (typeof replyTemplates)[number];
/** What we tell the owner of an account, by mail. Of no visit, and never in answer to whoever asked. */
const noticeTemplates = [
  "account-exists",
  "password-changed",
  "staff-invited",
  "recovery-codes-made",
  "recovery-code-used",
  "own-page",
  "room",
] as const;
export type NoticeTemplate = (typeof noticeTemplates)[number];
export const isNotice = (template: string): template is NoticeTemplate =>
  (noticeTemplates as readonly string[]).includes(template);

/** What somebody gets by text, of no visit: the way to their own page, the code that proves their number, the way to a room, what becomes of a callback. */
const ownTemplates = [
  "own-page",
  "own-code",
  "room",
  "callback",
  "callback-missed",
  "callback-expired",
] as const;
export type OwnTemplate = (typeof ownTemplates)[number];
export const isOwn = (template: string): template is OwnTemplate =>
  (ownTemplates as readonly string[]).includes(template);

export type AnyTemplate = MessageTemplate | ReplyTemplate;
export const isReply = (template: string): template is ReplyTemplate =>
  (replyTemplates as readonly string[]).includes(template);

/** `ar` is the third language, read from right to left. A reader of any other gets English. */
export const messageLocales = ["en", "es", "ar"] as const;
export type MessageLocale = (typeof messageLocales)[number];
export function messageLocale(locale: string): MessageLocale {
  const language = locale.toLowerCase().slice(0, 2);
  return messageLocales.find((known) => known === language) ?? "en";
}

/**
 * All that a message may be made of: no patient's name, no reason for the visit, no diagnosis. Sealed in the outbox and wiped once
 * sent, for `link` is a credential. Instants are ISO 8601 strings: the facts travel as JSON.
 */
export type MessageFacts = {
  visitId: string;
  /** `guest`: somebody who was asked to another's visit. */
  reader: "patient" | "clinician" | "guest";
  clinician: { title: string; firstName: string };
  scheduledAt: string;
  durationMinutes: number;
  /** The reader's. */
  timeZone: string;
  /** The reader's; see `messageLocale`. */
  locale: string;
  /** Null where there is nothing to join: a cancelled visit. */
  link: { url: string; expiresAt: string } | null;
  /** A link to a device check, which opens no visit. Only where one is offered. */
  check?: { url: string };
  /** Running late: by how much, and when the visit is now expected to begin. */
  late?: { minutes: number; until: string };
  /** Where one message tells of several visits: all of them, this one first. */
  visits?: { visitId: string; scheduledAt: string; durationMinutes: number; calendarSequence: number }[];
  /** Rises whenever the calendar entry changes. */
  calendarSequence: number;
};

export type RenderedMessage =
  | { kind: "sms"; body: string }
  | {
      kind: "email";
      subject: string;
      text: string;
      html: string;
      calendar?: CalendarFile;
      /** Of further visits that the mail tells of. */
      moreCalendars?: (CalendarFile & { filename: string })[];
    };
/** RFC 5546: what a mail client is to do with it. */
export type CalendarFile = { method: "REQUEST" | "CANCEL" | "PUBLISH"; content: string };
