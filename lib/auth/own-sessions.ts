import { sql } from "drizzle-orm";
import { endSignIns } from "@/lib/accounts/end-sign-ins";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { revokeAtCognito } from "./other-sign-ins";
import { sessionIdleSeconds } from "./session-cookie";
import type { SessionDeps } from "./session-deps";
import { unsealTokens } from "./session-tokens";
import type { Session } from "./sessions";

export type OwnSession = { id: string; userAgent: string; since: Date; lastSeen: Date };
const door = { kind: "system", name: "door" } as const;

/** The access token of a session that was just read (and so renewed, if need be). Null: it ended in this moment. */
export async function accessTokenOf(deps: SessionDeps, { id }: Pick<Session, "id">): Promise<string | null> {
  return deps.db.asActor(door, async (tx) => {
    const [row] = await tx.execute<{ sealed: Buffer | null }>(
      sql`SELECT sealed_tokens AS sealed FROM sessions WHERE id = ${id} AND revoked_at IS NULL`,
    );
    return row?.sealed ? unsealTokens(deps.keyring, id, row.sealed).accessToken : null;
  });
}

/** The browsers in which somebody is signed in, the last used first. At most 50. */
export async function listSessions(deps: SessionDeps, { sub }: Pick<Session, "sub">): Promise<OwnSession[]> {
  const now = deps.clock.now();
  const idleSince = new Date(now.getTime() - sessionIdleSeconds * 1000).toISOString();
  const rows = await deps.db.asActor(door, (tx) =>
    tx.execute<{ id: string; user_agent: string; created_at: string; last_seen_at: string }>(sql`
      SELECT id, user_agent, created_at, last_seen_at FROM sessions
       WHERE sub = ${sub} AND revoked_at IS NULL AND expires_at > ${now.toISOString()} AND last_seen_at > ${idleSince}
       ORDER BY last_seen_at DESC LIMIT 50`),
  );
  return [...rows].map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    since: new Date(row.created_at),
    lastSeen: new Date(row.last_seen_at),
  }));
}

/** Signs another browser of the same person out. Somebody else's is nobody's: nothing happens. */
export async function endSession(
  deps: SessionDeps,
  { session, id, actor }: { session: Pick<Session, "sub">; id: string; actor: Actor },
): Promise<void> {
  const now = deps.clock.now().toISOString();
  const sealed = await deps.db.asActor(door, async (tx) => {
    const [row] = await tx.execute<{ sealed: Buffer | null }>(sql`
      WITH held AS (SELECT id, sealed_tokens FROM sessions WHERE id = ${id} AND sub = ${session.sub} AND revoked_at IS NULL FOR UPDATE)
      UPDATE sessions s SET revoked_at = ${now}, sealed_tokens = NULL FROM held WHERE s.id = held.id RETURNING held.sealed_tokens AS sealed`);
    if (row) await recordAudit(tx, { event: "SIGN_OUT", actor, metadata: { sessionId: id, other: true } });
    return row?.sealed;
  });
  if (sealed)
    await revokeAtCognito(deps, [
      { client: "web", refreshToken: unsealTokens(deps.keyring, id, sealed).refreshToken },
    ]);
}

/** Ends every sign-in of a person: here first, so that nothing depends on Cognito's answer, then there. */
export async function signOutEverywhere(
  deps: SessionDeps,
  { session, actor }: { session: Pick<Session, "id" | "sub">; actor: Actor },
): Promise<void> {
  const accessToken = await accessTokenOf(deps, session);
  await deps.db.asActor(door, async (tx) => {
    await endSignIns(tx, { sub: session.sub, now: deps.clock.now() });
    await recordAudit(tx, { event: "SIGN_OUT_EVERYWHERE", actor });
  });
  const ended = accessToken ? await deps.identity.signOutEverywhere(accessToken) : null;
  if (!ended?.ok) deps.log.warn({ refusal: ended?.error.code ?? "no token" }, "not signed out at Cognito");
}
