import { randomUUID } from "node:crypto";
import {
  type CryptoKey,
  calculateJwkThumbprint,
  decodeJwt,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import type { Cognito } from "./context";
import { notAuthorized } from "./refuse";
import type { Client, Grant, Pool, User } from "./state";

/** An RSA-2048 key pair as a private JWK with its thumbprint as `kid`. */
export async function newSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "RS256", use: "sig" };
}

/** What the world may see of a key. Picked, not stripped: a private member can't slip through. */
export const publicPart = ({ kty, n, e, kid, alg, use }: JWK): JWK => ({ alg, e, kid, kty, n, use }) as JWK;

export const issuerOf = (cognito: Cognito, pool: Pool) => `${cognito.baseUrl()}/${pool.id}`;

/** Access and ID token of one sign-in or refresh. `ExpiresIn` in seconds. */
export async function issueTokens(cognito: Cognito, pool: Pool, client: Client, user: User, grant: Grant) {
  const iat = Math.floor(cognito.now() / 1000);
  const groups = user.groups.length ? { "cognito:groups": user.groups } : {};
  const common = {
    sub: user.sub,
    ...groups,
    iss: issuerOf(cognito, pool),
    origin_jti: grant.originJti,
    event_id: randomUUID(),
    auth_time: Math.floor(grant.authTime / 1000),
    iat,
  };
  const access = {
    ...common,
    client_id: client.id,
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    exp: iat + client.accessTokenSeconds,
    jti: randomUUID(),
    username: user.sub,
  };
  const id = {
    ...user.attributes,
    ...common,
    email: user.email,
    email_verified: user.emailVerified,
    "cognito:username": user.sub,
    aud: client.id,
    token_use: "id",
    exp: iat + client.idTokenSeconds,
    jti: randomUUID(),
  };
  return {
    AccessToken: await sign(pool.keys.access, access),
    IdToken: await sign(pool.keys.id, id),
    TokenType: "Bearer" as const,
    ExpiresIn: client.accessTokenSeconds,
  };
}

/**
 * Reads an access token of ours as GetUser and its like must: signature, life, and that neither its grant nor its owner
 * was shut since. Everything in the token is untrusted until the signature holds.
 */
export async function readAccessToken(
  cognito: Cognito,
  token: string,
): Promise<{ pool: Pool; user: User; grant: Grant }> {
  const pool = poolNamedBy(cognito, token);
  const claims = await verify(cognito, pool, token);
  const grant = pool.grants.get(String(claims.origin_jti));
  if (!grant || grant.revokedAt !== undefined) return notAuthorized("Access Token has been revoked");
  const user = pool.users.get(grant.sub);
  if (!user) return notAuthorized("Invalid Access Token");
  if (!user.enabled) return notAuthorized("User is disabled.");
  return { pool, user, grant };
}

function poolNamedBy(cognito: Cognito, token: string): Pool {
  try {
    const named = cognito.pools.get(String(decodeJwt(token).iss).split("/").at(-1) ?? "");
    return named ?? notAuthorized("Invalid Access Token");
  } catch (cause) {
    if (cause instanceof errors.JWTInvalid) return notAuthorized("Invalid Access Token");
    throw cause;
  }
}

async function verify(cognito: Cognito, pool: Pool, token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, await publicKeyOf(pool), {
      algorithms: ["RS256"],
      issuer: issuerOf(cognito, pool),
      currentDate: new Date(cognito.now()),
      requiredClaims: ["exp", "origin_jti"],
    });
    return payload.token_use === "access" ? payload : notAuthorized("Invalid Access Token");
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) return notAuthorized("Access Token has expired");
    if (cause instanceof errors.JOSEError) return notAuthorized("Invalid Access Token");
    throw cause;
  }
}

const imported = new WeakMap<JWK, Promise<CryptoKey>>();
const importOnce = (jwk: JWK, material: JWK) => {
  const known = imported.get(jwk) ?? (importJWK(material, "RS256") as Promise<CryptoKey>);
  imported.set(jwk, known);
  return known;
};
const verifying = new WeakMap<Pool, Promise<CryptoKey>>();
function publicKeyOf(pool: Pool): Promise<CryptoKey> {
  const known =
    verifying.get(pool) ?? (importJWK(publicPart(pool.keys.access), "RS256") as Promise<CryptoKey>);
  verifying.set(pool, known);
  return known;
}

async function sign(jwk: JWK, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ kid: jwk.kid, alg: "RS256" })
    .sign(await importOnce(jwk, jwk));
}
