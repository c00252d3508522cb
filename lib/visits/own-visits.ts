import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { staff, timeRequests, videoVisits } from "@/db/schema";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { isUuid } from "@/lib/kernel/uuid";
import type { Need } from "./deps";
import { isFine, lastChecks } from "./device-check";
import { type ListedVisit, listedColumns } from "./find-visit";
import { doorOpensAt, type Patient } from "./own-visit";
import { secondsBetween } from "./refusals";
import { isOpen, statusOf, type VisitStatus } from "./status";
import { openSaid, type RequestRow } from "./time-requests";
import { plannedEndOf, windowEndsAt } from "./window";

/** A visit as its patient reads it on their own page: nothing clinical, nothing of whoever else is asked. Instants are ISO 8601 strings. */
export type OwnVisit = {
  visitId: string;
  status: VisitStatus;
  scheduledAt: string;
  /** Planned minutes. */
  duration: number;
  /** The last moment to join. */
  expiresAt: string;
  /** From then on the page opens the door. */
  doorOpensAt: string;
  /** "Dr. Jane": title and first name, as messages say it. */
  clinician: string;
  startedAt: string | null;
  endedAt: string | null;
  /** Minutes from first to last, once it is over. */
  lastedMinutes: number | null;
  lateMinutes: number | null;
  lateUntil: string | null;
  /** Null: not tried yet. */
  check: { at: string; fine: boolean } | null;
  /** What they asked last, as far as it still tells something. */
  request: OwnRequest | null;
};
type OwnRequest = {
  kind: RequestRow["kind"];
  wishes: RequestRow["wishes"];
  /** What they said themselves. */
  words: string | null;
  askedAt: string;
  outcome: RequestRow["outcome"];
  /** What the clinic said to it. */
  answer: string | null;
};
export type OwnVisits = {
  /** To come, the next one first; those that were called off stand there until their time is over. At most 50. */
  coming: OwnVisit[];
  /** Over, the newest first. */
  past: OwnVisit[];
  nextCursor: string | null;
};

const comingMax = 50;
/** The longest visit, and the time to join after it. */
const longestMs = (480 + 15) * 60_000;

/** A patient's visits. The first page brings what is to come; `cursor` leads on through the past. An unreadable one starts anew. */
export async function listOwnVisits(
  deps: Need<"db" | "clock" | "cipher">,
  { patient, cursor, limit = 10 }: { patient: Patient; cursor?: string; limit?: number },
): Promise<OwnVisits> {
  const now = deps.clock.now();
  const size = Math.min(100, Math.max(1, limit));
  const place = after(cursor);
  const read = await deps.db.asActor(patient, async (tx) => {
    const own = eq(videoVisits.patientId, patient.id);
    const coming = place
      ? []
      : await tx
          .select(columns)
          .from(videoVisits)
          .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
          .where(and(own, gt(videoVisits.scheduledAt, new Date(now.getTime() - longestMs)), isToCome(now)))
          .orderBy(asc(videoVisits.scheduledAt), asc(videoVisits.id))
          .limit(comingMax);
    const past = await tx
      .select(columns)
      .from(videoVisits)
      .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
      .where(and(own, place, not(isToCome(now))))
      .orderBy(desc(videoVisits.scheduledAt), desc(videoVisits.id))
      .limit(size + 1);
    const ids = [...coming, ...past].map(({ visit }) => visit.id);
    return { coming, past, checks: await lastChecks(tx, ids), requests: await lastRequests(tx, ids) };
  });
  const describe = (row: Row) =>
    ownVisit(deps, row, {
      check: read.checks.get(row.visit.id) ?? null,
      request: read.requests.get(row.visit.id) ?? null,
    });
  const page = read.past.slice(0, size);
  const last = page.at(-1)?.visit;
  return {
    coming: await Promise.all(read.coming.map(describe)),
    past: await Promise.all(page.map(describe)),
    nextCursor:
      read.past.length > size && last ? writeCursor([last.scheduledAt.toISOString(), last.id]) : null,
  };
}

const columns = {
  visit: listedColumns.visit,
  clinician: { title: staff.title, firstName: staff.firstName },
};
type Row = { visit: ListedVisit["visit"]; clinician: { title: string | null; firstName: string } };

/** Neither over nor held. */
function isToCome(now: Date): SQL {
  const { endedAt, noShowAt, during } = videoVisits;
  const joinable = sql`upper(${during}) > ${new Date(now.getTime() - 15 * 60_000).toISOString()}::timestamptz`;
  return and(isNull(endedAt), isNull(noShowAt), joinable)!;
}

function after(cursor: string | undefined): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  const from = new Date(at);
  const { scheduledAt, id: visitId } = videoVisits;
  return and(lte(scheduledAt, from), or(lt(scheduledAt, from), and(eq(scheduledAt, from), lt(visitId, id))));
}

async function lastRequests(tx: Tx, visitIds: readonly string[]): Promise<Map<string, RequestRow>> {
  const rows = await tx
    .selectDistinctOn([timeRequests.visitId])
    .from(timeRequests)
    .where(and(inArray(timeRequests.visitId, [...visitIds]), isNull(timeRequests.withdrawnAt)))
    .orderBy(timeRequests.visitId, desc(timeRequests.createdAt), desc(timeRequests.id));
  return new Map(rows.map((row) => [row.visitId, row]));
}

async function ownVisit(
  deps: Need<"cipher">,
  { visit, clinician }: Row,
  {
    check,
    request,
  }: {
    check: (Parameters<typeof isFine>[0] & { at: Date }) | null;
    request: RequestRow | null;
  },
): Promise<OwnVisit> {
  const status = statusOf(visit);
  const seconds = secondsBetween(visit.startedAt, visit.endedAt);
  return {
    visitId: visit.id,
    status,
    scheduledAt: visit.scheduledAt.toISOString(),
    duration: visit.durationMinutes,
    expiresAt: windowEndsAt(visit).toISOString(),
    doorOpensAt: doorOpensAt(visit).toISOString(),
    clinician: [clinician.title, clinician.firstName].filter(Boolean).join("\u00a0"),
    startedAt: visit.startedAt?.toISOString() ?? null,
    endedAt: visit.endedAt?.toISOString() ?? null,
    lastedMinutes: seconds === null ? null : Math.max(1, Math.round(seconds / 60)),
    lateMinutes: isOpen(status) ? visit.lateMinutes : null,
    lateUntil: isOpen(status) ? (visit.lateUntil?.toISOString() ?? null) : null,
    check: check && { at: check.at.toISOString(), fine: isFine(check) },
    request: request && {
      kind: request.kind,
      wishes: request.wishes,
      words: await openSaid(deps, request, "words"),
      askedAt: request.createdAt.toISOString(),
      outcome: request.outcome,
      answer: await openSaid(deps, request, "answer"),
    },
  };
}

/** When the page that shows these visits will have something else to say: a door opens, a visit begins or is over. Null: never. */
export function nextChangeAt(coming: readonly OwnVisit[], now: Date): Date | null {
  const times = coming
    .filter(({ status }) => isOpen(status))
    .flatMap((visit) => [
      Date.parse(visit.doorOpensAt),
      Date.parse(visit.scheduledAt),
      plannedEndOf({ scheduledAt: new Date(visit.scheduledAt), durationMinutes: visit.duration }).getTime(),
      Date.parse(visit.expiresAt),
    ])
    .filter((at) => at > now.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}
