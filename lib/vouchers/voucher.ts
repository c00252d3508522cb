import type { Party } from "@/lib/kernel/party";
import type { VoucherKind } from "./kinds";

/** A voucher as the database knows it. Holds no secret. */
export type Voucher = {
  /** = the token's `jti` */
  id: string;
  kind: VoucherKind;
  visitId: string;
  party: Party;
  /** Whom it was issued for: a customer's, a staff member's or a guest's id. */
  subject: string;
  issuedAt: Date;
  expiresAt: Date;
  openedAt: Date | null;
  redeemedAt: Date | null;
  holderHash: Buffer | null;
  redemptionIp: string | null;
  redemptionUa: string | null;
  revokedAt: Date | null;
};

/**
 * Why a voucher does not serve. `voucher` is there when its presenter proved to have it (so that a page may say which visit it was for).
 * TOKEN_INVALID covers everything malformed, forged or unknown alike: it tells a guesser nothing.
 */
export type VoucherRefusal =
  | { code: "TOKEN_INVALID" }
  | { code: "TOKEN_NOT_YET_VALID" }
  | { code: "CODE_UNKNOWN" }
  | { code: "TOKEN_EXPIRED"; voucher: Voucher | null }
  | { code: "TOKEN_REUSED"; voucher: Voucher }
  | { code: "TOKEN_REVOKED"; voucher: Voucher };
