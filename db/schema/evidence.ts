import { text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

const visitId = () =>
  uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id);

/** What is written down of a visit by the holder of one of its links: whose row it is. */
export const byLink = () => ({
  id: uuid("id").primaryKey(),
  visitId: visitId(),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
});

/** The same, with who they were in it. */
export const byParty = () => ({ ...byLink(), party: text("party").$type<Party>().notNull() });

/** One row of each link. */
export const onceByLink = () => ({
  voucherId: uuid("voucher_id")
    .primaryKey()
    .references(() => vouchers.id),
  visitId: visitId(),
});
