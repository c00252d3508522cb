import { verify } from "node:crypto";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { EventRefusal, MessageEvents, ReceivedEvent } from "@/lib/ports/message-events";
import { readProviderMessage } from "./provider-message";
import { snsCertificates } from "./sns-certificates";
import { canonicalText, type SnsEnvelope, snsEnvelope } from "./sns-envelope";

/** SNS repeats what we did not answer for up to an hour, with the first try's time. */
const oldestMs = 3_600_000;
const aheadMs = 5 * 60_000;
const hashes = { "1": "sha1", "2": "sha256" } as const;

/**
 * SNS's notifications over HTTP(S): of SES, of End User Messaging, and of texts sent to us. In this order, so that a stranger costs
 * little: a topic of ours, a fresh time, SNS's own certificate address, the signature; only then is anything read or confirmed.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export function snsMessageEvents({
  env,
  clock,
  fetch = globalThis.fetch,
}: {
  env: Pick<Env, "CLOUD" | "AWS_ENDPOINT_URL" | "MESSAGE_EVENT_TOPICS">;
  clock: Clock;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}): MessageEvents {
  const certificates = snsCertificates({ env, clock, fetch });
  // SNS is away, or a stranger makes us ask too often: the provider comes again.
  const unverifiable = (cause: unknown) =>
    err({ code: "EVENT_UNVERIFIABLE", retryAfterMs: 20_000, cause } as const);

  async function flawOf(envelope: SnsEnvelope): Promise<EventRefusal | null> {
    if (!env.MESSAGE_EVENT_TOPICS.includes(envelope.TopicArn)) return { code: "EVENT_FORGED", why: "topic" };
    const age = clock.now().getTime() - Date.parse(envelope.Timestamp);
    if (age > oldestMs || age < -aheadMs) return { code: "EVENT_STALE" };
    const key = await certificates.keyOf(envelope.SigningCertURL, envelope.TopicArn);
    if (key === "foreign" || key === null) return { code: "EVENT_FORGED", why: "certificate" };
    const signature = Buffer.from(envelope.Signature, "base64");
    const fits = verify(
      hashes[envelope.SignatureVersion],
      Buffer.from(canonicalText(envelope), "utf8"),
      key,
      signature,
    );
    return fits ? null : { code: "EVENT_FORGED", why: "signature" };
  }

  return {
    async read(body): Promise<Result<ReceivedEvent, EventRefusal>> {
      const parsed = snsEnvelope.safeParse(body);
      if (!parsed.success) return err({ code: "EVENT_MALFORMED" });
      const envelope = parsed.data;
      let flaw: EventRefusal | null;
      try {
        flaw = await flawOf(envelope);
      } catch (cause) {
        return unverifiable(cause);
      }
      if (flaw) return err(flaw);
      const id = envelope.MessageId;
      if (envelope.Type === "Notification")
        return ok({ id, event: readProviderMessage(envelope.Message), confirmed: false });
      if (envelope.Type === "UnsubscribeConfirmation") return ok({ id, event: null, confirmed: false });
      try {
        const confirmed = await certificates.confirm(envelope.SubscribeURL, envelope.TopicArn);
        return confirmed
          ? ok({ id, event: null, confirmed })
          : err({ code: "EVENT_FORGED", why: "certificate" });
      } catch (cause) {
        return unverifiable(cause);
      }
    },
  };
}
