import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import type { AppClient } from "@/lib/ports/identity";
import { unsealLogin } from "./api-logins";
import type { SessionDeps } from "./session-deps";
import { unsealTokens } from "./session-tokens";

/** The sign-in that asks: a browser's session, or a caller's login. */
export type OwnSignIn = { sessionId: string } | { originJti: string };
type Held = { client: AppClient; refreshToken: string };

/** Ends a person's sign-ins but the one that asks. @returns what to revoke at Cognito once this committed. */
export async function endOthers(
  deps: SessionDeps,
  tx: Tx,
  { sub, own }: { sub: string; own: OwnSignIn },
): Promise<Held[]> {
  const now = deps.clock.now().toISOString();
  const sessionId = "sessionId" in own ? own.sessionId : null;
  const originJti = "originJti" in own ? own.originJti : null;
  const browsers = await tx.execute<{ id: string; sealed: Buffer | null }>(sql`
    WITH held AS (SELECT id, sealed_tokens FROM sessions
      WHERE sub = ${sub} AND revoked_at IS NULL AND id IS DISTINCT FROM ${sessionId}::uuid FOR UPDATE)
    UPDATE sessions s SET revoked_at = ${now}, sealed_tokens = NULL FROM held WHERE s.id = held.id RETURNING s.id, held.sealed_tokens AS sealed`);
  const callers = await tx.execute<{ id: string; sealed: Buffer | null }>(sql`
    WITH held AS (SELECT origin_jti, sealed_refresh_token FROM api_logins
      WHERE sub = ${sub} AND ended_at IS NULL AND origin_jti IS DISTINCT FROM ${originJti}::text FOR UPDATE)
    UPDATE api_logins l SET ended_at = ${now}, sealed_refresh_token = NULL FROM held WHERE l.origin_jti = held.origin_jti
    RETURNING l.origin_jti AS id, held.sealed_refresh_token AS sealed`);
  return [
    ...browsers.flatMap(({ id, sealed }): Held[] =>
      sealed ? [{ client: "web", refreshToken: unsealTokens(deps.keyring, id, sealed).refreshToken }] : [],
    ),
    ...callers.flatMap(({ id, sealed }): Held[] =>
      sealed ? [{ client: "api", refreshToken: unsealLogin(deps.keyring, id, sealed) }] : [],
    ),
  ];
}

/** Best effort: ours are refused already, and Cognito's die of age. */
export async function revokeAtCognito(deps: SessionDeps, held: Held[]): Promise<void> {
  for (const one of held) {
    const revoked = await deps.identity.revoke(one);
    if (!revoked.ok) deps.log.warn({ refusal: revoked.error.code }, "a refresh token was not revoked");
  }
}
