import type { Party } from "@/lib/kernel/party";
import type { VoucherKind } from "./kinds";
import type { Voucher } from "./voucher";

/** What may be told of a row of `vouchers`, as the one-step functions return it: snake_case, times as text. */
export type VoucherFacts = {
  id: string;
  kind: VoucherKind;
  visit_id: string;
  party: Party;
  subject: string;
  issued_at: string;
  expires_at: string;
  opened_at: string | null;
  redeemed_at: string | null;
  holder_hash: Buffer | null;
  redemption_ip: string | null;
  redemption_ua: string | null;
  revoked_at: string | null;
};

/** With what proves that a token is its own. */
export type FoundVoucher = VoucherFacts & { nonce_hash: Buffer; not_before: string };

/** The row as `voucher_find` returns it, with what opens the token. */
export type VoucherRow = FoundVoucher & { sealed_token: Buffer };

export function toVoucher(row: VoucherFacts): Voucher {
  const moment = (text: string | null) => (text === null ? null : new Date(text));
  return {
    id: row.id,
    kind: row.kind,
    visitId: row.visit_id,
    party: row.party,
    subject: row.subject,
    issuedAt: new Date(row.issued_at),
    expiresAt: new Date(row.expires_at),
    openedAt: moment(row.opened_at),
    redeemedAt: moment(row.redeemed_at),
    holderHash: row.holder_hash,
    redemptionIp: row.redemption_ip,
    redemptionUa: row.redemption_ua,
    revokedAt: moment(row.revoked_at),
  };
}
