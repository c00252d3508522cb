import { pgTable, smallint, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/** How a call was for its caller: once. */
export const supportCallRatings = pgTable("support_call_ratings", {
  callId: uuid("call_id").primaryKey(),
  /** 1 to 5. */
  stars: smallint("stars").notNull(),
  /** Sealed for this row. */
  words: bytea("words"),
  ratedAt: moment("rated_at").notNull(),
});
