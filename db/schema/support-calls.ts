import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { bytea, moment } from "./columns";
import { hostSites } from "./host-sites";

/** A customer's call to the contact centre. Open while `endedAt` is null, and one at a time; `id` is also the caller context's jti. */
export const supportCalls = pgTable("support_calls", {
  id: uuid("id").primaryKey(),
  /** customers.id, or accounts.id of somebody who has no record yet. */
  customerId: uuid("customer_id").notNull(),
  route: text("route").$type<"webrtc" | "sip">().notNull(),
  topic: text("topic").$type<CallTopic>(),
  signedInAt: moment("signed_in_at").notNull(),
  /** Whether that took more than the password. */
  secondStep: boolean("second_step").notNull().default(false),
  /** The site that says so; null: they signed in here. */
  siteId: uuid("site_id").references(() => hostSites.id),
  createdAt: moment("created_at").notNull(),
  contextExpiresAt: moment("context_expires_at").notNull(),
  contactId: text("contact_id"),
  /** How its caller joins: sealed for this row. */
  place: bytea("place"),
  /** Route `sip`: the meeting that its caller is in, whose mapping to them ends then, and the call that was placed from it. */
  meetingId: text("meeting_id"),
  meetingExpiresAt: moment("meeting_expires_at"),
  transactionId: text("transaction_id"),
  /** The contact in which the context was used. Written by `caller_verify` alone. */
  boundContact: text("bound_contact"),
  boundAt: moment("bound_at"),
  /** The contact in which a context arrived that vouched for nobody. Written by `caller_verify` alone; it tells that somebody answered, and nothing of whom. */
  arrivedContact: text("arrived_contact"),
  connectedAt: moment("connected_at"),
  /** The colleague who has it, where a desk of ours knows it. */
  answeredBy: uuid("answered_by"),
  /** On hold at the agent's desk since then. */
  heldAt: moment("held_at"),
  /** Handed on since then, and nobody has answered yet. */
  handedOnAt: moment("handed_on_at"),
  endedAt: moment("ended_at"),
  endReason: text("end_reason").$type<"hung-up" | "over" | "failed" | "lost">(),
  /** When its caller's page last said that they are still there; null: it never did, and is not expected to. */
  hereAt: moment("here_at"),
  /** That page has said nothing for a while: noticed then. */
  silentSince: moment("silent_since"),
  /** Nothing is left of it in the cloud. */
  settledAt: moment("settled_at"),
  /** When the cloud was last asked about it. */
  lookedAt: moment("looked_at").notNull(),
});
