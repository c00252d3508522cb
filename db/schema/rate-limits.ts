import { bigint, integer, pgTable, text } from "drizzle-orm/pg-core";

/** The table of rate-limiter-flexible, in its shape. Keys are its callers' own; no person's data belongs in one. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  /** Milliseconds since 1970; null: never. */
  expire: bigint("expire", { mode: "number" }),
});
