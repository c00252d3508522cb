import { type KeyObject, X509Certificate } from "node:crypto";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";

const path = /^\/SimpleNotificationService-[0-9a-f]{8,64}\.pem$/;
const confirmPath = /^\/(\?|$)/;
const maxBytes = 16 * 1024;
const deadlineMs = 3_000;
/** AWS changes its certificates about once a year. */
const keptMs = 3_600_000;
/** Strangers can make us ask for certificates that do not exist, so we ask no more often than this. */
const asksPerMinute = 10;

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The one host that we ask for the certificate of a topic: in the cloud SNS's own in the topic's region, on a laptop the laptop cloud. */
function originFor(env: Pick<Env, "CLOUD" | "AWS_ENDPOINT_URL">, topicArn: string): string {
  if (env.CLOUD === "local") return new URL(env.AWS_ENDPOINT_URL ?? "http://nowhere.invalid").origin;
  const [, partition, , region] = topicArn.split(":");
  return `https://sns.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}

/** An address of that host, and of nothing else there: no user, no other port, no query. Null: it is not. */
function ownUrl(given: string, origin: string, allowed: RegExp): URL | null {
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  const plain = url.username === "" && url.password === "" && url.hash === "";
  return plain && url.origin === origin && allowed.test(url.pathname + url.search) ? url : null;
}

/** SNS's signing certificates, fetched from SNS alone and kept for an hour. */
export function snsCertificates(deps: {
  env: Pick<Env, "CLOUD" | "AWS_ENDPOINT_URL">;
  clock: Clock;
  fetch: Fetch;
}) {
  const { env, clock } = deps;
  const known = new Map<string, { at: number; key: Promise<KeyObject | null> }>();
  let asked: number[] = [];

  /** Never follows a redirect: it would lead to another host. */
  async function get(url: URL): Promise<Response> {
    return deps.fetch(url.href, { redirect: "error", signal: AbortSignal.timeout(deadlineMs) });
  }

  async function load(url: URL): Promise<KeyObject | null> {
    const response = await get(url);
    if (!response.ok) throw new Error(`SNS answered ${response.status} for a certificate`);
    const pem = await response.text();
    if (pem.length > maxBytes) return null;
    const certificate = new X509Certificate(pem);
    const now = clock.now();
    const valid = new Date(certificate.validFrom) <= now && now <= new Date(certificate.validTo);
    return valid && certificate.publicKey.asymmetricKeyType === "rsa" ? certificate.publicKey : null;
  }

  return {
    /** @returns `foreign` for an address that is not SNS's; null for a certificate that is none. Throws while SNS cannot be asked. */
    async keyOf(url: string, topicArn: string): Promise<KeyObject | "foreign" | null> {
      const own = ownUrl(url, originFor(env, topicArn), path);
      if (!own) return "foreign";
      const now = clock.now().getTime();
      const kept = known.get(own.href);
      if (kept && now - kept.at < keptMs) return kept.key;
      asked = asked.filter((at) => now - at < 60_000);
      if (asked.length >= asksPerMinute) throw new Error("certificates are asked for too often");
      asked.push(now);
      const key = load(own);
      known.set(own.href, { at: now, key });
      if (known.size > 20) known.delete(known.keys().next().value ?? "");
      key.catch(() => known.delete(own.href));
      return key;
    },
    /** Says yes to a subscription, at SNS alone. @returns whether the address was SNS's. Throws when SNS does not take it. */
    async confirm(url: string, topicArn: string): Promise<boolean> {
      const own = ownUrl(url, originFor(env, topicArn), confirmPath);
      if (own?.searchParams.get("Action") !== "ConfirmSubscription") return false;
      const response = await get(own);
      if (!response.ok) throw new Error(`SNS answered ${response.status} to a confirmation`);
      return true;
    },
  };
}
