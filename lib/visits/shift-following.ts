import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits, visitSeries } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { findClinician } from "@/lib/clinicians/roster";
import type { Actor } from "@/lib/kernel/actor";
import { minutesBetween, shifted } from "@/lib/kernel/recurrence";
import { err, ok, type Result } from "@/lib/kernel/result";
import { wallTime } from "@/lib/kernel/wall-time";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import type { ShiftedVisits } from "./answers";
import { orderBookings } from "./book-visit";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { isDoubleBooking } from "./double-booking";
import type { VisitWithPeople } from "./find-visit";
import { lockFollowing } from "./following";
import { forgetCodes } from "./link-codes";
import type { RefusedDate, ShiftRefusal } from "./refusals";
import { statusOf } from "./status";
import { tellChange } from "./tell-change";
import { settleTimeRequest } from "./time-requests";
import { type One, refusalsAt, type Weighed, weighOne } from "./weigh-visit";

export type ShiftInput = {
  actor: Actor;
  visitId: string;
  /** Where this visit goes; the others follow by the same difference on the clocks of the series' zone. */
  scheduledAt: Date;
};
type Move = { found: VisitWithPeople; at: Date };

/**
 * Moves a visit and all of its series that follow: all of them or none. Whoever knew of them is told once, with a link to the first; links
 * that were made for the old times open nothing any more.
 */
export async function shiftFollowing(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  input: ShiftInput,
): Promise<Result<ShiftedVisits, ShiftRefusal>> {
  try {
    return await deps.db.asActor(input.actor, async (tx): Promise<Result<ShiftedVisits, ShiftRefusal>> => {
      const planned = await planShift(tx, input);
      if (!planned.ok) return planned;
      const moves = planned.value;
      const first = moves[0]!.found.visit;
      if (statusOf(first) === "ACTIVE") return err({ code: "VISIT_ACTIVE" });
      await orderBookings(tx, first.clinicianId);
      const dates: RefusedDate[] = [];
      for (const one of asQuestions(moves)) {
        const refusals = await refusalsAt(tx, deps.clock.now(), one);
        if (refusals.length > 0) dates.push({ scheduledAt: one.at.toISOString(), refusals });
      }
      if (dates.length > 0) return err({ code: "SERIES_DATES_REFUSED", dates });

      // None may come to where the next one still stands.
      const later = moves[0]!.at > first.scheduledAt;
      const changed: VisitWithPeople[] = [];
      for (const move of later ? [...moves].reverse() : moves)
        changed.push(await moveOne(deps, tx, move, input.actor));
      if (later) changed.reverse();
      await tellChange(deps, tx, changed, { template: "rescheduled", actor: input.actor });
      return ok({
        visits: changed.map(({ visit }) => ({
          visitId: visit.id,
          scheduledAt: visit.scheduledAt.toISOString(),
        })),
      });
    });
  } catch (thrown) {
    if (!isDoubleBooking(thrown)) throw thrown;
    // A rival outside the lock was faster: asked anew, the database says with what.
    const weighed = await weighShift(deps, input);
    if (!weighed.ok) return weighed;
    const dates = weighed.value.filter(({ refusals }) => refusals.length > 0);
    return err({ code: "SERIES_DATES_REFUSED", dates: dates.map(({ warnings: _, ...date }) => date) });
  }
}

/** What would come of it, date by date. Moves nothing and promises nothing. */
export async function weighShift(
  deps: Need<"db" | "clock">,
  input: ShiftInput,
): Promise<Result<Weighed[], ShiftRefusal>> {
  return deps.db.asActor(input.actor, async (tx): Promise<Result<Weighed[], ShiftRefusal>> => {
    const planned = await planShift(tx, input);
    if (!planned.ok) return planned;
    const clinician = await findClinician(tx, planned.value[0]!.found.visit.clinicianId);
    const weighed: Weighed[] = [];
    for (const one of asQuestions(planned.value))
      weighed.push(await weighOne(tx, deps.clock.now(), clinician, one));
    return ok(weighed);
  });
}

/** Earliest first. A time that the clocks skip moves on by as much as they do. */
async function planShift(tx: Tx, input: ShiftInput): Promise<Result<Move[], ShiftRefusal>> {
  const following = await lockFollowing(tx, input);
  if (!following.ok) return following;
  const [{ visit: first }] = following.value;
  const [series] = await tx.select().from(visitSeries).where(eq(visitSeries.id, first.seriesId!));
  if (!series) throw new Error("a visit names a series that its reader does not see");
  const { timeZone } = series;
  const minutes = minutesBetween(
    wallTime(first.scheduledAt, timeZone),
    wallTime(input.scheduledAt, timeZone),
  );
  return ok(
    following.value.map((found, index) => {
      const { scheduledAt } = found.visit;
      const byClock = new Date(scheduledAt.getTime() + minutes * 60_000);
      const at = shifted(wallTime(scheduledAt, timeZone), minutes, timeZone) ?? byClock;
      return { found, at: index === 0 ? input.scheduledAt : at };
    }),
  );
}

function asQuestions(moves: readonly Move[]): One[] {
  const moved = moves.map(({ found }) => found.visit.id);
  return moves.map(({ found: { visit }, at }) => ({
    patientId: visit.patientId,
    clinicianId: visit.clinicianId,
    duration: visit.durationMinutes,
    at,
    moved,
  }));
}

async function moveOne(
  deps: Need<"clock">,
  tx: Tx,
  { found, at }: Move,
  actor: Actor,
): Promise<VisitWithPeople> {
  const { visit } = found;
  const change = {
    scheduledAt: at,
    calendarSequence: visit.calendarSequence + 1,
    lateMinutes: null,
    lateUntil: null,
  };
  await tx.update(videoVisits).set(change).where(eq(videoVisits.id, visit.id));
  const { revoked } = await revokeVouchers(deps, tx, { visitId: visit.id, reason: "rescheduled", actor });
  await forgetCodes(tx, revoked);
  await settleTimeRequest(tx, { visitId: visit.id, outcome: "moved", actor, now: deps.clock.now() });
  await tellQueue(tx, visit.id);
  await recordAudit(tx, {
    event: "VISIT_RESCHEDULED",
    actor,
    visitId: visit.id,
    metadata: {
      moved: true,
      scheduledAt: at.toISOString(),
      durationMinutes: visit.durationMinutes,
      clinicianId: visit.clinicianId,
    },
  });
  return { ...found, visit: { ...visit, ...change } };
}
