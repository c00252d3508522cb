import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { VisitSummary } from "./answers";
import type { Need } from "./deps";
import { readVisitPage, type VisitFilter } from "./list-visits";

/** Visits of an export that are held in memory, and read in one transaction, at a time. */
const pageSize = 500;

/**
 * The list of visits, whole: pages as the reader takes them, each in a transaction of its own, so that a slow reader holds none open. The
 * first commits together with the record that the list was taken.
 */
export async function exportVisits(
  deps: Need<"db" | "clock">,
  { actor, ...filter }: VisitFilter & { actor: Actor },
): Promise<AsyncGenerator<VisitSummary[]>> {
  const read = (cursor?: string, begin = false) =>
    deps.db.asActor(actor, async (tx) => {
      if (begin) await recordAudit(tx, { event: "VISITS_EXPORTED", actor, metadata: describe(filter) });
      return readVisitPage(tx, deps.clock.now(), { actor, ...filter, cursor, limit: pageSize });
    });
  const first = await read(undefined, true);
  async function* pages() {
    let page = first;
    yield page.visits;
    while (page.nextCursor) {
      page = await read(page.nextCursor);
      yield page.visits;
    }
  }
  return pages();
}

const describe = ({ from, to, ...rest }: VisitFilter): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ ...rest, from: from?.toISOString(), to: to?.toISOString() }).filter(
      ([, value]) => value !== undefined,
    ),
  );
