import { err, ok, type Result } from "@/lib/kernel/result";
import type { Signer } from "@/lib/ports/signer";
import { type JoinClaims, readClaims } from "./claims";
import { parseJws, verifyEs256 } from "./jws";
import { type Kind, kinds } from "./kinds";

export type { JoinClaims } from "./claims";

/**
 * Is this a visit link's token that we signed? Form, key, signature and claims, but no clock and no database: it may be expired,
 * spent or revoked. One answer for everything wrong. Throws only when the vault cannot be reached for the public key.
 *
 * ECDSA has a second signature (r, n−s) for every first: so the text of a token identifies nothing. Use `jti`.
 */
export function verifyToken(
  deps: { signer: Signer },
  token: string,
): Promise<Result<JoinClaims, { code: "TOKEN_INVALID" }>> {
  return verifyAs(deps, kinds["visit-link"], token);
}

/** The same for any kind's `typ` and `aud`. */
export function verifyAs(
  deps: { signer: Signer },
  kind: Kind,
  token: string,
): Promise<Result<JoinClaims, { code: "TOKEN_INVALID" }>> {
  return verifyClaims(deps, kind, token, readClaims);
}

/** @param read what claims a token of this kind has; null: not one of ours. */
export async function verifyClaims<Claims>(
  { signer }: { signer: Signer },
  kind: Kind,
  token: string,
  read: (kind: Kind, payload: Record<string, unknown>) => Claims | null,
): Promise<Result<Claims, { code: "TOKEN_INVALID" }>> {
  const invalid = err({ code: "TOKEN_INVALID" } as const);
  const jws = parseJws(token);
  if (!jws || jws.header.typ !== kind.typ) return invalid;
  const key = await signer.publicKey(jws.header.kid);
  if (!key || !verifyEs256(key, jws.signingInput, jws.signature)) return invalid;
  const claims = read(kind, jws.payload);
  return claims ? ok(claims) : invalid;
}
