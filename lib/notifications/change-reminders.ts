import type { Db } from "@/db/as-actor";
import { clinics } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Forbidden, mayChange, wallClock } from "./change-clinic";
import { forgetClinic, readClinic } from "./clinic";
import type { ReminderRules } from "./reminder-moment";

export type RemindersRefusal =
  | Forbidden
  /** `at`: no time of day. `before`: no whole hour from 1 to 12. */
  | { code: "INPUT_INVALID"; fields: ("at" | "before")[] };

/** Says when patients are reminded. What was queued before goes as it was queued; nobody is reminded of the same start twice. */
export async function changeReminders(
  deps: { db: Db; clock: Clock; env: Env },
  { actor, rules }: { actor: Actor; rules: ReminderRules },
): Promise<Result<ReminderRules, RemindersRefusal>> {
  if (!mayChange(actor)) return err({ code: "FORBIDDEN" });
  const { day, hours } = rules;
  const fields: ("at" | "before")[] = [];
  if (day.at !== null && !wallClock.test(day.at)) fields.push("at");
  if (!Number.isInteger(hours.before) || hours.before < 1 || hours.before > 12) fields.push("before");
  if (fields.length > 0) return err({ code: "INPUT_INVALID", fields });
  const row = {
    remindDay: day.on,
    remindDayAt: day.at,
    remindHours: hours.on,
    remindHoursBefore: hours.before,
    updatedAt: deps.clock.now(),
    updatedBy: actor.id,
  };
  await deps.db.asActor(actor, async (tx) => {
    const { name, phone, quiet } = await readClinic(tx, deps.env);
    await tx
      .insert(clinics)
      .values({ id: "main", name, phone, quietFrom: quiet.from, quietTo: quiet.to, ...row })
      .onConflictDoUpdate({ target: clinics.id, set: row });
    await recordAudit(tx, {
      event: "CLINIC_CHANGED",
      actor,
      metadata: {
        remindDay: day.on,
        remindDayAt: day.at,
        remindHours: hours.on,
        remindHoursBefore: hours.before,
      },
    });
  });
  forgetClinic(deps.db);
  return ok(rules);
}
