import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import type { Keyring } from "@/lib/keyring/keyring";
import type { SessionDeps } from "./session-deps";
import type { Principal } from "./verify-access-token";

const purpose = "api-login";
/** Older than this, a sign-in counts no more, whether we knew it or not; so its row may go. Days; see the runbook for the app client's setting. */
const rememberedDays = 90;

/** Notes a sign-in whose tokens go to a caller of the API, so that it can be ended by its access token alone. */
export async function noteLogin(
  { keyring, clock }: Pick<SessionDeps, "keyring" | "clock">,
  tx: Tx,
  {
    principal,
    refreshToken,
    secondStep,
  }: { principal: Principal; refreshToken: string; secondStep: boolean },
): Promise<void> {
  const now = clock.now().toISOString();
  const sealed = keyring.seal(purpose, refreshToken, principal.originJti);
  await tx.execute(sql`
    INSERT INTO api_logins (origin_jti, sub, sealed_refresh_token, second_step_at, created_at)
    VALUES (${principal.originJti}, ${principal.sub}, ${sealed}, ${secondStep ? now : null}, ${now})
    ON CONFLICT (origin_jti) DO UPDATE SET sealed_refresh_token = excluded.sealed_refresh_token WHERE api_logins.ended_at IS NULL`);
}

/**
 * Whether a token's sign-in still counts, and whether a second step was part of it. One that we never saw (made at Cognito directly) counts
 * unless its owner signed out everywhere since, or it is too old for us to know; that it had a second step, nobody vouches for.
 */
export async function loginState(
  { clock }: Pick<SessionDeps, "clock">,
  tx: Tx,
  { originJti, sub, authTime }: Principal,
): Promise<{ ended: boolean; secondStep: boolean }> {
  if (authTime * 1000 < clock.now().getTime() - rememberedDays * 86_400_000)
    return { ended: true, secondStep: false };
  const [known] = await tx.execute<{ ended: boolean; stepped: boolean }>(
    sql`SELECT ended_at IS NOT NULL AS ended, second_step_at IS NOT NULL AS stepped FROM api_logins WHERE origin_jti = ${originJti}`,
  );
  if (known) return { ended: known.ended, secondStep: known.stepped };
  const [mark] = await tx.execute<{ ended: boolean }>(
    sql`SELECT to_timestamp(${authTime}) <= at AS ended FROM signed_out_everywhere WHERE sub = ${sub}`,
  );
  return { ended: mark?.ended ?? false, secondStep: false };
}

/** Ends one sign-in: from this commit on its access tokens are refused. @returns its refresh token, for Cognito; null where we hold none. */
export async function endLogin(
  { keyring, clock }: Pick<SessionDeps, "keyring" | "clock">,
  tx: Tx,
  { originJti, sub }: Pick<Principal, "originJti" | "sub">,
): Promise<string | null> {
  const now = clock.now().toISOString();
  const [held] = await tx.execute<{ sealed: Buffer | null }>(
    sql`SELECT sealed_refresh_token AS sealed FROM api_logins WHERE origin_jti = ${originJti} FOR UPDATE`,
  );
  await tx.execute(sql`
    INSERT INTO api_logins (origin_jti, sub, created_at, ended_at) VALUES (${originJti}, ${sub}, ${now}, ${now})
    ON CONFLICT (origin_jti) DO UPDATE SET ended_at = coalesce(api_logins.ended_at, excluded.ended_at), sealed_refresh_token = NULL`);
  return held?.sealed ? unsealLogin(keyring, originJti, held.sealed) : null;
}

/** For the worker: forgets what counts no more by its age. @returns how many sign-ins it forgot. */
export async function sweepLogins({ db, clock }: Pick<SessionDeps, "db" | "clock">): Promise<number> {
  // A day more than `loginState` allows: what it refuses by age may still be here, never the other way round.
  const before = new Date(clock.now().getTime() - (rememberedDays + 1) * 86_400_000).toISOString();
  return db.asActor({ kind: "system", name: "worker" }, async (tx) => {
    await tx.execute(sql`DELETE FROM signed_out_everywhere WHERE at < ${before}`);
    const gone = await tx.execute(
      sql`DELETE FROM api_logins WHERE created_at < ${before} RETURNING origin_jti`,
    );
    return gone.length;
  });
}

export function unsealLogin(keyring: Keyring, originJti: string, sealed: Buffer): string {
  return keyring.unseal(purpose, sealed, originJti).toString("utf8");
}
