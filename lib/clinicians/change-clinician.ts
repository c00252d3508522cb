import { and, eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { staff, staffDaysOff, staffHours, staffLicences } from "@/db/schema";
import type { AuditEvent } from "@/lib/audit/events";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUsState } from "@/lib/kernel/us-states";
import { isUuid } from "@/lib/kernel/uuid";
import { type DaysOff, type Hours, isWeek } from "./availability";

type Deps = { db: Db };
type Of<Change> = { actor: Actor; clinicianId: string } & Change;
type Unknown = { code: "FORBIDDEN" } | { code: "CLINICIAN_UNKNOWN" };
/** 422: what must be put right. */
type Invalid<Field extends string> = { code: "INPUT_INVALID"; fields: Field[] };

export type LicenceRefusal = Unknown | Invalid<"state" | "number" | "expiresOn">;
export type HoursRefusal = Unknown | Invalid<"hours">;
/** A spell has a year at most. */
export type DaysOffRefusal = Unknown | Invalid<"firstDay" | "lastDay">;

/** Keeps a licence; one for the same state is replaced. `number`: up to 40 letters. */
export async function keepLicence(
  deps: Deps,
  { actor, clinicianId, state, number, expiresOn }: Of<{ state: string; number: string; expiresOn: string }>,
): Promise<Result<void, LicenceRefusal>> {
  const fields: ("state" | "number" | "expiresOn")[] = [];
  const clean = number.trim();
  if (!isUsState(state)) fields.push("state");
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,39}$/u.test(clean)) fields.push("number");
  if (!isDay(expiresOn)) fields.push("expiresOn");
  if (fields.length > 0) return err({ code: "INPUT_INVALID", fields });
  const change = { number: clean, expiresOn };
  return changeOf(deps, { actor, clinicianId }, "CLINICIAN_LICENCE_KEPT", async (tx) => {
    await tx
      .insert(staffLicences)
      .values({ staffId: clinicianId, state, ...change })
      .onConflictDoUpdate({ target: [staffLicences.staffId, staffLicences.state], set: change });
    return { state, ...change };
  });
}

/** Takes a licence away. Visits booked on the strength of it stay. */
export async function removeLicence(
  deps: Deps,
  { actor, clinicianId, state }: Of<{ state: string }>,
): Promise<Result<void, Unknown>> {
  return changeOf(deps, { actor, clinicianId }, "CLINICIAN_LICENCE_REMOVED", async (tx) => {
    const [gone] = await tx
      .delete(staffLicences)
      .where(and(eq(staffLicences.staffId, clinicianId), eq(staffLicences.state, state)))
      .returning({ number: staffLicences.number, expiresOn: staffLicences.expiresOn });
    return gone ? { state, ...gone } : null;
  });
}

/** The whole week anew, by the clocks of the clinician's own zone. None: nothing is said of their hours. */
export async function setHours(
  deps: Deps,
  { actor, clinicianId, hours }: Of<{ hours: readonly Hours[] }>,
): Promise<Result<void, HoursRefusal>> {
  if (!isWeek(hours)) return err({ code: "INPUT_INVALID", fields: ["hours"] });
  return changeOf(deps, { actor, clinicianId }, "CLINICIAN_HOURS_SET", async (tx) => {
    await tx.delete(staffHours).where(eq(staffHours.staffId, clinicianId));
    if (hours.length > 0)
      await tx.insert(staffHours).values(
        hours.map(({ weekday, fromMinute, toMinute }) => ({
          staffId: clinicianId,
          weekday,
          fromMinute,
          toMinute,
        })),
      );
    return { hours };
  });
}

/** Adds days off; a spell that begins on the same day is replaced. Visits booked for those days stay. */
export async function addDaysOff(
  deps: Deps,
  { actor, clinicianId, firstDay, lastDay }: Of<DaysOff>,
): Promise<Result<void, DaysOffRefusal>> {
  const fields: ("firstDay" | "lastDay")[] = [];
  if (!isDay(firstDay)) fields.push("firstDay");
  const days = (Date.parse(lastDay) - Date.parse(firstDay)) / 86_400_000;
  if (!isDay(lastDay) || days < 0 || days > 365) fields.push("lastDay");
  if (fields.length > 0) return err({ code: "INPUT_INVALID", fields });
  return changeOf(deps, { actor, clinicianId }, "CLINICIAN_DAYS_OFF_ADDED", async (tx) => {
    await tx
      .insert(staffDaysOff)
      .values({ staffId: clinicianId, firstDay, lastDay })
      .onConflictDoUpdate({ target: [staffDaysOff.staffId, staffDaysOff.firstDay], set: { lastDay } });
    return { firstDay, lastDay };
  });
}

export async function removeDaysOff(
  deps: Deps,
  { actor, clinicianId, firstDay }: Of<{ firstDay: string }>,
): Promise<Result<void, Unknown | Invalid<"firstDay">>> {
  if (!isDay(firstDay)) return err({ code: "INPUT_INVALID", fields: ["firstDay"] });
  return changeOf(deps, { actor, clinicianId }, "CLINICIAN_DAYS_OFF_REMOVED", async (tx) => {
    const [gone] = await tx
      .delete(staffDaysOff)
      .where(and(eq(staffDaysOff.staffId, clinicianId), eq(staffDaysOff.firstDay, firstDay)))
      .returning({ firstDay: staffDaysOff.firstDay, lastDay: staffDaysOff.lastDay });
    return gone ?? null;
  });
}

/** Who may, whom it is about, the change and its record: together or not at all. A change of nothing (null) is not recorded. */
async function changeOf(
  deps: Deps,
  { actor, clinicianId }: { actor: Actor; clinicianId: string },
  event: AuditEvent,
  change: (tx: Tx) => Promise<Record<string, unknown> | null>,
): Promise<Result<void, Unknown>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  if (!isUuid(clinicianId)) return err({ code: "CLINICIAN_UNKNOWN" });
  return deps.db.asActor(actor, async (tx): Promise<Result<void, Unknown>> => {
    // Locked: of two who change the same person's week at once, the record tells who came last.
    const [clinician] = await tx
      .select({ role: staff.role })
      .from(staff)
      .where(eq(staff.id, clinicianId))
      .for("no key update");
    if (clinician?.role !== "clinician") return err({ code: "CLINICIAN_UNKNOWN" });
    const changed = await change(tx);
    if (changed) await recordAudit(tx, { event, actor, metadata: { clinicianId, ...changed } });
    return ok(undefined);
  });
}

/** A day that the calendar has: `YYYY-MM-DD`. */
function isDay(day: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(day)) return false;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}
