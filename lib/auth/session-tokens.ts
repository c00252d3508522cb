import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/as-actor";
import type { Keyring } from "@/lib/keyring/keyring";
import { isAway, type Tokens } from "@/lib/ports/identity";
import type { SessionDeps } from "./session-deps";

const shape = z.object({
  username: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Of the access token. Milliseconds since 1970. */
  expiresAtMs: z.number(),
});
/** What a session keeps of Cognito's tokens, sealed in its row. */
export type SessionTokens = z.output<typeof shape>;

export function sessionTokensOf(username: string, tokens: Tokens, now: Date): SessionTokens {
  const { accessToken, refreshToken, expiresIn } = tokens;
  return { username, accessToken, refreshToken, expiresAtMs: now.getTime() + expiresIn * 1000 };
}

export function sealTokens(keyring: Keyring, sessionId: string, tokens: SessionTokens): Buffer {
  return keyring.seal("session-tokens", JSON.stringify(tokens), sessionId);
}

export function unsealTokens(keyring: Keyring, sessionId: string, sealed: Buffer): SessionTokens {
  return shape.parse(JSON.parse(keyring.unseal("session-tokens", sealed, sessionId).toString("utf8")));
}

/**
 * Renews a session's tokens under its row's lock: the refresh token rotates, and using one twice would end the login.
 * @returns false when Cognito refuses (signed out everywhere, disabled, too old). When Cognito cannot be reached the session stays.
 */
export async function refreshTokens(
  deps: SessionDeps,
  tx: Tx,
  sessionId: string,
  now: Date,
): Promise<boolean> {
  const [row] = await tx.execute<{ sealed_tokens: Buffer | null }>(
    sql`SELECT sealed_tokens FROM sessions WHERE id = ${sessionId} AND revoked_at IS NULL FOR UPDATE`,
  );
  if (!row?.sealed_tokens) return false;
  const held = unsealTokens(deps.keyring, sessionId, row.sealed_tokens);
  if (held.expiresAtMs > now.getTime()) return true; // another request renewed them while we waited for the lock
  const { username, refreshToken } = held;
  const renewed = await deps.identity.refresh({ client: "web", refreshToken });
  if (!renewed.ok) {
    deps.log.warn({ sessionId, refusal: renewed.error.code }, "session not renewed");
    return isAway(renewed.error);
  }
  const sealed = sealTokens(deps.keyring, sessionId, sessionTokensOf(username, renewed.value, now));
  await tx.execute(sql`UPDATE sessions SET sealed_tokens = ${sealed} WHERE id = ${sessionId}`);
  return true;
}
