import { z } from "zod";
import { guestRoles } from "@/lib/kernel/party";
import type { MessageState } from "@/lib/notifications/message-state";
import { revokeReasons } from "@/lib/visits/revoke-reasons";
import { visitStatuses } from "@/lib/visits/status";

/**
 * Members that several answers have. A schema with an `id` stands once in the API's document and is referred to by it. Nothing here changes a
 * value: what a schema of an answer describes is what the wire carries.
 */
export const id = z.guid();
/** ISO 8601, UTC. */
export const time = z.iso.datetime();
export const count = z.number().int().min(0);
export const cursor = z
  .string()
  .nullable()
  .describe("Send it as `cursor` for the next page; null: this was the last.");

export const party = z.enum(["patient", "clinician", ...guestRoles]).meta({
  id: "Party",
  description: "Who somebody is in a visit.",
});
export const principal = z.enum(["patient", "clinician"]);
export const guestRole = z.enum(guestRoles);
export const visitStatus = z.enum(visitStatuses).meta({
  id: "VisitStatus",
  description:
    "SCHEDULED and ACTIVE are open; nothing reopens a visit that is COMPLETED, CANCELLED or NO_SHOW.",
});
export const channel = z.enum(["sms", "email", "both"]);
export const route = z.enum(["meeting", "connect"]);
const messageStates = [
  "queued",
  "sent",
  "delivered",
  "bounced",
  "undeliverable",
  "opted-out",
  "failed",
  "dropped",
] as const satisfies readonly MessageState[];
export const messageState = z.enum(messageStates).meta({
  id: "MessageState",
  description: "What became of a message, as far as the provider has told.",
});
export const linkStatus = z.enum(["ISSUED", "OPENED", "REDEEMED", "EXPIRED", "REVOKED"]).meta({
  id: "LinkStatus",
  description: "What became of a link.",
});
export const revokedBecause = z
  .enum(["replaced", "uninvited", "closed", ...revokeReasons])
  .nullable()
  .describe("Why it was taken back, where it was.");
export const maskedPhone = z.string().nullable().describe("Masked.");
export const maskedEmail = z.string().nullable().describe("Masked.");
