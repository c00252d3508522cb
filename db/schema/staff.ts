import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { staffRoles } from "@/lib/kernel/actor";
import { moment } from "./columns";

/**
 * Invited, never signed up. `suspendedAt` set: no session and no token of theirs is accepted, whatever Cognito says.
 * `title` and `firstName` are all that a patient's message may show ("Dr. Jane").
 */
export const staff = pgTable("staff", {
  id: uuid("id").primaryKey(),
  sub: text("sub").unique(),
  email: text("email").notNull().unique(),
  role: text("role").$type<(typeof staffRoles)[number]>().notNull(),
  title: text("title"),
  firstName: text("first_name").notNull(),
  lastName: text("last_name").notNull(),
  timeZone: text("time_zone").notNull(),
  suspendedAt: moment("suspended_at"),
  lastSignInAt: moment("last_sign_in_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});
