import { createHash, randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits, visitSeries } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { type Repeats, seriesLeast, seriesMost } from "@/lib/kernel/recurrence";
import { err, ok, type Result } from "@/lib/kernel/result";
import { guestsRefusal } from "./add-guest";
import type { BookedSeries, ScheduledVisit } from "./answers";
import { bookedBy, bookVisit, orderBookings, sealComplaint, type VisitGiven } from "./book-visit";
import type { Need } from "./deps";
import { isDoubleBooking } from "./double-booking";
import { findVisit, type VisitRow } from "./find-visit";
import type { RefusedDate, SeriesRefusal } from "./refusals";
import { maySchedule } from "./schedule-visit";
import { sendLinks } from "./send-links";
import { statusOf } from "./status";
import { refusalsAt } from "./weigh-visit";
import { windowEndsAt } from "./window";

export type BookSeriesInput = VisitGiven & {
  actor: Actor;
  /** Chosen by the caller: whoever sends the same booking twice books once. */
  seriesId: string;
  repeats: Repeats;
  /** IANA: by whose clocks the visits keep their time of day. */
  timeZone: string;
  /** 2–26, as they were chosen: a date of the rule may be left out, or be at another time. */
  times: readonly Date[];
  /** The links of the first visit go out with the booking, and the days of the others. */
  send?: boolean;
};
type Deps = Need<"db" | "clock" | "cipher" | "keyring" | "signer" | "env">;

/** Rivals outside the lock (a single visit that is moved) may still take a time in between. */
const triesMost = 3;

/**
 * Books visits that repeat: all of them or none. A date that cannot be is named, with what stands against it, so that it can be left out.
 * @see docs/decisions/0028-visits-that-repeat.md
 */
export async function bookSeries(
  deps: Deps,
  input: BookSeriesInput,
): Promise<Result<BookedSeries, SeriesRefusal>> {
  if (!maySchedule(input.actor, input.clinicianId)) return err({ code: "FORBIDDEN" });
  if (input.times.length < seriesLeast || input.times.length > seriesMost)
    return err({ code: "SERIES_SIZE", max: seriesMost });
  const many = guestsRefusal(input.guests?.length ?? 0, input.route ?? deps.env.VISIT_ROUTE);
  if (many) return err(many);

  const planned = await Promise.all(
    inOrder(input.times).map(async (scheduledAt, index) => {
      const visitId = randomUUID();
      return { visitId, scheduledAt, place: index + 1, complaint: await sealComplaint(deps, visitId, input) };
    }),
  );
  let idTaken = false;
  for (let tries = 1; ; tries++)
    try {
      return await deps.db.asActor(input.actor, async (tx) => {
        await orderBookings(tx, input.clinicianId); // a second press waits here for the first
        return (await bookedBefore(tx, input)) ?? book(deps, tx, input, planned);
      });
    } catch (thrown) {
      if (!isDoubleBooking(thrown) && !isTakenId(thrown)) throw thrown;
      if (idTaken) return err({ code: "SERIES_ID_USED" }); // by a series that this actor may not see
      idTaken = isTakenId(thrown);
      if (tries === triesMost) throw thrown;
    }
}

type Planned = { visitId: string; scheduledAt: Date; place: number; complaint: Buffer | null };

async function book(
  deps: Deps,
  tx: Tx,
  input: BookSeriesInput,
  planned: readonly Planned[],
): Promise<Result<BookedSeries, SeriesRefusal>> {
  const { actor, seriesId, repeats, timeZone, patientId, clinicianId } = input;
  const refused = await refusedDates(tx, deps.clock.now(), input, planned);
  if (!refused.ok) return refused;

  await tx.insert(visitSeries).values({
    id: seriesId,
    patientId,
    clinicianId,
    repeats,
    timeZone,
    visits: planned.length,
    requestHash: requestHash(input),
    createdBy: bookedBy(actor),
    createdAt: deps.clock.now(),
  });
  const visits: ScheduledVisit[] = [];
  for (const { place, ...one } of planned)
    visits.push(await bookVisit(deps, tx, { ...input, ...one, series: { seriesId, place } }));
  return ok({ seriesId, visits, sent: input.send ? await sendFirst(deps, tx, actor, visits) : false });
}

/** Every date is looked at, so that whoever booked learns of all that stand in the way at once. */
async function refusedDates(
  tx: Tx,
  now: Date,
  { duration = 30, ...input }: BookSeriesInput,
  planned: readonly Planned[],
): Promise<Result<null, SeriesRefusal>> {
  const dates: RefusedDate[] = [];
  for (const [index, { scheduledAt: at }] of planned.entries()) {
    const refusals = await refusalsAt(tx, now, { ...input, duration, at, moved: [] });
    const whole = refusals.find(({ code }) => code === "PATIENT_UNKNOWN" || code === "CLINICIAN_UNKNOWN");
    if (whole?.code === "PATIENT_UNKNOWN" || whole?.code === "CLINICIAN_UNKNOWN")
      return err({ code: whole.code });
    const before = planned[index - 1]?.scheduledAt;
    // Two dates of the same series in each other's way: the later one is refused.
    if (before && at.getTime() < before.getTime() + duration * 60_000) refusals.push({ code: "SLOT_TAKEN" });
    if (refusals.length > 0) dates.push({ scheduledAt: at.toISOString(), refusals });
  }
  return dates.length > 0 ? err({ code: "SERIES_DATES_REFUSED", dates }) : ok(null);
}

async function sendFirst(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  visits: readonly ScheduledVisit[],
): Promise<boolean> {
  const found = await findVisit(tx, visits[0]!.visitId);
  if (!found) throw new Error("a visit vanished in the transaction that booked it");
  const { channel } = found.visit;
  const parties = ["patient", "clinician"] as const;
  return (await sendLinks(deps, tx, found, { actor, parties, guests: true, channel, template: "initial" }))
    .ok;
}

/** The answer once more, as its visits are now, where the same booking came before; null where none did. */
async function bookedBefore(
  tx: Tx,
  input: BookSeriesInput,
): Promise<Result<BookedSeries, SeriesRefusal> | null> {
  const { seriesId } = input;
  const [series] = await tx.select().from(visitSeries).where(eq(visitSeries.id, seriesId));
  if (!series) return null;
  if (series.createdBy !== bookedBy(input.actor) || !series.requestHash.equals(requestHash(input)))
    return err({ code: "SERIES_ID_USED" });
  const rows = await tx
    .select()
    .from(videoVisits)
    .where(eq(videoVisits.seriesId, seriesId))
    .orderBy(asc(videoVisits.seriesPlace));
  return ok({ seriesId, visits: rows.map(asScheduled), sent: input.send ?? false });
}

const asScheduled = (visit: VisitRow): ScheduledVisit => ({
  visitId: visit.id,
  status: statusOf(visit),
  scheduledAt: visit.scheduledAt.toISOString(),
  expiresAt: windowEndsAt(visit).toISOString(),
  createdAt: visit.createdAt.toISOString(),
});

const inOrder = (times: readonly Date[]) => [...times].sort((one, other) => one.getTime() - other.getTime());

/** Without the reason and the guests: nothing said in confidence is to be guessed from it. */
function requestHash(input: BookSeriesInput): Buffer {
  const { patientId, clinicianId, repeats, timeZone, duration, visitType, channel, route, send } = input;
  const times = inOrder(input.times).map((at) => at.toISOString());
  const said = {
    patientId,
    clinicianId,
    repeats,
    timeZone,
    times,
    duration,
    visitType,
    channel,
    route,
    send,
  };
  return createHash("sha256").update(JSON.stringify(said)).digest();
}

/** Somebody was faster with the same id (SQLSTATE 23505). */
function isTakenId(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
    if (code === "23505" && constraint_name === "visit_series_pkey") return true;
  }
  return false;
}
