import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { rooms } from "./rooms";
import { videoVisits } from "./video-visits";

/**
 * Something to end in the cloud because a transaction decided so. done_at → ended; else due at next_attempt_at.
 * Ending what has ended is success at every port, so doing it twice harms nobody.
 */
export const cloudCleanups = pgTable("cloud_cleanups", {
  id: uuid("id").primaryKey(),
  /** Whose it was: a visit's, or a room's. */
  visitId: uuid("visit_id").references(() => videoVisits.id),
  roomId: uuid("room_id").references(() => rooms.id),
  kind: text("kind").$type<"meeting" | "contact" | "attendee">().notNull(),
  /** The meeting's or the contact's id. */
  target: text("target").notNull(),
  attendeeId: text("attendee_id"),
  attempts: integer("attempts").notNull().default(0),
  nextAttemptAt: moment("next_attempt_at").notNull().defaultNow(),
  doneAt: moment("done_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});
