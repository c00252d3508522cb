import { and, eq, gt, isNull, lt } from "drizzle-orm";
import { videoVisits } from "@/db/schema";
import { whyUnavailable } from "@/lib/clinicians/availability";
import { findClinician } from "@/lib/clinicians/roster";
import type { Actor } from "@/lib/kernel/actor";
import type { Need } from "./deps";
import { maySchedule } from "./schedule-visit";
import { longestVisitMs } from "./window";

const minuteMs = 60_000;
/** Starts are offered on the half hour, those of short visits on the quarter. Minutes. */
const stepOf = (duration: number) => (duration < 30 ? 15 : 30);

type Asked = {
  actor: Actor;
  clinicianId: string;
  /** Starts from the first to before the second; the first is on a step. */
  from: Date;
  to: Date;
  /** Planned minutes. */
  duration: number;
};

/**
 * When a visit with this clinician could begin: within the hours that they have said, on none of their days off, beside their other visits, and not in
 * the past. Earliest first. Promises nothing: somebody else may take the time. Null: their hours are not on file, so nothing is known.
 */
export async function freeTimes(
  deps: Need<"db" | "clock">,
  { actor, clinicianId, from, to, duration }: Asked,
): Promise<Date[] | null> {
  if (!maySchedule(actor, clinicianId)) return null;
  const found = await deps.db.asActor(actor, async (tx) => {
    const clinician = await findClinician(tx, clinicianId);
    if (!clinician || clinician.hours.length === 0) return null;
    const taken = await tx
      .select({ at: videoVisits.scheduledAt, minutes: videoVisits.durationMinutes })
      .from(videoVisits)
      .where(
        and(
          eq(videoVisits.clinicianId, clinicianId),
          gt(videoVisits.scheduledAt, new Date(from.getTime() - longestVisitMs)),
          lt(videoVisits.scheduledAt, new Date(to.getTime() + duration * minuteMs)),
          isNull(videoVisits.cancelledAt),
        ),
      );
    return { clinician, taken };
  });
  if (!found) return null;
  const busy = found.taken.map(
    ({ at, minutes }) => [at.getTime(), at.getTime() + minutes * minuteMs] as const,
  );
  const first = Math.max(from.getTime(), deps.clock.now().getTime());
  const free: Date[] = [];
  for (let at = from.getTime(); at < to.getTime(); at += stepOf(duration) * minuteMs) {
    const end = at + duration * minuteMs;
    if (at < first || busy.some(([begins, ends]) => begins < end && at < ends)) continue;
    const start = new Date(at);
    if (whyUnavailable(found.clinician, { at: start, durationMinutes: duration }) === null) free.push(start);
  }
  return free;
}
