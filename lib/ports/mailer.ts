import type { Result } from "@/lib/kernel/result";

type CalendarPart = { method: "REQUEST" | "CANCEL" | "PUBLISH"; content: string };

/**
 * Sends one mail (SES v2). `calendar` is attached as `visit.ics` and as an alternative part, so mail clients offer to add it; each of
 * `moreCalendars` is a file only.
 */
export type Mailer = {
  send(mail: {
    key: string;
    to: string;
    /** The name beside our address: the clinic's. */
    senderName: string;
    subject: string;
    text: string;
    html: string;
    calendar?: CalendarPart;
    moreCalendars?: (CalendarPart & { filename: string })[];
  }): Promise<Result<{ messageId: string }, MailerRefusal>>;
};
export type MailerRefusal =
  | { code: "MAILER_REJECTED"; reason: string }
  | { code: "MAILER_THROTTLED"; retryAfterMs: number }
  | { code: "MAILER_UNAVAILABLE"; retryAfterMs: number };
