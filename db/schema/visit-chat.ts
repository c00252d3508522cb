import { pgTable } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { byParty } from "./evidence";

/** What was written in a call, sealed by `Cipher`, where the clinic keeps it. Never changed. */
export const visitChat = pgTable("visit_chat", {
  ...byParty(),
  words: bytea("words").notNull(),
  saidAt: moment("said_at").notNull(),
});
