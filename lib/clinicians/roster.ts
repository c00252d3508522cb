import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { staff, staffDaysOff, staffHours, staffLicences } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/uuid";
import type { Availability } from "./availability";

/** One clinician as staff keep them. Licences by state; hours and days off in order. */
export type ClinicianRecord = Availability & {
  clinicianId: string;
  title: string;
  firstName: string;
  lastName: string;
  suspended: boolean;
  /** `expiresOn`: the last day it holds, `YYYY-MM-DD`. */
  licences: { state: string; number: string; expiresOn: string }[];
};

const clinicsLargest = 500;

/** Clinicians by name, as far as the actor may see them: a clinician finds themselves. */
export async function listRoster(deps: { db: Db }, { actor }: { actor: Actor }): Promise<ClinicianRecord[]> {
  return deps.db.asActor(actor, (tx) => readRoster(tx, eq(staff.role, "clinician")));
}

/** Null: nobody whom the actor may see, or no clinician. */
export async function readClinician(
  deps: { db: Db },
  { actor, clinicianId }: { actor: Actor; clinicianId: string },
): Promise<ClinicianRecord | null> {
  return deps.db.asActor(actor, (tx) => findClinician(tx, clinicianId));
}

/** The same inside a transaction. */
export async function findClinician(tx: Tx, clinicianId: string): Promise<ClinicianRecord | null> {
  if (!isUuid(clinicianId)) return null;
  const [found] = await readRoster(tx, and(eq(staff.role, "clinician"), eq(staff.id, clinicianId)));
  return found ?? null;
}

async function readRoster(tx: Tx, which: SQL | undefined): Promise<ClinicianRecord[]> {
  const people = await tx
    .select()
    .from(staff)
    .where(which)
    .orderBy(asc(staff.lastName), asc(staff.firstName), asc(staff.id))
    .limit(clinicsLargest);
  if (people.length === 0) return [];
  const ids = people.map(({ id }) => id);
  const licences = await tx
    .select()
    .from(staffLicences)
    .where(inArray(staffLicences.staffId, ids))
    .orderBy(asc(staffLicences.state));
  const hours = await tx
    .select()
    .from(staffHours)
    .where(inArray(staffHours.staffId, ids))
    .orderBy(asc(staffHours.weekday), asc(staffHours.fromMinute));
  const daysOff = await tx
    .select()
    .from(staffDaysOff)
    .where(inArray(staffDaysOff.staffId, ids))
    .orderBy(asc(staffDaysOff.firstDay));
  const own = <Row extends { staffId: string }>(rows: Row[], id: string) =>
    rows.filter((row) => row.staffId === id).map(({ staffId: _, ...fact }) => fact);
  return people.map((person) => ({
    clinicianId: person.id,
    title: person.title ?? "",
    firstName: person.firstName,
    lastName: person.lastName,
    timeZone: person.timeZone,
    suspended: person.suspendedAt !== null,
    licences: own(licences, person.id),
    hours: own(hours, person.id),
    daysOff: own(daysOff, person.id),
  }));
}
