import type { Db, Tx } from "@/db/as-actor";
import { clinics, messageWordings } from "@/db/schema";
import type { Env } from "@/lib/env";
import type { Clock } from "@/lib/kernel/clock";
import type { Hex } from "@/lib/kernel/palette";
import type { AnyTemplate, MessageLocale } from "./message";
import type { Part } from "./placeholders";
import { defaultQuietHours, type QuietHours } from "./quiet-hours";
import { defaultReminders, type ReminderRules } from "./reminder-moment";

/** What the clinic looks like. `accent` null: our own colour. The logo's `version` is its hash; pixels. */
type Brand = { accent: Hex | null; logo: { version: string; width: number; height: number } | null };

/** How the clinic calls itself, when it keeps quiet, and what it says in words of its own. The one source of all three. */
export type Clinic = {
  name: string;
  /** E.164. */
  phone: string;
  quiet: QuietHours;
  reminders: ReminderRules;
  /** What is written in calls is kept with the visit. */
  keepChat: boolean;
  /** How long recordings of audio rooms are kept; null: nothing is recorded. */
  recordingDays: number | null;
  brand: Brand;
  /** By `template/locale/part`. */
  wordings: ReadonlyMap<WordingKey, string>;
};
type WordingKey = `${AnyTemplate}/${MessageLocale}/${Part}`;

/** As it stands in the database; before an administrator has saved anything, as the environment says. */
export async function readClinic(tx: Tx, env: Pick<Env, "CLINIC_NAME" | "CLINIC_PHONE">): Promise<Clinic> {
  const [row] = await tx.select().from(clinics);
  const rows = await tx.select().from(messageWordings);
  return {
    name: row?.name ?? env.CLINIC_NAME,
    phone: row?.phone ?? env.CLINIC_PHONE,
    quiet: row ? { from: row.quietFrom, to: row.quietTo } : defaultQuietHours,
    reminders: row
      ? {
          day: { on: row.remindDay, at: row.remindDayAt },
          hours: { on: row.remindHours, before: row.remindHoursBefore },
        }
      : defaultReminders,
    keepChat: row?.keepChat ?? false,
    recordingDays: row?.recordingDays ?? null,
    brand: { accent: row?.accent ?? null, logo: row ? logoOf(row) : null },
    wordings: new Map(
      rows.map(({ template, locale, part, words }) => [
        `${template as AnyTemplate}/${locale}/${part}` as const,
        words,
      ]),
    ),
  };
}

function logoOf({ logoVersion, logoWidth, logoHeight }: typeof clinics.$inferSelect): Brand["logo"] {
  if (!logoVersion || !logoWidth || !logoHeight) return null;
  return { version: logoVersion, width: logoWidth, height: logoHeight };
}

/** A saved change is everywhere within this time. Milliseconds. */
const freshMs = 5_000;
const known = new WeakMap<Db, { at: number; clinic: Promise<Clinic> }>();

/** For pages and the worker: read at most every 5 seconds in each process, so that no door waits for it. */
export function clinicOf(deps: { db: Db; clock: Clock; env: Env }): Promise<Clinic> {
  const now = deps.clock.now().getTime();
  const last = known.get(deps.db);
  if (last && now - last.at < freshMs && now >= last.at) return last.clinic;
  const clinic = deps.db.asActor({ kind: "system", name: "door" }, (tx) => readClinic(tx, deps.env));
  known.set(deps.db, { at: now, clinic });
  clinic.catch(() => known.delete(deps.db)); // the next caller tries again
  return clinic;
}

/** After a change: this process shows it at once. */
export const forgetClinic = (db: Db) => void known.delete(db);
