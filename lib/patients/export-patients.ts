import type { Db } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { PatientEntry } from "./entry";
import { type PatientFilter, readPatientPage } from "./list-patients";

/** Patients of an export that are held in memory, and read in one transaction, at a time. */
const pageSize = 500;

/**
 * The list of patients, whole, contacts masked: pages as the reader takes them, each in a transaction of its own. The first commits together
 * with the record that the list was taken; the words of a search are not in it.
 */
export async function exportPatients(
  deps: { db: Db },
  { actor, ...filter }: PatientFilter & { actor: Actor },
): Promise<AsyncGenerator<PatientEntry[]>> {
  const { q, ...told } = filter;
  const read = (cursor?: string, begin = false) =>
    deps.db.asActor(actor, async (tx) => {
      if (begin)
        await recordAudit(tx, {
          event: "PATIENTS_EXPORTED",
          actor,
          metadata: { ...told, searched: Boolean(q?.trim()) },
        });
      return readPatientPage(tx, { actor, ...filter, cursor, limit: pageSize });
    });
  const first = await read(undefined, true);
  async function* pages() {
    let page = first;
    yield page.patients;
    while (page.nextCursor) {
      page = await read(page.nextCursor);
      yield page.patients;
    }
  }
  return pages();
}
