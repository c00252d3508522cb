import { and, asc, eq, gt, ilike, isNull, or, type SQL, sql } from "drizzle-orm";
import { customers, staff, staffLicences } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { readCursor, writeCursor } from "./cursor";
import type { Need } from "./deps";
import { isUuid } from "./find-visit";

export type PatientEntry = {
  patientId: string;
  /** The number by which another book knows them. */
  externalId: string | null;
  tier: string;
  firstName: string;
  lastName: string;
  state: string;
  timeZone: string;
  locale: string;
  /** Masked. */
  phone: string | null;
  email: string | null;
};
export type ClinicianEntry = {
  clinicianId: string;
  title: string;
  firstName: string;
  lastName: string;
  timeZone: string;
  /** Where they are licensed today. */
  states: string[];
};

/** Patients by name, as far as the actor may see them. `q`: the beginning of a first or last name. Each search is recorded, its words are not. */
export async function listPatients(
  deps: Need<"db">,
  { actor, q, limit = 50, cursor }: { actor: Actor; q?: string; limit?: number; cursor?: string },
): Promise<{ patients: PatientEntry[]; nextCursor: string | null }> {
  const size = Math.min(100, Math.max(1, limit));
  return deps.db.asActor(actor, async (tx) => {
    const last = sql<string>`lower(${customers.lastName})`;
    const first = sql<string>`lower(${customers.firstName})`;
    const rows = await tx
      .select()
      .from(customers)
      .where(and(namedLike(q), after(cursor, last, first)))
      .orderBy(asc(last), asc(first), asc(customers.id))
      .limit(size + 1);
    const page = rows.slice(0, size);
    await recordAudit(tx, {
      event: "PATIENTS_LISTED",
      actor,
      metadata: { count: page.length, searched: Boolean(q) },
    });
    const end = page.at(-1);
    return {
      patients: page.map((row) => ({
        patientId: row.id,
        externalId: row.externalId,
        tier: row.tier,
        firstName: row.firstName,
        lastName: row.lastName,
        state: row.state,
        timeZone: row.timeZone,
        locale: row.locale,
        phone: row.phone && maskPhone(row.phone),
        email: row.email && maskEmail(row.email),
      })),
      nextCursor:
        rows.length > size && end
          ? writeCursor([end.lastName.toLowerCase(), end.firstName.toLowerCase(), end.id])
          : null,
    };
  });
}

function namedLike(q: string | undefined): SQL | undefined {
  const words = q?.trim().split(/\s+/).filter(Boolean).slice(0, 4) ?? [];
  const starts = words.map((word) => `${word.replace(/[\\%_]/g, "\\$&")}%`);
  return and(
    ...starts.map((start) => or(ilike(customers.firstName, start), ilike(customers.lastName, start))),
  );
}

function after(cursor: string | undefined, last: SQL<string>, first: SQL<string>): SQL | undefined {
  const [lastName, firstName, id] = readCursor(cursor) ?? [];
  if (lastName === undefined || firstName === undefined || !id || !isUuid(id)) return undefined;
  return sql`(${last}, ${first}, ${customers.id}) > (${lastName}, ${firstName}, ${id}::uuid)`;
}

/** Clinicians who may be booked, by name. */
export async function listClinicians(
  deps: Need<"db" | "clock">,
  { actor }: { actor: Actor },
): Promise<{ clinicians: ClinicianEntry[] }> {
  return deps.db.asActor(actor, async (tx) => {
    const people = await tx
      .select()
      .from(staff)
      .where(and(eq(staff.role, "clinician"), isNull(staff.suspendedAt)))
      .orderBy(asc(staff.lastName), asc(staff.firstName), asc(staff.id))
      .limit(500);
    const yesterday = new Date(deps.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10);
    const licences = await tx.select().from(staffLicences).where(gt(staffLicences.expiresOn, yesterday));
    return {
      clinicians: people.map((person) => ({
        clinicianId: person.id,
        title: person.title ?? "",
        firstName: person.firstName,
        lastName: person.lastName,
        timeZone: person.timeZone,
        states: licences
          .filter((licence) => licence.staffId === person.id)
          .map(({ state }) => state)
          .sort(),
      })),
    };
  });
}
