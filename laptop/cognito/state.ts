import type { JWK } from "jose";
import type { PasswordRecord } from "./password";

/** All times are milliseconds since 1970, all durations seconds. */
export type Pool = {
  id: string;
  name: string;
  createdAt: number;
  mfa: "OFF" | "OPTIONAL" | "ON";
  clients: Map<string, Client>;
  groups: Map<string, Group>;
  /** By `sub`, which is also the user's name in the pool. */
  users: Map<string, User>;
  /** By `origin_jti`: one sign-in and every token that came of it. */
  grants: Map<string, Grant>;
  /** As at the vendor, access and ID tokens have keys of their own. Private JWKs. */
  keys: { access: JWK; id: JWK };
  /** Makes the answers about users who don't exist stable, and unlike anybody else's. Base64. */
  decoySecret: string;
};

export type Client = {
  id: string;
  name: string;
  secret?: string;
  /** Present: a used refresh token is replaced, and dies after the grace period. */
  rotation?: { graceSeconds: number };
  flows: string[];
  hidesUsers: boolean;
  accessTokenSeconds: number;
  idTokenSeconds: number;
  refreshTokenSeconds: number;
  challengeSeconds: number;
  createdAt: number;
  modifiedAt: number;
};

export type Group = { name: string; description?: string; precedence?: number; createdAt: number };

type UserStatus = "UNCONFIRMED" | "CONFIRMED" | "FORCE_CHANGE_PASSWORD" | "RESET_REQUIRED";

export type User = {
  sub: string;
  /** Lower case: the pool's user names are case-insensitive e-mail addresses. */
  email: string;
  emailVerified: boolean;
  /** Everything but sub, email and email_verified. */
  attributes: Record<string, string>;
  status: UserStatus;
  enabled: boolean;
  groups: string[];
  password: PasswordRecord;
  /** A temporary password is worth nothing from here on. */
  temporaryUntil?: number;
  totp?: Totp;
  /** A secret handed out and not yet verified: it replaces `totp` when it is. */
  pendingTotpSecret?: string;
  /** One live code for each purpose. */
  codes: { [purpose in CodePurpose]?: Code };
  createdAt: number;
  modifiedAt: number;
};

export type CodePurpose = "sign-up" | "password";
/** In clear: it lies beside the inbox that shows it. */
type Code = { value: string; expiresAt: number };

/** `lastStep` is the 30-second step of the newest code accepted: no code works twice. */
type Totp = { secret: string; enabled: boolean; lastStep: number; deviceName?: string };

export type Grant = {
  originJti: string;
  sub: string;
  clientId: string;
  authTime: number;
  expiresAt: number;
  revokedAt?: number;
  /** SHA-256 of refresh tokens, the live one last; the others were replaced. */
  tokens: Array<{ hash: string; replacedAt?: number }>;
};

type Stored = { version: 1; pools: unknown[] };

export function dump(pools: Map<string, Pool>): Stored {
  return {
    version: 1,
    pools: [...pools.values()].map((pool) => ({
      ...pool,
      clients: [...pool.clients.values()],
      groups: [...pool.groups.values()],
      users: [...pool.users.values()],
      grants: [...pool.grants.values()],
    })),
  };
}

/** Reads back what `dump` wrote. Our own file, so only its version is checked; anything else is a fault, not an empty start. */
export function restore(stored: unknown): Map<string, Pool> {
  if (stored === undefined || stored === null) return new Map();
  const { version, pools } = stored as Stored;
  if (version !== 1 || !Array.isArray(pools))
    throw new Error("The saved Cognito state is of an unknown version");
  type Flat = Omit<Pool, "clients" | "groups" | "users" | "grants"> & {
    clients: Client[];
    groups: Group[];
    users: User[];
    grants: Grant[];
  };
  return new Map(
    (structuredClone(pools) as Flat[]).map((pool) => [
      pool.id,
      {
        ...pool,
        clients: new Map(pool.clients.map((client) => [client.id, client])),
        groups: new Map(pool.groups.map((group) => [group.name, group])),
        users: new Map(pool.users.map((user) => [user.sub, user])),
        grants: new Map(pool.grants.map((grant) => [grant.originJti, grant])),
      },
    ]),
  );
}
