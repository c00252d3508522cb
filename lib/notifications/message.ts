/** What we say to a party of a visit. */
export const messageTemplates = ["initial", "reminder", "resend", "rescheduled", "cancelled"] as const;
export type MessageTemplate = (typeof messageTemplates)[number];

/**
 * All that a message may be made of: no patient's name, no reason for the visit, no diagnosis. Sealed in the outbox and wiped once
 * sent, for `link` is a credential. Instants are ISO 8601 strings: the facts travel as JSON.
 */
export type MessageFacts = {
  visitId: string;
  reader: "patient" | "clinician";
  clinician: { title: string; firstName: string };
  scheduledAt: string;
  durationMinutes: number;
  /** The reader's. */
  timeZone: string;
  /** `es` speaks Spanish, everything else English. */
  locale: string;
  /** Null where there is nothing to join: a cancelled visit. */
  link: { url: string; expiresAt: string } | null;
  /** Rises whenever the calendar entry changes. */
  calendarSequence: number;
  clinic: { name: string; phone: string };
};

export type RenderedMessage =
  | { kind: "sms"; body: string }
  | {
      kind: "email";
      subject: string;
      text: string;
      html: string;
      calendar: { method: "REQUEST" | "CANCEL"; content: string };
    };
