import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { z } from "zod";
import { type Env, hasAccounts } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Log } from "@/lib/log";

/** Who holds an access token, as Cognito signed it. Times are seconds since 1970. `groups` are Cognito's; map them to roles, never trust others. */
export type Principal = {
  sub: string;
  username: string;
  groups: readonly string[];
  authTime: number;
  /** Names the sign-in that the token came of: log-out denies by it. */
  originJti: string;
  issuedAt: number;
  clientId: string;
  expiresAt: number;
  scope: readonly string[];
};

/** Whatever is wrong with a token is one refusal, but for age: an honest client may refresh. */
type AccessTokenRefusal =
  | { code: "ACCESS_TOKEN_INVALID" }
  | { code: "ACCESS_TOKEN_EXPIRED" }
  | { code: "IDENTITY_UNAVAILABLE"; retryAfterMs: number }
  | { code: "IDENTITY_NOT_CONFIGURED" };

export type VerifyAccessToken = (token: string) => Promise<Result<Principal, AccessTokenRefusal>>;

/** Clocks of ours and the vendor's may differ by this much. Seconds. */
const toleranceSeconds = 5;
/** A real one has 1–2 KB; groups make it grow. Bounds the work that a stranger can cause. */
const longestToken = 16_384;
const encoded = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

const moment = z.number().int().positive();
const claims = z.object({
  /** The vendor's look like UUIDs and keep no RFC's variant. */
  sub: z.guid(),
  username: z.string().min(1),
  token_use: z.literal("access"),
  client_id: z.string().min(1),
  scope: z.string(),
  auth_time: moment,
  iat: moment,
  exp: moment,
  nbf: moment.optional(),
  origin_jti: z.string().min(1),
  "cognito:groups": z.array(z.string()).default([]),
});

/**
 * Checks a Cognito access token here, against the pool's published keys: signature (RS256 alone), exact issuer, an app client of
 * ours, `token_use`, and the times. It can't see a revocation: for that, ask the session store or `Identity.user`.
 *
 * @param keys finds a public key by the header's `kid`, and by nothing else the header says.
 * @see RFC 8725; https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 */
export function accessTokenVerifier(options: {
  issuer: string;
  clientIds: readonly string[];
  keys: JWTVerifyGetKey;
  clock: Clock;
  log: Pick<Log, "warn">;
}): VerifyAccessToken {
  return async (token) => {
    if (token.length > longestToken || !isCanonical(token)) return err({ code: "ACCESS_TOKEN_INVALID" });
    try {
      const { payload } = await jwtVerify(token, options.keys, {
        algorithms: ["RS256"],
        issuer: options.issuer,
        requiredClaims: ["exp", "iat"],
        clockTolerance: toleranceSeconds,
        currentDate: options.clock.now(),
      });
      return readClaims(payload, options);
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) return err({ code: "ACCESS_TOKEN_EXPIRED" });
      if (isAboutToken(cause)) return err({ code: "ACCESS_TOKEN_INVALID" });
      // What is left came from fetching the keys: the token was not judged.
      options.log.warn({ err: cause }, "the pool's keys could not be fetched");
      return err({ code: "IDENTITY_UNAVAILABLE", retryAfterMs: 2_000 });
    }
  };
}

function readClaims(
  payload: JWTPayload,
  options: { clientIds: readonly string[]; clock: Clock },
): Result<Principal, AccessTokenRefusal> {
  const read = claims.safeParse(payload);
  const now = options.clock.now().getTime() / 1000;
  if (
    !read.success ||
    !options.clientIds.includes(read.data.client_id) ||
    read.data.iat > now + toleranceSeconds
  )
    return err({ code: "ACCESS_TOKEN_INVALID" });
  const { data } = read;
  return ok({
    sub: data.sub,
    username: data.username,
    groups: data["cognito:groups"],
    authTime: data.auth_time,
    originJti: data.origin_jti,
    issuedAt: data.iat,
    clientId: data.client_id,
    expiresAt: data.exp,
    scope: data.scope.split(" ").filter(Boolean),
  });
}

/** One token has one spelling: base64url whose unused last bits are set would be a second one for the same signature. */
function isCanonical(token: string): boolean {
  return (
    encoded.test(token) &&
    token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part)
  );
}

const aboutToken = [
  errors.JWTInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];
const isAboutToken = (cause: unknown) => aboutToken.some((kind) => cause instanceof kind);

/** Where tokens of our pool come from. Outside local mode there is one possible answer. */
export function cognitoIssuer(
  env: Pick<Env, "CLOUD" | "AWS_ENDPOINT_URL" | "AWS_REGION" | "COGNITO_USER_POOL_ID">,
): string {
  const base =
    env.CLOUD === "local" ? env.AWS_ENDPOINT_URL : `https://cognito-idp.${env.AWS_REGION}.amazonaws.com`;
  return `${base}/${env.COGNITO_USER_POOL_ID}`;
}

/**
 * The verifier for a configured pool. Keys are fetched at first use, kept for half a day, and fetched again for an unknown `kid`
 * (the pool rotated), at most every 30 seconds.
 */
export function cognitoAccessTokens({
  env,
  clock,
  log,
}: {
  env: Env;
  clock: Clock;
  log: Pick<Log, "warn">;
}): VerifyAccessToken {
  if (!hasAccounts(env)) return async () => err({ code: "IDENTITY_NOT_CONFIGURED" });
  const issuer = cognitoIssuer(env);
  return accessTokenVerifier({
    issuer,
    clientIds: [env.COGNITO_CLIENT_ID, env.COGNITO_WEB_CLIENT_ID],
    keys: createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
      timeoutDuration: 3_000,
      cooldownDuration: 30_000,
      cacheMaxAge: 12 * 3_600_000,
    }),
    clock,
    log,
  });
}
