import type { Result } from "@/lib/kernel/result";
import type { Signer } from "@/lib/ports/signer";
import type { Party } from "./voucher";

/** Seed 4's claims, times in seconds since 1970. */
export type JoinClaims = {
  jti: string;
  exp: number;
  nbf: number;
  iat: number;
  sub: string;
  visitId: string;
  party: Party;
  nonce: string;
};
export declare function verifyToken(
  deps: { signer: Signer },
  token: string,
): Promise<Result<JoinClaims, { code: "TOKEN_INVALID" }>>;
