import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { Measured, SurveyAnswer, TroubleKind } from "@/lib/kernel/measured";
import { moment } from "./columns";
import { byParty, onceByLink } from "./evidence";

/** How it was, in a patient's own choice of three. One answer for each link; never changed. */
export const visitSurveys = pgTable("visit_surveys", {
  ...onceByLink(),
  answer: text("answer").$type<SurveyAnswer>().notNull(),
  createdAt: moment("created_at").notNull(),
});

/** Technical trouble and the call's own measurements (`Measured`). Nothing in it is about a person's health; never changed. */
export const visitTroubles = pgTable("visit_troubles", {
  ...byParty(),
  what: text("what").$type<TroubleKind>().notNull(),
  measured: jsonb("measured").$type<Measured>().notNull(),
  createdAt: moment("created_at").notNull(),
});
