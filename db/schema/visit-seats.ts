import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";
import { visitGuests } from "./visit-guests";
import { vouchers } from "./vouchers";

/**
 * A party's place in the meeting, one per redeemed voucher: a rejoin finds its attendee here and never makes a second.
 * waiting_since → waiting; admitted_at → let in; left_at → gone for now; removed_at → not let back in.
 */
export const visitSeats = pgTable("visit_seats", {
  voucherId: uuid("voucher_id")
    .primaryKey()
    .references(() => vouchers.id),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  party: text("party").$type<Party>().notNull(),
  /** Of a guest's seat: who they are. */
  guestId: uuid("guest_id").references(() => visitGuests.id),
  meetingId: text("meeting_id"),
  attendeeId: text("attendee_id"),
  /** Sealed: the join token, and on route `connect` the participant's token. */
  credentials: bytea("credentials"),
  waitingSince: moment("waiting_since"),
  admittedAt: moment("admitted_at"),
  removedAt: moment("removed_at"),
  leftAt: moment("left_at"),
  presentAt: moment("present_at"),
  /** A student listens until the clinician lets them speak. */
  maySpeakAt: moment("may_speak_at"),
  /** Since when the clinician lets them show their screen; null: not (any more). */
  mayShareAt: moment("may_share_at"),
});
