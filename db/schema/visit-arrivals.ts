import { boolean, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { byLink } from "./evidence";

/** What a patient said at the door: where they are, and that they agree. Written once, never changed; which one counts says `lib/visits/arrival.ts`. */
export const visitArrivals = pgTable("visit_arrivals", {
  ...byLink(),
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
