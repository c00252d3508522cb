import type { MessageTemplate, NoticeTemplate, OwnTemplate, ReplyTemplate } from "../message";

/** One message: as a text, and as a mail's subject and first sentence. With the placeholders of `placeholders.ts`. */
type Wording = { sms: string; subject: string; opening: string };

/** Everything that messages say in one language. */
export type Catalog = {
  /** For dates and times (BCP 47). */
  dates: string;
  direction: "ltr" | "rtl";
  /** "Your video visit with Dr. Jane": `{visit}`, and `{Visit}` with a capital. The clinician's own needs no name; a guest's is not theirs. */
  visit: { patient: string; clinician: string; guest: string };
  /** "at 3:00 PM", "on Mon, Nov 23 at 3:00 PM". */
  at: (time: string) => string;
  onDayAt: (day: string, time: string) => string;
  /** Rounded down by whoever counts. */
  minutes: (count: number) => string;
  /** "in 20 min". */
  within: (lasting: string) => string;
  hours: (count: number) => string;
  days: (count: number) => string;
  messages: Record<MessageTemplate, Wording>;
  /** Below a text's own words, where a device check is offered beside a link to join. */
  tryFirst: string;
  /** Below a text's own words, where it carries a link that they do not name. */
  join: string;
  replies: Record<ReplyTemplate, string>;
  /** A text to a patient of no visit, with `{link}` or `{code}`. */
  own: Record<OwnTemplate, string>;
  /** A mail about an account: `button` leads to a page of ours. */
  notices: Record<NoticeTemplate, { subject: string; opening: string; more: string; button: string }>;
  /** What a mail has beside its opening. */
  mail: {
    when: string;
    howLong: string;
    button: string;
    /** The device check's button. */
    check: string;
    early: string;
    expires: string;
    questions: string;
    rebook: string;
    /** Above the days of all visits that a mail tells of, and of all that are off. */
    all: string;
    allOff: string;
    /** When the links of the others come, and what the file is for. */
    eachLink: string;
  };
};
