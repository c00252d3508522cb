import { z } from "zod";
import type { DeliveryEvent, MessageEvent } from "@/lib/ports/message-events";

/**
 * SES's event publishing, and its older feedback notifications (`notificationType`).
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
const mailEvent = z.object({
  eventType: z.string().optional(),
  notificationType: z.string().optional(),
  mail: z.object({
    messageId: z.string().max(200),
    timestamp: z.string(),
    tags: z.record(z.string(), z.array(z.string())).optional(),
  }),
  bounce: z
    .object({ bounceType: z.string(), bounceSubType: z.string().optional(), timestamp: z.string() })
    .optional(),
  delivery: z.object({ timestamp: z.string() }).optional(),
  complaint: z.object({ complaintFeedbackType: z.string().nullish(), timestamp: z.string() }).optional(),
});

/** End User Messaging's events. @see https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html */
const textEvent = z.object({
  eventType: z.string().startsWith("TEXT_"),
  eventTimestamp: z.number(),
  messageId: z.string().max(200),
  context: z.record(z.string(), z.string()).nullish(),
});

/** A text sent to our number. @see https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
const inboundText = z.object({
  originationNumber: z.string().max(40),
  destinationNumber: z.string().max(40),
  messageBody: z.string().max(10_000),
  inboundMessageId: z.string(),
});

/** `TEXT_SUCCESSFUL`: the carrier took it, which is all that some networks ever say. What is not here is on its way still. */
const textOutcomes: Record<string, DeliveryEvent["outcome"]> = {
  TEXT_DELIVERED: "delivered",
  TEXT_SUCCESSFUL: "delivered",
  TEXT_INVALID: "bounced",
  TEXT_UNREACHABLE: "undeliverable",
  TEXT_CARRIER_UNREACHABLE: "undeliverable",
  TEXT_BLOCKED: "undeliverable",
  TEXT_CARRIER_BLOCKED: "undeliverable",
  TEXT_PROTECT_BLOCKED: "undeliverable",
  TEXT_SPAM: "undeliverable",
  TEXT_INVALID_MESSAGE: "undeliverable",
  TEXT_TTL_EXPIRED: "undeliverable",
  TEXT_UNKNOWN: "undeliverable",
};

/** What a provider's message tells, in our words. Null: nothing that we act on. The signature has been checked before. */
export function readProviderMessage(message: string): MessageEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    return null; // SNS also carries plain sentences ("Successfully validated SNS topic …")
  }
  const inbound = inboundText.safeParse(value);
  if (inbound.success) {
    const { originationNumber: from, destinationNumber: to, messageBody: body } = inbound.data;
    return { kind: "inbound-text", from, to, body };
  }
  const text = textEvent.safeParse(value);
  if (text.success) return ofText(text.data);
  const mail = mailEvent.safeParse(value);
  return mail.success ? ofMail(mail.data) : null;
}

function ofText({
  eventType,
  eventTimestamp,
  messageId,
  context,
}: z.output<typeof textEvent>): DeliveryEvent | null {
  const outcome = Object.hasOwn(textOutcomes, eventType) ? textOutcomes[eventType] : undefined;
  if (!outcome) return null;
  return {
    kind: "delivery",
    key: context?.outbox ?? null,
    providerMessageId: messageId,
    outcome,
    reason: eventType.slice(0, 80),
    at: new Date(eventTimestamp),
  };
}

function ofMail({
  eventType,
  notificationType,
  mail,
  bounce,
  delivery,
  complaint,
}: z.output<typeof mailEvent>): DeliveryEvent | null {
  const tell = (outcome: DeliveryEvent["outcome"], reason: string, at: string): DeliveryEvent => ({
    kind: "delivery",
    key: mail.tags?.outbox?.[0] ?? null,
    providerMessageId: mail.messageId,
    outcome,
    reason: reason.slice(0, 80),
    at: new Date(Number.isNaN(Date.parse(at)) ? mail.timestamp : at),
  });
  switch (eventType ?? notificationType) {
    case "Delivery":
      return tell("delivered", "Delivery", delivery?.timestamp ?? mail.timestamp);
    case "Bounce": {
      // Only a permanent bounce says that the address is wrong; a full mailbox is empty tomorrow.
      const hard = bounce?.bounceType === "Permanent";
      const reason = [bounce?.bounceType, bounce?.bounceSubType].filter(Boolean).join("/");
      return tell(
        hard ? "bounced" : "undeliverable",
        reason || "Bounce",
        bounce?.timestamp ?? mail.timestamp,
      );
    }
    case "Complaint":
      return tell(
        "undeliverable",
        `Complaint/${complaint?.complaintFeedbackType ?? "unknown"}`,
        complaint?.timestamp ?? mail.timestamp,
      );
    case "Reject":
    case "Rendering Failure":
      return tell("undeliverable", eventType ?? "Reject", mail.timestamp);
    default:
      return null;
  }
}
