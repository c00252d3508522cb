import { pgTable, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./columns";
import { vouchers } from "./vouchers";

/** The code of a live link, sealed, so that a reminder can carry it again. Its row goes when the link is spent, revoked or expired. */
export const linkCodes = pgTable("link_codes", {
  voucherId: uuid("voucher_id")
    .primaryKey()
    .references(() => vouchers.id),
  sealed: bytea("sealed").notNull(),
});
