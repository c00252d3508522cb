import { boolean, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { roomInvites, rooms } from "./rooms";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/**
 * A recording of an audio room, or of a visit. starting_at → the cloud was asked; started_at → it records; ended_at → for end_reason, and a trigger keeps it so;
 * settled_at → stored under object_key until kept_until, or there is nothing. One of a call at a time (unique indexes).
 */
export const recordings = pgTable("recordings", {
  id: uuid("id").primaryKey(),
  roomId: uuid("room_id").references(() => rooms.id),
  visitId: uuid("visit_id").references(() => videoVisits.id),
  meetingId: text("meeting_id").notNull(),
  /** In a room. */
  askedBy: uuid("asked_by").references(() => roomInvites.id),
  /** In a visit. */
  askedByLink: uuid("asked_by_link").references(() => vouchers.id),
  askedAt: moment("asked_at").notNull(),
  /** Whether the picture of whoever speaks is recorded too: what everybody was asked. */
  withPicture: boolean("with_picture").notNull().default(false),
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

/** Each person's answer, once (unique indexes). */
export const recordingConsents = pgTable("recording_consents", {
  recordingId: uuid("recording_id")
    .notNull()
    .references(() => recordings.id),
  /** The link that they came in by: of a room, or of a visit. */
  inviteId: uuid("invite_id").references(() => roomInvites.id),
  voucherId: uuid("voucher_id").references(() => vouchers.id),
  agreed: boolean("agreed").notNull(),
  answeredAt: moment("answered_at").notNull(),
});

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
