import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** What a patient said at the door: where they are, and that they agree. Written once, never changed; which one counts says `lib/visits/arrival.ts`. */
export const visitArrivals = pgTable("visit_arrivals", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
  /** The browser that said it; null for one that keeps no cookie. */
  holderHash: bytea("holder_hash"),
  /** Place and contacts, sealed by `Cipher` for this row alone. */
  details: bytea("details").notNull(),
  consentVersion: text("consent_version").notNull(),
  consentLanguage: text("consent_language").notNull(),
  /** Whether the clinician held a licence there and then. */
  licensed: boolean("licensed").notNull(),
  createdAt: moment("created_at").notNull(),
});
