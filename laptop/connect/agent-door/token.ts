import { createHmac, timingSafeEqual } from "node:crypto";

const livesMs = 12 * 3_600_000;

const macOf = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest();

/** Compares what a caller says with what it must be, in a time that tells nothing. */
export function isSame(given: string, wanted: string): boolean {
  const [one, other] = [macOf("compare", given), macOf("compare", wanted)];
  return timingSafeEqual(one, other);
}

/** What an agent's calls carry. It outlives a restart, as the secret does. */
export function makeToken(secret: string, agentId: string, nowMs: number) {
  const expiresAt = nowMs + livesMs;
  const claims = `${agentId}.${expiresAt}`;
  return { token: `${claims}.${macOf(secret, claims).toString("base64url")}`, expiresAt };
}

/** @returns the agent's id; null for a token that is not ours or has run out. */
export function readToken(secret: string, token: string, nowMs: number): string | null {
  const [agentId = "", expires = "", mac = ""] = token.split(".");
  if (!isSame(mac, macOf(secret, `${agentId}.${expires}`).toString("base64url"))) return null;
  return Number(expires) > nowMs ? agentId : null;
}
