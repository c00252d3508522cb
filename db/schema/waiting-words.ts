import { pgTable, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";

/** What the clinician last told whoever waits: sealed by the keyring, deleted when the visit closes. */
export const waitingWords = pgTable("waiting_words", {
  visitId: uuid("visit_id")
    .primaryKey()
    .references(() => videoVisits.id),
  words: bytea("words").notNull(),
  saidAt: moment("said_at").notNull(),
});
