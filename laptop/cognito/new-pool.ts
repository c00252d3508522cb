import { randomBytes } from "node:crypto";
import type { Client, Pool } from "./state";
import { newSigningKey } from "./tokens";

/** An empty pool: people sign in by e-mail address, MFA is theirs to choose. Making its keys takes a few hundred ms. */
export async function newPool(id: string, name: string, now: number): Promise<Pool> {
  const [access, idToken] = await Promise.all([newSigningKey(), newSigningKey()]);
  return {
    id,
    name,
    createdAt: now,
    mfa: "OPTIONAL",
    clients: new Map(),
    groups: new Map(),
    users: new Map(),
    grants: new Map(),
    keys: { access, id: idToken },
    decoySecret: randomBytes(32).toString("base64"),
  };
}

/** A client as the laptop's bootstrap wants it: every flow we speak, users hidden, tokens of the vendor's default lives. */
export function newClient(
  wanted: { id: string; name: string; secret?: string; rotating: boolean },
  now: number,
): Client {
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"];
  return {
    id: wanted.id,
    name: wanted.name,
    ...(wanted.secret ? { secret: wanted.secret } : {}),
    ...(wanted.rotating ? { rotation: { graceSeconds: 10 } } : {}),
    flows: wanted.rotating ? flows : [...flows, "ALLOW_REFRESH_TOKEN_AUTH"],
    hidesUsers: true,
    accessTokenSeconds: 3600,
    idTokenSeconds: 3600,
    refreshTokenSeconds: 30 * 24 * 3600,
    challengeSeconds: 180,
    createdAt: now,
    modifiedAt: now,
  };
}
