import { err, ok, type Result } from "@/lib/kernel/result";
import type { Signer } from "@/lib/ports/signer";
import { isTime, isUuid, skewSeconds } from "./claims";
import { parseJws, signJws, verifyEs256 } from "./jws";
import { issuer, kinds } from "./kinds";

/** Who calls, as the contact centre is told: for two minutes, and for one call. Times in whole **seconds** since 1970. */
export type CallerClaims = {
  /** = support_calls.id */
  callId: string;
  customerId: string;
  iat: number;
  exp: number;
};

/** From the click to the flow's first block; no call lives on it. */
export const contextSeconds = 120;
const { typ, aud } = kinds["caller-context"];

/** Signs a caller context (ES256, `typ caller-context+jwt`). Throws what `Signer` throws. */
export function signCallerContext(
  signer: Signer,
  { callId, customerId, iat }: Omit<CallerClaims, "exp">,
): Promise<string> {
  return signJws(signer, typ, {
    jti: callId,
    iss: issuer,
    aud,
    exp: iat + contextSeconds,
    nbf: iat - skewSeconds,
    iat,
    sub: customerId,
  });
}

/**
 * Is this a caller context that we signed? Form, key, signature, kind and claims; one answer for everything wrong. Whether it is expired, or was used, the
 * database says (`caller_verify`), for a contact that asks again is told the same again. Throws when the vault cannot be reached for the public key.
 */
export async function verifyCallerContext(
  signer: Pick<Signer, "publicKey">,
  token: string,
  now: Date,
): Promise<Result<CallerClaims, { code: "TOKEN_INVALID" }>> {
  const invalid = err({ code: "TOKEN_INVALID" } as const);
  const jws = parseJws(token);
  if (!jws || jws.header.typ !== typ) return invalid;
  const key = await signer.publicKey(jws.header.kid);
  if (!key || !verifyEs256(key, jws.signingInput, jws.signature)) return invalid;
  const claims = readCallerClaims(jws.payload);
  return claims && claims.iat <= now.getTime() / 1000 + skewSeconds ? ok(claims) : invalid;
}

function readCallerClaims(payload: Record<string, unknown>): CallerClaims | null {
  const { jti, iss, aud: audience, exp, nbf, iat, sub } = payload;
  if (iss !== issuer || audience !== aud) return null;
  if (!isTime(exp) || !isTime(nbf) || !isTime(iat)) return null;
  if (exp <= iat || exp > iat + contextSeconds || nbf > iat) return null;
  if (!isUuid(jti) || !isUuid(sub)) return null;
  return { callId: jti, customerId: sub, iat, exp };
}
