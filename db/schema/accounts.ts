import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/** Somebody who signed up themselves and stands in no book of ours. */
export const accounts = pgTable("accounts", {
  id: uuid("id").primaryKey(),
  /** Cognito's. */
  sub: text("sub").notNull().unique(),
  firstName: text("first_name").notNull().default(""),
  lastName: text("last_name").notNull().default(""),
  timeZone: text("time_zone").notNull().default("UTC"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

/** A sign-in whose tokens a caller of the API holds. Live while ended_at is null; the refresh token is sealed, and wiped at the end. */
export const apiLogins = pgTable("api_logins", {
  originJti: text("origin_jti").primaryKey(),
  sub: text("sub").notNull(),
  sealedRefreshToken: bytea("sealed_refresh_token"),
  secondStepAt: moment("second_step_at"),
  createdAt: moment("created_at").notNull(),
  endedAt: moment("ended_at"),
});

/** Whatever signed in before `at` counts no more. */
export const signedOutEverywhere = pgTable("signed_out_everywhere", {
  sub: text("sub").primaryKey(),
  at: moment("at").notNull(),
});
