import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Repeats } from "@/lib/kernel/recurrence";
import { bytea, moment } from "./columns";
import { customers } from "./customers";
import { staff } from "./staff";

/** Visits that were booked together. Never changed: what became of each of them stands in `video_visits`. */
export const visitSeries = pgTable("visit_series", {
  /** Chosen by whoever booked: the same booking, sent twice, is one. */
  id: uuid("id").primaryKey(),
  patientId: uuid("patient_id")
    .notNull()
    .references(() => customers.id),
  clinicianId: uuid("clinician_id")
    .notNull()
    .references(() => staff.id),
  repeats: text("repeats").$type<Repeats>().notNull(),
  /** IANA: by whose clocks the visits keep their time of day. */
  timeZone: text("time_zone").notNull(),
  /** 2–26: how many were booked. */
  visits: integer("visits").notNull(),
  /** SHA-256 of what was asked for, without what was said in confidence. */
  requestHash: bytea("request_hash").notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: moment("created_at").notNull(),
});
