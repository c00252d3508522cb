import { err, ok, type Result } from "@/lib/kernel/result";
import { browserCookie, newBrowserId, readBrowserId } from "./browser-id";

/**
 * What makes a caller able to repeat a start: the browser's cookie, or an API caller's `Idempotency-Key`. With neither, a value that
 * nobody can ever present again: the first start succeeds, and every further one finds the link used.
 */
export function readHolder(
  headers: Headers,
): Result<{ holder: string; browserId: string }, { code: "IDEMPOTENCY_KEY_INVALID" }> {
  const browserId = readBrowserId(readCookie(headers, browserCookie));
  const key = headers.get("idempotency-key");
  if (key === null) return ok({ holder: browserId || newBrowserId(), browserId });
  if (!/^[\x21-\x7e]{16,255}$/.test(key)) return err({ code: "IDEMPOTENCY_KEY_INVALID" });
  // Prefixed, so that no key can pass for a browser's cookie.
  return ok({ holder: `idempotency-key:${key}`, browserId });
}

export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
