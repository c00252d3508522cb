import { boolean, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Hex } from "@/lib/kernel/palette";
import { bytea, moment } from "./columns";

/** The one clinic of this installation, once an administrator has saved it. `quiet_*`: `HH:MM` on the reader's clock. */
export const clinics = pgTable("clinics", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  /** E.164. */
  phone: text("phone").notNull(),
  quietFrom: text("quiet_from").notNull(),
  quietTo: text("quiet_to").notNull(),
  /** What is written in calls is kept with the visit. */
  keepChat: boolean("keep_chat").notNull().default(false),
  /** How long recordings are kept; null: nothing is recorded. */
  recordingDays: integer("recording_days"),
  /** `#rrggbb`; null: our own colour. */
  accent: text("accent").$type<Hex>(),
  /** Of `clinic_logos`; pixels. All three or none (a CHECK). */
  logoVersion: text("logo_version"),
  logoWidth: integer("logo_width"),
  logoHeight: integer("logo_height"),
  remindDay: boolean("remind_day").notNull().default(true),
  /** `HH:MM` on the reader's clock; null: the visit's own time. */
  remindDayAt: text("remind_day_at"),
  remindHours: boolean("remind_hours").notNull().default(true),
  remindHoursBefore: integer("remind_hours_before").notNull().default(1),
  updatedAt: moment("updated_at").notNull(),
  updatedBy: text("updated_by").notNull(),
});

/** The clinic's own words for a message; where there is no row, ours are used. */
export const messageWordings = pgTable(
  "message_wordings",
  {
    template: text("template").notNull(),
    locale: text("locale").$type<"en" | "es" | "ar">().notNull(),
    part: text("part").$type<"sms" | "subject" | "opening">().notNull(),
    words: text("words").notNull(),
    updatedAt: moment("updated_at").notNull(),
    updatedBy: text("updated_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.template, table.locale, table.part] })],
);

/** The clinic's logo, cleaned (`lib/kernel/png.ts`); one at most. `version`: its hash. */
export const clinicLogos = pgTable("clinic_logos", {
  version: text("version").primaryKey(),
  png: bytea("png").notNull(),
});
