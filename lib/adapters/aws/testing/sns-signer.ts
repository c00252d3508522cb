import { createPrivateKey, randomUUID, sign } from "node:crypto";
import { CipherContext, HashAlgorithm, SignatureAlgorithm } from "werift";
import { canonicalText, type SnsEnvelope } from "../sns-envelope";

export const topicArn = "arn:aws:sns:us-east-1:000000000000:messages";
const snsOrigin = "https://sns.us-east-1.amazonaws.com";
export const certificateUrl = `${snsOrigin}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`;
const hashes = { "1": "sha1", "2": "sha256" } as const;

/** An SNS for tests: signs as the vendor does, and is the only host that `fetch` reaches. */
export async function testSns() {
  const { keyPem, certPem } = await CipherContext.createSelfSignedCertificateWithKey({
    signature: SignatureAlgorithm.rsa_1,
    hash: HashAlgorithm.sha256_4,
  });
  const asked: string[] = [];
  const unsigned = (message: unknown, now: Date) => ({
    Type: "Notification" as const,
    MessageId: randomUUID(),
    TopicArn: topicArn,
    Message: typeof message === "string" ? message : JSON.stringify(message),
    Timestamp: now.toISOString(),
    SignatureVersion: "2" as const,
    SigningCertURL: certificateUrl,
    Signature: "",
  });

  function signed(envelope: SnsEnvelope, key = keyPem): SnsEnvelope {
    const text = Buffer.from(canonicalText(envelope));
    const signature = sign(hashes[envelope.SignatureVersion], text, createPrivateKey(key));
    return { ...envelope, Signature: signature.toString("base64") };
  }

  return {
    /** Every address that was asked for. */
    asked,
    certPem,
    signed,
    /** A notification with this message, signed; `changed` is in place before the signature. */
    notify: (message: unknown, now: Date, changed: Partial<SnsEnvelope> = {}) =>
      signed({ ...unsigned(message, now), ...changed } as SnsEnvelope),
    confirmation: (now: Date, subscribeUrl = `${snsOrigin}/?Action=ConfirmSubscription&TopicArn=x&Token=t`) =>
      signed({
        ...unsigned("You have chosen to subscribe.", now),
        Type: "SubscriptionConfirmation",
        Token: "t",
        SubscribeURL: subscribeUrl,
      }),
    async fetch(url: string): Promise<Response> {
      asked.push(url);
      if (url.endsWith(".pem")) return new Response(certPem);
      return new Response("<ok/>");
    },
  };
}
export type TestSns = Awaited<ReturnType<typeof testSns>>;
