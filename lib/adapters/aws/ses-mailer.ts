import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { Mailer } from "@/lib/ports/mailer";
import { clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";

const rejected = new Set([
  "MessageRejected",
  "BadRequestException",
  "MailFromDomainNotVerifiedException",
  "NotFoundException",
]);

/** SES v2. The message is built whole (MIME), because a calendar invitation needs a part of its own (RFC 6047). */
export function sesMailer({ env }: { env: Env }): Mailer {
  const ses = new SESv2Client(clientOptions(env));

  return {
    async send({ key, to, senderName, subject, text, html, calendar, moreCalendars = [] }) {
      const mime = await new MailComposer({
        from: { name: senderName, address: env.SES_SENDER },
        to,
        subject,
        text,
        html,
        // The same key on a second try, so that a mail client shows the message once.
        messageId: `<${key}@${env.SES_SENDER.slice(env.SES_SENDER.indexOf("@") + 1)}>`,
        ...(calendar && {
          icalEvent: { method: calendar.method, filename: "visit.ics", content: calendar.content },
        }),
        attachments: moreCalendars.map(({ method, filename, content }) => ({
          filename,
          content,
          contentType: `text/calendar; charset=utf-8; method=${method}`,
        })),
      })
        .compile()
        .build();
      try {
        const answer = await ses.send(
          new SendEmailCommand({
            FromEmailAddress: env.SES_SENDER,
            Destination: { ToAddresses: [to] },
            Content: { Raw: { Data: mime } },
            ConfigurationSetName: env.SES_CONFIGURATION_SET,
            EmailTags: [{ Name: "outbox", Value: key }],
          }),
          withinDeadline(),
        );
        return ok({ messageId: answer.MessageId ?? key });
      } catch (thrown) {
        if (rejected.has(errorName(thrown)))
          return err({ code: "MAILER_REJECTED", reason: errorName(thrown) });
        const { error } = cloudRefusal(thrown);
        return err({
          code: error.code === "CLOUD_THROTTLED" ? "MAILER_THROTTLED" : "MAILER_UNAVAILABLE",
          retryAfterMs: error.retryAfterMs,
        });
      }
    },
  };
}
