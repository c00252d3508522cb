import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, staff, videoVisits, visitSeats } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { isUuid } from "@/lib/kernel/uuid";
import type { VisitSummary } from "./answers";
import { callAskedSince } from "./call-requests";
import type { Need } from "./deps";
import { summaryOf } from "./describe-visit";
import { listedColumns } from "./find-visit";
import { statusOf, type VisitStatus } from "./status";
import { timeAskedOf } from "./time-requests";

export type ListVisitsInput = {
  actor: Actor;
  /** `from` inclusive, `to` exclusive, on the planned start. */
  from?: Date;
  to?: Date;
  status?: VisitStatus;
  clinicianId?: string;
  patientId?: string;
  /** Those that were cancelled are left out, as the schedule leaves them. */
  without?: "cancelled";
  /** By planned start: earliest first where not given. */
  order?: "asc" | "desc";
  /** 1–100; 50 where not given. */
  limit?: number;
  cursor?: string;
};

export type VisitFilter = Omit<ListVisitsInput, "actor" | "limit" | "cursor">;

/** Visits by planned start, as far as the actor may see them. An unreadable cursor starts at the beginning. */
export async function listVisits(
  deps: Need<"db" | "clock">,
  { actor, limit, cursor, ...filter }: ListVisitsInput,
): Promise<VisitPage> {
  return deps.db.asActor(actor, (tx) =>
    readVisitPage(tx, deps.clock.now(), {
      actor,
      ...filter,
      cursor,
      limit: Math.min(100, Math.max(1, limit ?? 50)),
    }),
  );
}

export type VisitPage = { visits: VisitSummary[]; nextCursor: string | null };

/** The same inside a transaction, of any size. */
export async function readVisitPage(
  tx: Tx,
  now: Date,
  input: ListVisitsInput & { limit: number },
): Promise<VisitPage> {
  const { limit } = input;
  const { clinicianId, patientId } = input;
  if ([clinicianId, patientId].some((id) => id !== undefined && !isUuid(id)))
    return { visits: [], nextCursor: null };
  const along = input.order === "desc" ? desc : asc;
  // The page first, its people after: so the join costs a page, whatever the policies of the people's tables cost. It goes by the table's own name.
  const chosen = tx
    .select(listedColumns.visit)
    .from(videoVisits)
    .where(
      and(
        ownOnly(input.actor),
        input.from && gte(videoVisits.scheduledAt, input.from),
        input.to && lt(videoVisits.scheduledAt, input.to),
        clinicianId ? eq(videoVisits.clinicianId, clinicianId) : undefined,
        patientId ? eq(videoVisits.patientId, patientId) : undefined,
        input.status && hasStatus(input.status),
        input.without && isNull(videoVisits.cancelledAt),
        after(input.cursor, input.order),
      ),
    )
    .orderBy(along(videoVisits.scheduledAt), along(videoVisits.id))
    .limit(limit + 1)
    .as("video_visits");
  const rows = await tx
    .select({
      ...listedColumns,
      callAsked: callAskedSince,
      timeAsked: timeAskedOf,
    })
    .from(chosen)
    .innerJoin(customers, eq(customers.id, videoVisits.patientId))
    .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
    .orderBy(along(videoVisits.scheduledAt), along(videoVisits.id));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const active = page.filter(({ visit }) => statusOf(visit) === "ACTIVE").map(({ visit }) => visit.id);
  const seats =
    active.length === 0 ? [] : await tx.select().from(visitSeats).where(inArray(visitSeats.visitId, active));
  return {
    visits: page.map((row) => {
      const own = seats.filter(({ visitId }) => visitId === row.visit.id);
      return summaryOf(row, { seats: own, callAsked: row.callAsked, timeAsked: row.timeAsked, now });
    }),
    nextCursor:
      rows.length > limit && last ? writeCursor([last.visit.scheduledAt.toISOString(), last.visit.id]) : null,
  };
}

/** What row-level security would filter out one by one, an index need not bring. */
function ownOnly(actor: Actor): SQL | undefined {
  return actor.kind === "person" && actor.role === "clinician"
    ? eq(videoVisits.clinicianId, actor.id)
    : undefined;
}

/** `statusOf`, said in SQL. */
function hasStatus(status: VisitStatus): SQL | undefined {
  const { startedAt, endedAt, cancelledAt, noShowAt } = videoVisits;
  const open = and(isNull(endedAt), isNull(cancelledAt), isNull(noShowAt));
  switch (status) {
    case "CANCELLED":
      return isNotNull(cancelledAt);
    case "COMPLETED":
      return isNotNull(endedAt);
    case "NO_SHOW":
      return isNotNull(noShowAt);
    case "ACTIVE":
      return and(open, isNotNull(startedAt));
    case "SCHEDULED":
      return and(open, isNull(startedAt));
  }
}

function after(cursor: string | undefined, order: "asc" | "desc" = "asc"): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  const from = new Date(at);
  const { scheduledAt, id: visitId } = videoVisits;
  // The first condition alone lets the index start there; the second settles ties.
  return order === "asc"
    ? and(gte(scheduledAt, from), or(gt(scheduledAt, from), and(eq(scheduledAt, from), gt(visitId, id))))
    : and(lte(scheduledAt, from), or(lt(scheduledAt, from), and(eq(scheduledAt, from), lt(visitId, id))));
}
