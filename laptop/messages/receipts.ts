import type { Sns } from "../sns/index";
import type { Fate, Message } from "./inbox";

/**
 * Numbers and mailboxes that fail on purpose, beside SES's own simulator addresses (bounce@simulator.amazonses.com and so on).
 * A number ends in 0404: there is none; in 0403: its network blocks texts. A mailbox `bounce`, `full` or `complaint`, plain or with a `+`.
 */
export function fateOf(
  kind: Message["kind"],
  to: string,
  switches: { drops: boolean; bounces: boolean },
): Fate {
  if (switches.drops) return "dropped";
  if (kind === "sms") {
    if (switches.bounces || to.endsWith("0404")) return "bounced";
    return to.endsWith("0403") ? "blocked" : "delivered";
  }
  const mailbox = /^[^@+]*/.exec(to.toLowerCase())?.[0] ?? "";
  if (switches.bounces || mailbox === "bounce" || mailbox === "suppressionlist") return "bounced";
  if (mailbox === "full" || mailbox === "ooto") return "blocked";
  return mailbox === "complaint" ? "complaint" : "delivered";
}

/** What the provider tells of a message afterwards. Of one that was lost on the way it knows nothing to tell. */
export function tellFate(sns: Pick<Sns, "publish">, message: Message, messageId: string): void {
  if (message.delivery === "dropped") return;
  sns.publish(message.kind === "sms" ? textEvent(message, messageId) : mailEvent(message, messageId));
}

/** @see https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html */
function textEvent({ from, to, at, tags, delivery }: Message, messageId: string): object {
  const status = { delivered: "DELIVERED", bounced: "INVALID", blocked: "CARRIER_BLOCKED" }[
    delivery as "delivered" | "bounced" | "blocked"
  ];
  return {
    eventType: `TEXT_${status}`,
    eventVersion: "1.0",
    eventTimestamp: Date.now(),
    isFinal: true,
    originationPhoneNumber: from,
    destinationPhoneNumber: to,
    isoCountryCode: "US",
    messageId,
    messageRequestTimestamp: at,
    messageType: "TRANSACTIONAL",
    messageStatus: status,
    messageStatusDescription: "Said by the laptop cloud",
    context: tags,
    totalMessageParts: 1,
  };
}

/** @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html */
function mailEvent({ from, to, at, tags, delivery }: Message, messageId: string): object {
  const timestamp = new Date().toISOString();
  const mail = {
    timestamp: new Date(at).toISOString(),
    source: from,
    messageId,
    destination: [to],
    tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
  };
  const bounce = (bounceType: string, bounceSubType: string, status: string) => ({
    eventType: "Bounce",
    mail,
    bounce: {
      bounceType,
      bounceSubType,
      bouncedRecipients: [{ emailAddress: to, action: "failed", status }],
      timestamp,
      feedbackId: messageId,
    },
  });
  switch (delivery) {
    case "bounced":
      return bounce("Permanent", "NoEmail", "5.1.1");
    case "blocked":
      return bounce("Transient", "MailboxFull", "4.2.2");
    case "complaint":
      return {
        eventType: "Complaint",
        mail,
        complaint: {
          complainedRecipients: [{ emailAddress: to }],
          complaintFeedbackType: "abuse",
          timestamp,
        },
      };
    default:
      return {
        eventType: "Delivery",
        mail,
        delivery: { timestamp, processingTimeMillis: 100, recipients: [to], smtpResponse: "250 ok" },
      };
  }
}
