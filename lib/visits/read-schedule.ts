import { and, asc, eq, gte, isNull, lt } from "drizzle-orm";
import { customers, staff, videoVisits } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { fullName } from "@/lib/kernel/full-name";
import { isUuid } from "@/lib/kernel/uuid";
import type { Need } from "./deps";
import { namedColumns } from "./find-visit";
import { statusOf, type VisitStatus } from "./status";

export type ScheduledEntry = {
  visitId: string;
  scheduledAt: string;
  durationMinutes: number;
  status: Exclude<VisitStatus, "CANCELLED">;
  patientId: string;
  patient: string;
  /** IANA: whose clocks the patient reads. */
  patientZone: string;
  clinicianId: string;
  clinician: string;
  /** One of several that were booked together. */
  repeats: boolean;
};

const { clinician, visit } = namedColumns;
const patient = { ...namedColumns.patient, timeZone: customers.timeZone };
const shown = { ...visit, durationMinutes: videoVisits.durationMinutes, seriesId: videoVisits.seriesId };

/** More than these stand on no screen: a filter helps. */
const scheduleAtMost = 600;

/**
 * What stands in the book between two moments, by planned start, as far as the actor may see it; what was cancelled is not in it.
 * One range of `video_visits_by_time`, or of `video_visits_by_clinician` where one is asked for.
 *
 * @returns `more`: there are others beyond `scheduleAtMost`.
 */
export async function readSchedule(
  deps: Need<"db">,
  { actor, from, to, clinicianId }: { actor: Actor; from: Date; to: Date; clinicianId?: string },
): Promise<{ visits: ScheduledEntry[]; more: boolean }> {
  const whose = actor.kind === "person" && actor.role === "clinician" ? actor.id : clinicianId;
  if (whose !== undefined && !isUuid(whose)) return { visits: [], more: false };
  const rows = await deps.db.asActor(actor, (tx) => {
    // The page first, its people after: so the join costs a page, whatever the policies of the people's tables cost. It goes by the table's own name.
    const chosen = tx
      .select({ ...shown, patientId: videoVisits.patientId, clinicianId: videoVisits.clinicianId })
      .from(videoVisits)
      .where(
        and(
          gte(videoVisits.scheduledAt, from),
          lt(videoVisits.scheduledAt, to),
          isNull(videoVisits.cancelledAt),
          whose ? eq(videoVisits.clinicianId, whose) : undefined,
        ),
      )
      .orderBy(asc(videoVisits.scheduledAt), asc(videoVisits.id))
      .limit(scheduleAtMost + 1)
      .as("video_visits");
    return tx
      .select({
        visit: shown,
        patient,
        clinician,
      })
      .from(chosen)
      .innerJoin(customers, eq(customers.id, videoVisits.patientId))
      .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
      .orderBy(asc(videoVisits.scheduledAt), asc(videoVisits.id));
  });
  return {
    visits: rows.slice(0, scheduleAtMost).map(({ visit, patient, clinician }) => ({
      visitId: visit.id,
      scheduledAt: visit.scheduledAt.toISOString(),
      durationMinutes: visit.durationMinutes,
      status: statusOf(visit) as ScheduledEntry["status"],
      patientId: patient.id,
      patient: `${patient.firstName} ${patient.lastName}`,
      patientZone: patient.timeZone,
      clinicianId: clinician.id,
      clinician: fullName(clinician),
      repeats: visit.seriesId !== null,
    })),
    more: rows.length > scheduleAtMost,
  };
}
