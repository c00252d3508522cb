import { VendorError } from "../http/vendor-error";
import type { Inbox, Message } from "./inbox";
import { normalNumber, type OptedOut } from "./opted-out";
import { fateOf } from "./receipts";

type Input = Record<string, unknown>;

export type TextMessageParts = {
  inbox: Inbox;
  optedOut: OptedOut;
  drops: boolean;
  bounces: boolean;
  /** Hears of the text once it has been accepted, with the id that its sender was given. */
  sent: (message: Message, messageId: string) => void;
};

const bad = (field: string, message: string) =>
  new VendorError("ValidationException", message, 400, {
    Reason: "FIELD_VALIDATION_FAILED",
    Fields: [{ Name: field, Message: message }],
  });

/** A phone number, sender id, short code, pool or ARN of one. */
const origination = /^[A-Za-z0-9_:/+-]{1,256}$/;

function text(input: Input, field: string, pattern: RegExp, message: string): string {
  const value = input[field];
  if (typeof value !== "string" || !pattern.test(value)) throw bad(field, message);
  return value;
}

function contextOf(input: Input): Record<string, string> {
  const context = input.Context ?? {};
  const strings =
    typeof context === "object" &&
    context !== null &&
    !Array.isArray(context) &&
    Object.keys(context).length <= 5 &&
    Object.values(context).every((value) => typeof value === "string" && value.length <= 800);
  if (!strings) throw bad("Context", "Context must map up to 5 strings to strings of up to 800 characters");
  return context as Record<string, string>;
}

/**
 * AWS End User Messaging, SendTextMessage.
 * @see https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
 */
export function sendTextMessage(
  { inbox, optedOut, drops, bounces, sent: told }: TextMessageParts,
  input: Input,
): { MessageId: string } {
  const to = normalNumber(
    text(input, "DestinationPhoneNumber", /^\+?[1-9][0-9]{6,14}$/, "DestinationPhoneNumber must be in E.164"),
  );
  const body = text(input, "MessageBody", /^[\s\S]{1,1600}$/, "MessageBody must have 1 to 1600 characters");
  const type = input.MessageType ?? "TRANSACTIONAL";
  if (type !== "TRANSACTIONAL" && type !== "PROMOTIONAL")
    throw bad("MessageType", "MessageType must be TRANSACTIONAL or PROMOTIONAL");
  const from =
    input.OriginationIdentity === undefined
      ? "Laptop cloud"
      : text(input, "OriginationIdentity", origination, "OriginationIdentity is not valid");
  const tags = contextOf(input);
  if (optedOut.has(to))
    throw new VendorError("ConflictException", "The destination phone number is opted out.", 400, {
      Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
      ResourceType: "phone-number",
      ResourceId: to,
    });
  const delivery = fateOf("sms", to, { drops, bounces });
  const sent = inbox.add({ kind: "sms", from, to, text: body, attachments: [], tags, delivery });
  told(sent, sent.id);
  return { MessageId: sent.id };
}
