import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Cognito } from "./context";
import { notAuthorized, refuse } from "./refuse";
import type { Client, Grant, Pool, User } from "./state";
import { issueTokens } from "./tokens";

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

/** A completed sign-in: a new grant with its first refresh token. */
export async function startGrant(cognito: Cognito, pool: Pool, client: Client, user: User) {
  const now = cognito.now();
  for (const old of pool.grants.values()) if (old.expiresAt <= now) pool.grants.delete(old.originJti);
  const grant: Grant = {
    originJti: randomUUID(),
    sub: user.sub,
    clientId: client.id,
    authTime: now,
    expiresAt: now + client.refreshTokenSeconds * 1000,
    tokens: [],
  };
  const RefreshToken = addRefreshToken(grant);
  pool.grants.set(grant.originJti, grant);
  cognito.changed();
  return { ...(await issueTokens(cognito, pool, client, user, grant)), RefreshToken };
}

/** Opaque to everybody but us: the grant it belongs to, and 48 random bytes. Only its hash is kept. */
export function addRefreshToken(grant: Grant): string {
  const token = `${grant.originJti.replaceAll("-", "")}${randomBytes(48).toString("base64url")}`;
  grant.tokens = [...grant.tokens.slice(-9), { hash: sha256(token) }];
  return token;
}

/** Looks a refresh token up; says nothing about whether it may still be used. */
export function findGrant(pool: Pool, client: Client, refreshToken: string) {
  const originJti = refreshToken.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const grant = pool.grants.get(originJti);
  const hash = sha256(refreshToken);
  const entry = grant?.tokens.find((known) => known.hash === hash);
  return grant && entry && grant.clientId === client.id ? { grant, entry } : null;
}

/** @returns the grant of a refresh token that is live, or was replaced no longer ago than the grace period. */
export function acceptRefreshToken(cognito: Cognito, pool: Pool, client: Client, refreshToken: string) {
  const found = findGrant(pool, client, refreshToken) ?? notAuthorized("Invalid Refresh Token");
  const { grant, entry } = found;
  const user = pool.users.get(grant.sub);
  if (!user || grant.revokedAt !== undefined) return notAuthorized("Refresh Token has been revoked");
  if (grant.expiresAt <= cognito.now()) return notAuthorized("Refresh Token has expired");
  if (!user.enabled) return notAuthorized("User is disabled.");
  const graceMs = (client.rotation?.graceSeconds ?? 0) * 1000;
  if (entry.replacedAt !== undefined && cognito.now() >= entry.replacedAt + graceMs)
    return refuse("RefreshTokenReuseException", "Refresh token has been rotated and can no longer be used.");
  return { grant, entry, user };
}

/** Shuts every sign-in of a user: their access tokens are refused by us at once, by offline verifiers at expiry. */
export function revokeAll(cognito: Cognito, pool: Pool, user: User): void {
  for (const grant of pool.grants.values()) if (grant.sub === user.sub) grant.revokedAt ??= cognito.now();
  cognito.changed();
}
