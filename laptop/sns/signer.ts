import { createHash, createPrivateKey, sign } from "node:crypto";
import { CipherContext, HashAlgorithm, SignatureAlgorithm } from "werift";

export type SnsKey = { keyPem: string; certPem: string };
export type Envelope = {
  Type: "Notification" | "SubscriptionConfirmation";
  MessageId: string;
  TopicArn: string;
  Message: string;
  Timestamp: string;
  Token?: string;
  SubscribeURL?: string;
};

/** SNS signs with RSA; ours is made once and kept with the state. Its certificate is good for ten years. */
export async function makeSnsKey(): Promise<SnsKey> {
  const { keyPem, certPem } = await CipherContext.createSelfSignedCertificateWithKey({
    signature: SignatureAlgorithm.rsa_1,
    hash: HashAlgorithm.sha256_4,
  });
  return { keyPem, certPem };
}

/** Where the certificate is, as SNS names it: after its own digest. */
export const certificatePath = ({ certPem }: SnsKey) =>
  `/SimpleNotificationService-${createHash("sha256").update(certPem).digest("hex").slice(0, 32)}.pem`;

const signed = {
  Notification: ["Message", "MessageId", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
} as const;

/**
 * SignatureVersion 2: SHA-256 with RSA over names and values by turns.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function signEnvelope(envelope: Envelope, key: SnsKey, baseUrl: string): string {
  const text = signed[envelope.Type].map((name) => `${name}\n${envelope[name] ?? ""}\n`).join("");
  return JSON.stringify({
    ...envelope,
    SignatureVersion: "2",
    Signature: sign("sha256", Buffer.from(text), createPrivateKey(key.keyPem)).toString("base64"),
    SigningCertURL: `${baseUrl}${certificatePath(key)}`,
    ...(envelope.Type === "Notification" && {
      UnsubscribeURL: `${baseUrl}/?Action=Unsubscribe&TopicArn=${encodeURIComponent(envelope.TopicArn)}`,
    }),
  });
}
