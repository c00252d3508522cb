import { setTimeout as delay } from "node:timers/promises";
import { VendorError } from "../http/vendor-error";
import type { ApiRequest, ApiResponse } from "../wire";
import { functionsIn } from "./functions";
import { answerInvoke } from "./invoke-api";
import { payloadMaxBytes } from "./limits";
import { openPool, type Ran } from "./pool";

/** What a service that calls a function learns. `payload` is what the function answered. */
type Invoked =
  | { ok: true; payload: unknown }
  | {
      ok: false;
      code: "UNKNOWN_FUNCTION" | "TIMED_OUT" | "UNHANDLED" | "TOO_LARGE" | "THROTTLED";
      message: string;
    };

export type Lambdas = {
  /**
   * As the vendor's own services call a function: by ARN or name, and waiting no longer than `timeoutMs`, after which the function
   * goes on unheard. Never rejects.
   */
  invoke(functionArn: string, event: unknown, options: { timeoutMs: number }): Promise<Invoked>;
  /** Lambda's Invoke API. Throws `VendorError`. */
  handle(request: ApiRequest): Promise<ApiResponse>;
  /** Ends all processes. */
  close(): void;
};

/**
 * AWS Lambda: runs functions from their real bundles, each in processes of its own that stay warm, over the Runtime API.
 *
 * @param options.functionsFile see `functionsIn`; empty: there are no functions.
 * @param options.faults waits or throws `VendorError`, as the console's switches say.
 */
export function startLambdas(options: {
  functionsFile: string;
  region: string;
  log: (line: object) => void;
  faults: (operation: string) => Promise<void>;
}): Lambdas {
  const pool = openPool({ ...options, functions: functionsIn(options.functionsFile) });

  async function runUnlessFaulty(functionArn: string, event: string): Promise<Invoked> {
    try {
      await options.faults("Invoke");
      return told(await pool.run(functionArn, event));
    } catch (cause) {
      const isThrottled = cause instanceof VendorError && cause.status === 429;
      const message = cause instanceof Error ? cause.message : String(cause);
      return { ok: false, code: isThrottled ? "THROTTLED" : "UNHANDLED", message };
    }
  }

  return {
    async invoke(functionArn, event, { timeoutMs }) {
      const text = JSON.stringify(event ?? null);
      if (Buffer.byteLength(text) > payloadMaxBytes)
        return { ok: false, code: "TOO_LARGE", message: `The event is larger than ${payloadMaxBytes} bytes` };
      const gaveUp = new AbortController();
      const tooLong = delay(timeoutMs, null, { signal: gaveUp.signal }).then(
        (): Invoked => ({ ok: false, code: "TIMED_OUT", message: `No answer within ${timeoutMs} ms` }),
      );
      tooLong.catch(() => {}); // the answer came first
      const invoked = await Promise.race([runUnlessFaulty(functionArn, text), tooLong]);
      gaveUp.abort();
      return invoked;
    },
    handle: (request) => answerInvoke(pool, request),
    close: pool.close,
  };
}

const codes = {
  unhandled: "UNHANDLED",
  "timed-out": "TIMED_OUT",
  "too-large": "TOO_LARGE",
  unknown: "UNKNOWN_FUNCTION",
  throttled: "THROTTLED",
} as const;

function told(ran: Ran): Invoked {
  if (ran.ok) return { ok: true, payload: JSON.parse(ran.payload) };
  return {
    ok: false,
    code: codes[ran.kind],
    message: "message" in ran ? ran.message : `${ran.error.errorType}: ${ran.error.errorMessage}`,
  };
}
