import { VendorError } from "../http/vendor-error";
import type { Inbox } from "./inbox";

type Input = Record<string, unknown>;
const bad = (message: string, field: string) =>
  new VendorError("ValidationException", message, 400, {
    Reason: "FIELD_VALIDATION_FAILED",
    Fields: [{ Name: field, Message: message }],
  });

/** AWS End User Messaging, SendTextMessage. @see https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html */
export function sendTextMessage(
  inbox: Inbox,
  optedOut: (number: string) => boolean,
  input: Input,
  drops: boolean,
): { MessageId: string } {
  const to = input.DestinationPhoneNumber;
  if (typeof to !== "string" || !/^\+?[1-9][0-9]{1,18}$/.test(to))
    throw bad("DestinationPhoneNumber must be in E.164", "DestinationPhoneNumber");
  const body = input.MessageBody;
  if (typeof body !== "string" || body.length < 1 || body.length > 1600)
    throw bad("MessageBody must have 1 to 1600 characters", "MessageBody");
  const type = input.MessageType;
  if (type !== undefined && type !== "TRANSACTIONAL" && type !== "PROMOTIONAL")
    throw bad("MessageType must be TRANSACTIONAL or PROMOTIONAL", "MessageType");
  const context = (input.Context ?? {}) as Record<string, string>;
  if (Object.values(context).some((value) => typeof value !== "string"))
    throw bad("Context must map strings to strings", "Context");
  if (optedOut(to))
    throw new VendorError("ConflictException", "The destination phone number is on the opt-out list.", 400, {
      Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
      ResourceType: "opted-out-number",
      ResourceId: to,
    });
  const from = typeof input.OriginationIdentity === "string" ? input.OriginationIdentity : "Vouchsafe";
  const sent = inbox.add({
    kind: "sms",
    from,
    to,
    text: body,
    attachments: [],
    tags: context,
    delivery: drops ? "dropped" : "delivered",
  });
  return { MessageId: sent.id };
}
