import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { roomInvites, rooms } from "./rooms";

/**
 * A recording of an audio room. starting_at → the cloud was asked; started_at → it records; ended_at → for end_reason, and a trigger keeps it so;
 * settled_at → stored under object_key until kept_until, or there is nothing. One of a room at a time (unique index).
 */
export const recordings = pgTable("recordings", {
  id: uuid("id").primaryKey(),
  roomId: uuid("room_id")
    .notNull()
    .references(() => rooms.id),
  meetingId: text("meeting_id").notNull(),
  askedBy: uuid("asked_by")
    .notNull()
    .references(() => roomInvites.id),
  askedAt: moment("asked_at").notNull(),
  keepDays: integer("keep_days").notNull(),
  startingAt: moment("starting_at"),
  captureId: text("capture_id"),
  startedAt: moment("started_at"),
  endedAt: moment("ended_at"),
  endReason: text("end_reason").$type<
    | "refused"
    | "taken-back"
    | "unanswered"
    | "stopped"
    | "withdrawn"
    | "left"
    | "newcomer"
    | "room-closed"
    | "call-ended"
    | "failed"
  >(),
  stoppedAt: moment("stopped_at"),
  settledAt: moment("settled_at"),
  /** Where the file lies in the bucket: told to nobody. */
  objectKey: text("object_key"),
  bytes: integer("bytes"),
  keptUntil: moment("kept_until"),
  deletedAt: moment("deleted_at"),
});

/** Each person's answer, once. */
export const recordingConsents = pgTable(
  "recording_consents",
  {
    recordingId: uuid("recording_id")
      .notNull()
      .references(() => recordings.id),
    inviteId: uuid("invite_id")
      .notNull()
      .references(() => roomInvites.id),
    agreed: boolean("agreed").notNull(),
    answeredAt: moment("answered_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordingId, table.inviteId] })],
);

/** Leave to listen: one colleague, one reason, a while. */
export const recordingPlays = pgTable("recording_plays", {
  id: uuid("id").primaryKey(),
  recordingId: uuid("recording_id")
    .notNull()
    .references(() => recordings.id),
  staffId: uuid("staff_id").notNull(),
  staffName: text("staff_name").notNull(),
  reason: text("reason").$type<"care" | "asked" | "complaint" | "quality" | "legal">().notNull(),
  openedAt: moment("opened_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
});
