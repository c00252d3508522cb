import { boolean, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { RoomRole } from "@/lib/kernel/room-role";
import { bytea, moment } from "./columns";

/**
 * An audio room for two. closed_at → over, for close_reason; expires_at passed → over too, sweep or no sweep; locked_at → nobody new comes in.
 * A trigger keeps a closed room as it is.
 */
export const rooms = pgTable("rooms", {
  id: uuid("id").primaryKey(),
  /** Shown to both; never in a message, an address or the audit. */
  name: text("name"),
  /** The guest waits until they are let in. */
  lobby: boolean("lobby").notNull(),
  /** Told, never enforced: whoever is early waits. */
  startsAt: moment("starts_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  /** A colleague's id, or an API key's. */
  createdBy: uuid("created_by").notNull(),
  createdAt: moment("created_at").notNull(),
  lockedAt: moment("locked_at"),
  closedAt: moment("closed_at"),
  closeReason: text("close_reason").$type<"host" | "staff" | "expired">(),
  meetingId: text("meeting_id"),
  meeting: jsonb("meeting"),
  /** Counts the meetings that this room has had: the cloud ends one that nobody speaks in. */
  meetingAttempt: integer("meeting_attempt").notNull().default(0),
  /** Texts and mails that carried its links. */
  messagesSent: integer("messages_sent").notNull().default(0),
});

/**
 * A room's link for one role: a voucher in its verbs (docs/decisions/0038). One live for each role (unique index); single use is
 * `room_invite_redeem`'s one UPDATE, and nothing else may write redeemed_at and holder_hash.
 */
export const roomInvites = pgTable("room_invites", {
  /** The token's `jti`. */
  id: uuid("id").primaryKey(),
  roomId: uuid("room_id")
    .notNull()
    .references(() => rooms.id),
  role: text("role").$type<RoomRole>().notNull(),
  codeHash: bytea("code_hash").notNull().unique(),
  nonceHash: bytea("nonce_hash").notNull(),
  /** Sealed, until the link is used or opens nothing. */
  sealedCode: bytea("sealed_code"),
  issuedAt: moment("issued_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  issuedBy: uuid("issued_by").notNull(),
  openedAt: moment("opened_at"),
  redeemedAt: moment("redeemed_at"),
  holderHash: bytea("holder_hash"),
  redemptionIp: text("redemption_ip"),
  redemptionUa: text("redemption_ua"),
  revokedAt: moment("revoked_at"),
  revokeReason: text("revoke_reason").$type<"replaced" | "removed" | "closed">(),
});

/** Whoever came in by an invite: one attendee, found again at each return. */
export const roomSeats = pgTable("room_seats", {
  inviteId: uuid("invite_id")
    .primaryKey()
    .references(() => roomInvites.id),
  roomId: uuid("room_id")
    .notNull()
    .references(() => rooms.id),
  role: text("role").$type<RoomRole>().notNull(),
  meetingId: text("meeting_id"),
  attendeeId: text("attendee_id"),
  /** Sealed: the attendee with its join token. */
  credentials: bytea("credentials"),
  /** Keyed hash of the seat's newest session token. */
  sessionHash: bytea("session_hash").unique(),
  waitingSince: moment("waiting_since"),
  admittedAt: moment("admitted_at"),
  removedAt: moment("removed_at"),
  leftAt: moment("left_at"),
  presentAt: moment("present_at"),
});
