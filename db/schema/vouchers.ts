import { index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";

/**
 * A voucher: proof made in one place, spent once in another (seed 4's `one_time_tokens`). State is derived:
 *   revoked_at → revoked, whatever else; redeemed_at → used, and its holder may repeat; expires_at passed → expired; else live.
 *
 * Single use: `voucher_redeem` does one UPDATE … WHERE usage_count < max_usage_count AND revoked_at IS NULL AND expires_at > now.
 * Of any number of rivals Postgres lets one see usage_count 0; the others wait on the row, look again and match nothing.
 * The application role has no right to write usage_count, redeemed_at, holder_hash or expires_at: only that function has. A revocation
 * cannot be taken back (trigger). So not even injected SQL makes a spent link new.
 *
 * Nothing here can be presented: code and nonce are keyed hashes, and the token is sealed under a key that needs the code.
 */
export const vouchers = pgTable(
  "vouchers",
  {
    /** The token's `jti`: the key for everything. Never the token's text, which has twins. */
    id: uuid("id").primaryKey(),
    kind: text("kind").notNull(),
    visitId: uuid("visit_id")
      .notNull()
      .references(() => videoVisits.id),
    party: text("party").$type<Party>().notNull(),
    /** Whom it was issued for: customers.id, staff.id or visit_guests.id. */
    subject: uuid("subject").notNull(),
    codeHash: bytea("code_hash").notNull().unique(),
    nonceHash: bytea("nonce_hash").notNull(),
    sealedToken: bytea("sealed_token").notNull(),
    /** The keyring key under which the hashes were made. */
    hashKeyId: uuid("hash_key_id").notNull(),
    issuedAt: moment("issued_at").notNull(),
    notBefore: moment("not_before").notNull(),
    expiresAt: moment("expires_at").notNull(),
    openedAt: moment("opened_at"),
    redeemedAt: moment("redeemed_at"),
    usageCount: integer("usage_count").notNull().default(0),
    maxUsageCount: integer("max_usage_count").notNull().default(1),
    /** As our edge saw them; recorded for people to judge. They bind only under JOIN_BINDING=strict. */
    redemptionIp: text("redemption_ip"),
    redemptionUa: text("redemption_ua"),
    /** Keyed hash of the browser's secret (or the caller's Idempotency-Key): who may repeat. */
    holderHash: bytea("holder_hash"),
    revokedAt: moment("revoked_at"),
    revokeReason: text("revoke_reason"),
    /** When the sweep passed; it wrote TOKEN_EXPIRED if the voucher had not been used. Expiry itself is `expiresAt` and waits for no sweep. */
    expiredNotedAt: moment("expired_noted_at"),
    issuedBy: text("issued_by").notNull(),
  },
  (table) => [index("vouchers_by_visit").on(table.visitId, table.issuedAt)],
);
