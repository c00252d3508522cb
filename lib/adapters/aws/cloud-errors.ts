import { err } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";

const throttled = new Set([
  "ThrottlingException",
  "ThrottledException",
  "ThrottledClientException",
  "TooManyRequestsException",
  "LimitExceededException",
  "RequestLimitExceeded",
  "SlowDown",
]);
const unreachable = new Set([
  "TimeoutError",
  "AbortError",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
]);

type CloudError = Error & {
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $retryable?: { throttling?: boolean };
};

/** The vendor's name for what went wrong (`NotFoundException`), whatever was thrown. */
export function errorName(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : "";
}

/**
 * A cloud that is busy or away is a refusal that the caller can answer (503 with `Retry-After`). Anything else is our fault or a
 * wrong set-up, and is thrown on with its cause.
 */
export function cloudRefusal(thrown: unknown): { ok: false; error: CloudRefusal } {
  const error = thrown as CloudError;
  const status = error?.$metadata?.httpStatusCode ?? 0;
  if (throttled.has(error?.name) || status === 429 || error?.$retryable?.throttling)
    return err({ code: "CLOUD_THROTTLED", retryAfterMs: 2_000 });
  if (status >= 500 || unreachable.has(error?.name) || unreachable.has(error?.code ?? ""))
    return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 3_000 });
  throw thrown;
}
