import type { Env } from "@/lib/env";

/** Which cloud, and where. */
export type CloudEnv = Pick<Env, "CLOUD" | "AWS_REGION" | "AWS_ENDPOINT_URL">;

/** No answer from a cloud is waited for longer than this, all tries included. Milliseconds. */
const cloudDeadlineMs = 8_000;

/**
 * What every AWS client of ours is made with. Locally the endpoint and dummy credentials are explicit, so that a profile lying
 * about on the laptop can never send a real text. The SDK's standard retry (capped, jittered) repeats the same request and so the
 * same client token.
 */
export function clientOptions(env: CloudEnv) {
  return {
    region: env.AWS_REGION,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
    ...(env.CLOUD === "local"
      ? { endpoint: env.AWS_ENDPOINT_URL, credentials: { accessKeyId: "laptop", secretAccessKey: "laptop" } }
      : {}),
  };
}

/** A fresh bound for one call. */
export const withinDeadline = () => ({ abortSignal: AbortSignal.timeout(cloudDeadlineMs) });
