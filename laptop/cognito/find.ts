import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Cognito } from "./context";
import { invalidParameter, notAuthorized, refuse } from "./refuse";
import type { Client, Group, Pool, User } from "./state";

export function poolOf(cognito: Cognito, poolId: string): Pool {
  return (
    cognito.pools.get(poolId) ?? refuse("ResourceNotFoundException", `User pool ${poolId} does not exist.`)
  );
}

export function clientOf(cognito: Cognito, clientId: string): { pool: Pool; client: Client } {
  for (const pool of cognito.pools.values()) {
    const client = pool.clients.get(clientId);
    if (client) return { pool, client };
  }
  return refuse("ResourceNotFoundException", `User pool client ${clientId} does not exist.`);
}

/** By e-mail address, whatever its case, or by `sub`. */
export function findUser(pool: Pool, username: string): User | undefined {
  const bySub = pool.users.get(username);
  if (bySub) return bySub;
  const email = username.toLowerCase();
  for (const user of pool.users.values()) if (user.email === email) return user;
  return undefined;
}

export function requireUser(pool: Pool, username: string): User {
  return findUser(pool, username) ?? refuse("UserNotFoundException", "User does not exist.");
}

export function requireGroup(pool: Pool, name: string): Group {
  return pool.groups.get(name) ?? refuse("ResourceNotFoundException", "Group not found.");
}

/** @param username exactly as in the request: the hash covers what was sent, not whom it finds. */
export function checkSecretHash(client: Client, username: string, given: string | undefined): void {
  if (!client.secret) return;
  if (!given) notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  const expected = createHmac("sha256", client.secret).update(`${username}${client.id}`).digest("base64");
  if (!sameText(expected, given ?? "")) notAuthorized(`Unable to verify secret hash for client ${client.id}`);
}

/** For the two operations that take the secret itself: RevokeToken and GetTokensFromRefreshToken. */
export function checkClientSecret(client: Client, given: string | undefined): void {
  if (client.secret && !sameText(client.secret, given ?? ""))
    notAuthorized(`Client ${client.id} is configured for secret but secret was not received or is wrong`);
}

export function requireFlow(client: Client, flow: string): void {
  if (!client.flows.includes(`ALLOW_${flow}`)) invalidParameter(`${flow} flow not enabled for this client`);
}

function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
