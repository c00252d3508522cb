import { and, asc, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db, Tx } from "@/db/as-actor";
import { clinicianPatients, customers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { isUuid } from "@/lib/kernel/uuid";
import { entryOf, type PatientEntry } from "./entry";
import { isClinician, patientsAtMost, searchPatients } from "./search-patients";

/** `customers`: whom another book knows too; `account`: who signs in themselves. */
export const patientKinds = ["customers", "account"] as const;
export type PatientFilter = {
  q?: string;
  state?: string;
  tier?: string;
  kind?: (typeof patientKinds)[number];
};
/**
 * Patients by name, as far as the actor may see them. `q`: as `searchPatients` says. Each search is recorded, its words are not.
 *
 * @returns `tooMany`: more fit than a list is any help with; type more. Then these are some of them.
 */
export async function listPatients(
  deps: { db: Db },
  { actor, limit = 50, ...asked }: PatientFilter & { actor: Actor; limit?: number; cursor?: string },
): Promise<{ patients: PatientEntry[]; nextCursor: string | null; tooMany: boolean }> {
  return deps.db.asActor(actor, async (tx) => {
    const page = await readPatientPage(tx, { actor, ...asked, limit: Math.min(100, Math.max(1, limit)) });
    await recordAudit(tx, {
      event: "PATIENTS_LISTED",
      actor,
      metadata: { count: page.patients.length, searched: Boolean(asked.q?.trim()) },
    });
    return page;
  });
}

/** The same inside a transaction, of any size, and recorded by whoever asks. */
export async function readPatientPage(
  tx: Tx,
  { actor, q, limit, cursor, ...filter }: PatientFilter & { actor: Actor; limit: number; cursor?: string },
): Promise<{ patients: PatientEntry[]; nextCursor: string | null; tooMany: boolean }> {
  const found = await searchPatients(tx, actor, q);
  const meant = found?.slice(0, patientsAtMost);
  const ids = meant ?? (await nextOwn(tx, actor, { ...filter, cursor, limit: limit + 1 }));
  const rows =
    ids?.length === 0
      ? []
      : await tx
          .select()
          .from(customers)
          .where(and(ids && inArray(customers.id, ids), fits(filter), after(customers, cursor)))
          .orderBy(asc(customers.lastKey), asc(customers.firstKey), asc(customers.id))
          .limit(limit + 1);
  const page = rows.slice(0, limit);
  const end = page.at(-1);
  return {
    patients: page.map(entryOf),
    nextCursor: rows.length > limit && end ? writeCursor([end.lastKey, end.firstKey, end.id]) : null,
    tooMany: (found?.length ?? 0) > patientsAtMost,
  };
}

/** Each alone is a range of an index in the order of names (migration 0150). */
const fits = ({ state, tier, kind }: Omit<PatientFilter, "q">): SQL | undefined =>
  and(
    state ? eq(customers.state, state) : undefined,
    tier ? eq(customers.tier, tier) : undefined,
    kind === "customers" ? isNotNull(customers.externalId) : undefined,
    kind === "account" ? isNotNull(customers.sub) : undefined,
  );

/**
 * A clinician's next patients by name; undefined where the actor's list is everybody's. A few among very many are not found by looking at each:
 * every way to narrow them has an index (migration 0157).
 */
async function nextOwn(
  tx: Tx,
  actor: Actor,
  { state, tier, kind, cursor, limit }: Omit<PatientFilter, "q"> & { cursor?: string; limit: number },
): Promise<string[] | undefined> {
  if (!isClinician(actor)) return undefined;
  const { clinicianId, patientId: id, lastKey, firstKey, ...own } = clinicianPatients;
  const rows = await tx
    .select({ id })
    .from(clinicianPatients)
    .where(
      and(
        eq(clinicianId, actor.id),
        state ? eq(own.state, state) : undefined,
        tier ? eq(own.tier, tier) : undefined,
        kind === "customers" ? own.inOtherBook : undefined,
        kind === "account" ? own.hasAccount : undefined,
        after({ lastKey, firstKey, id }, cursor),
      ),
    )
    .orderBy(asc(lastKey), asc(firstKey), asc(id))
    .limit(limit);
  return rows.map((row) => row.id);
}

function after(
  { lastKey, firstKey, id }: Record<"lastKey" | "firstKey" | "id", PgColumn>,
  cursor: string | undefined,
): SQL | undefined {
  const [last, first, at] = readCursor(cursor) ?? [];
  if (last === undefined || first === undefined || !at || !isUuid(at)) return undefined;
  return sql`(${lastKey}, ${firstKey}, ${id}) > (${last}, ${first}, ${at}::uuid)`;
}

/** The name of one patient, to head a list with; null: nobody whom the actor may see. */
export async function patientName(
  deps: { db: Db },
  { actor, patientId }: { actor: Actor; patientId: string },
): Promise<string | null> {
  const [row] = await deps.db.asActor(actor, (tx) =>
    tx
      .select({ firstName: customers.firstName, lastName: customers.lastName })
      .from(customers)
      .where(eq(customers.id, patientId)),
  );
  return row ? `${row.firstName} ${row.lastName}` : null;
}
