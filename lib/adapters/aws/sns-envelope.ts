import { z } from "zod";

const short = z.string().min(1).max(2_048);
const common = {
  MessageId: z.string().regex(/^[\w-]{1,100}$/),
  TopicArn: short,
  Message: z.string().max(262_144),
  Timestamp: z.iso.datetime(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.base64().min(1).max(2_048),
  SigningCertURL: short,
};

/** What SNS posts to an HTTP endpoint. @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const snsEnvelope = z.discriminatedUnion("Type", [
  z.object({ ...common, Type: z.literal("Notification"), Subject: z.string().max(1_000).nullish() }),
  z.object({ ...common, Type: z.literal("SubscriptionConfirmation"), Token: short, SubscribeURL: short }),
  z.object({ ...common, Type: z.literal("UnsubscribeConfirmation"), Token: short, SubscribeURL: short }),
]);
export type SnsEnvelope = z.output<typeof snsEnvelope>;

const signed = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;

/** The string that is signed: names and values by turns, each on a line; a field that is absent is left out. */
export function canonicalText(envelope: SnsEnvelope): string {
  const fields: Record<string, string | null | undefined> = envelope;
  return signed[envelope.Type]
    .filter((name) => fields[name] !== undefined && fields[name] !== null)
    .map((name) => `${name}\n${fields[name]}\n`)
    .join("");
}
