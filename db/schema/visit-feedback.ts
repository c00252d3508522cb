import { jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Measured, SurveyAnswer, TroubleKind } from "@/lib/kernel/measured";
import type { Party } from "@/lib/kernel/party";
import { moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** How it was, in a patient's own choice of three. One answer for each link; never changed. */
export const visitSurveys = pgTable("visit_surveys", {
  voucherId: uuid("voucher_id")
    .primaryKey()
    .references(() => vouchers.id),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  answer: text("answer").$type<SurveyAnswer>().notNull(),
  createdAt: moment("created_at").notNull(),
});

/** Technical trouble and the call's own measurements (`Measured`). Nothing in it is about a person's health; never changed. */
export const visitTroubles = pgTable("visit_troubles", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
  party: text("party").$type<Party>().notNull(),
  what: text("what").$type<TroubleKind>().notNull(),
  measured: jsonb("measured").$type<Measured>().notNull(),
  createdAt: moment("created_at").notNull(),
});
