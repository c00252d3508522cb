import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Actor, Origin, Role } from "@/lib/kernel/actor";
import { agreedRole, findPerson, type Person } from "./people";
import { owesSecondStep } from "./second-step";
import { openSessionCookie, sessionIdleSeconds, sessionMaxAgeSeconds } from "./session-cookie";
import type { SessionDeps } from "./session-deps";
import { refreshTokens, type SessionTokens, sealTokens, unsealTokens } from "./session-tokens";

export type Session = {
  id: string;
  personId: string;
  kind: Person["kind"];
  role: Role;
  name: string;
  timeZone: string;
  authTime: Date;
  /** Signing in took more than the password. */
  secondStep: boolean;
  /** Cognito's. */
  sub: string;
  /** Only where it was asked for: staff who must set up an authenticator app first. */
  owesSecondStep: boolean;
};

const door = { kind: "system", name: "door" } as const;

/** Opens a browser's session. The token is shown once, to the cookie; the row keeps its hash. */
export async function openSession(
  deps: SessionDeps,
  tx: Tx,
  signIn: {
    sub: string;
    person: Person;
    role: Role;
    tokens: SessionTokens;
    authTime: Date;
    userAgent: string;
    secondStep: boolean;
  },
): Promise<string> {
  const id = randomUUID();
  const token = randomBytes(32).toString("base64url");
  const now = deps.clock.now();
  const expiresAt = new Date(now.getTime() + sessionMaxAgeSeconds * 1000).toISOString();
  await tx.execute(sql`
    INSERT INTO sessions (id, token_hash, sub, person_kind, person_id, role, sealed_tokens, auth_time, user_agent, second_step_at, created_at, last_seen_at, expires_at)
    VALUES (${id}, ${deps.keyring.hash("session-token", token)}, ${signIn.sub}, ${signIn.person.kind}, ${signIn.person.id}, ${signIn.role},
            ${sealTokens(deps.keyring, id, signIn.tokens)}, ${signIn.authTime.toISOString()}, ${signIn.userAgent.slice(0, 512)},
            ${signIn.secondStep ? now.toISOString() : null}, ${now.toISOString()}, ${now.toISOString()}, ${expiresAt})`);
  return token;
}

type Row = {
  id: string;
  sub: string;
  role: Role;
  sealed_tokens: Buffer | null;
  auth_time: string;
  last_seen_at: string;
  stepped: boolean;
};

/**
 * Whose session this cookie names, if it still lives: not signed out, not idle for 30 minutes, not older than 12 hours, its person not
 * suspended, and Cognito still willing to renew it. Marks it as seen, at most once a minute.
 *
 * @param evenOwing also the session of staff who owe a second step (`STAFF_MFA`): for the pages where they set it up, and no others.
 */
export async function readSession(
  deps: SessionDeps,
  cookie: string,
  { evenOwing = false } = {},
): Promise<Session | null> {
  const token = await openSessionCookie(deps, cookie);
  if (token === null) return null;
  const now = deps.clock.now();
  return deps.db.asActor(door, async (tx) => {
    const row = await liveRow(deps, tx, token, now);
    if (!row) return null;
    const person = await findPerson(tx, row.sub);
    const role = person && !person.suspended ? agreedRole(person.role, [row.role]) : null;
    if (!person || !role || !(await stillWelcome(deps, tx, row, now))) {
      await tx.execute(sql`UPDATE sessions SET revoked_at = ${now.toISOString()} WHERE id = ${row.id}`);
      return null;
    }
    const owing = owesSecondStep(deps.env, person, row.stepped);
    if (owing && !evenOwing) return null;
    if (now.getTime() - new Date(row.last_seen_at).getTime() > 60_000)
      await tx.execute(sql`UPDATE sessions SET last_seen_at = ${now.toISOString()} WHERE id = ${row.id}`);
    return {
      id: row.id,
      personId: person.id,
      kind: person.kind,
      role,
      name: person.name,
      timeZone: person.timeZone,
      authTime: new Date(row.auth_time),
      secondStep: row.stepped,
      sub: row.sub,
      owesSecondStep: owing,
    };
  });
}

async function liveRow({ keyring }: SessionDeps, tx: Tx, token: string, now: Date): Promise<Row | undefined> {
  const hashes = sql.join(
    keyring.hashes("session-token", token).map((hash) => sql`${hash}`),
    sql`, `,
  );
  const idleSince = new Date(now.getTime() - sessionIdleSeconds * 1000).toISOString();
  const [row] = await tx.execute<Row>(sql`
    SELECT id, sub, role, sealed_tokens, auth_time, last_seen_at, second_step_at IS NOT NULL AS stepped FROM sessions
     WHERE token_hash IN (${hashes}) AND revoked_at IS NULL AND expires_at > ${now.toISOString()} AND last_seen_at > ${idleSince}`);
  return row;
}

/** Once Cognito's tokens have run out, the session lives on only if Cognito renews them. */
async function stillWelcome(deps: SessionDeps, tx: Tx, row: Row, now: Date): Promise<boolean> {
  if (row.sealed_tokens === null) return true;
  const tokens = unsealTokens(deps.keyring, row.id, row.sealed_tokens);
  if (tokens.expiresAtMs > now.getTime()) return true;
  return refreshTokens(deps, tx, row.id, now);
}

/** Signs this browser out: the row first, so that nothing depends on Cognito's answer, then Cognito's refresh token. */
export async function closeSession(deps: SessionDeps, cookie: string, origin: Origin): Promise<void> {
  const token = await openSessionCookie(deps, cookie);
  if (token === null) return;
  const now = deps.clock.now();
  const closed = await deps.db.asActor(door, async (tx) => {
    const row = await liveRow(deps, tx, token, now);
    if (!row) return null;
    const person = await findPerson(tx, row.sub);
    await tx.execute(
      sql`UPDATE sessions SET revoked_at = ${now.toISOString()}, sealed_tokens = NULL WHERE id = ${row.id}`,
    );
    const actor: Actor = person
      ? { kind: "person", id: person.id, role: row.role, name: person.name, origin }
      : { kind: "anonymous", origin };
    await recordAudit(tx, { event: "SIGN_OUT", actor, metadata: { sessionId: row.id } });
    return row;
  });
  if (!closed?.sealed_tokens) return;
  const { refreshToken } = unsealTokens(deps.keyring, closed.id, closed.sealed_tokens);
  const revoked = await deps.identity.revoke({ client: "web", refreshToken });
  if (!revoked.ok)
    deps.log.warn(
      { sessionId: closed.id, refusal: revoked.error.code },
      "refresh token not revoked at sign-out",
    );
}
