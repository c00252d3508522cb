import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { GuestRole } from "@/lib/kernel/party";
import { moment } from "./columns";
import { videoVisits } from "./video-visits";

/**
 * Somebody whom staff asked to a visit. `vouchers.subject` of their links is this row's id. revoked_at → not invited any more, for good.
 * Only `revoked_at` may be changed: a wrong number is put right by a new invitation.
 */
export const visitGuests = pgTable("visit_guests", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  role: text("role").$type<GuestRole>().notNull(),
  /** What the others are shown: a first name. */
  name: text("name").notNull(),
  /** E.164. */
  phone: text("phone"),
  email: text("email"),
  timeZone: text("time_zone").notNull(),
  locale: text("locale").notNull().default("en"),
  invitedBy: text("invited_by").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  revokedAt: moment("revoked_at"),
});
