import { eq, getTableColumns } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, staff, videoVisits } from "@/db/schema";
import { isUuid } from "@/lib/kernel/uuid";

export type VisitRow = typeof videoVisits.$inferSelect;
type PatientRow = typeof customers.$inferSelect;
type ClinicianRow = typeof staff.$inferSelect;
export type VisitWithPeople = { visit: VisitRow; patient: PatientRow; clinician: ClinicianRow };

const { chiefComplaint: _, clinicalNotes: __, meeting: ___, ...listedVisit } = getTableColumns(videoVisits);

/** What a list needs of each visit. What was said in confidence, however well sealed, does not leave the database for it; nor does the meeting. */
export const listedColumns = {
  visit: listedVisit,
  patient: {
    id: customers.id,
    firstName: customers.firstName,
    lastName: customers.lastName,
    state: customers.state,
    timeZone: customers.timeZone,
    locale: customers.locale,
  },
  clinician: {
    id: staff.id,
    title: staff.title,
    firstName: staff.firstName,
    lastName: staff.lastName,
    timeZone: staff.timeZone,
  },
};
/** What names a visit in a list of something else. */
export const namedColumns = {
  visit: {
    id: videoVisits.id,
    scheduledAt: videoVisits.scheduledAt,
    startedAt: videoVisits.startedAt,
    endedAt: videoVisits.endedAt,
    cancelledAt: videoVisits.cancelledAt,
    noShowAt: videoVisits.noShowAt,
  },
  patient: { id: customers.id, firstName: customers.firstName, lastName: customers.lastName },
  clinician: { id: staff.id, title: staff.title, firstName: staff.firstName, lastName: staff.lastName },
};
export type ListedVisit = {
  visit: Omit<VisitRow, "chiefComplaint" | "clinicalNotes" | "meeting">;
  patient: Pick<PatientRow, keyof typeof listedColumns.patient>;
  clinician: Pick<ClinicianRow, keyof typeof listedColumns.clinician>;
};

/**
 * The visit and its people, as far as the transaction's actor may see them. Null for none, a hidden one, and what is no id at all.
 * `lock`: until commit nobody else changes it. Rows that only point at the visit may be written meanwhile: whoever writes one holds their
 * seat, which the lock's holder may want next.
 */
export async function findVisit(
  tx: Tx,
  visitId: string,
  { lock = false } = {},
): Promise<VisitWithPeople | null> {
  if (!isUuid(visitId)) return null;
  const query = tx
    .select({ visit: videoVisits, patient: customers, clinician: staff })
    .from(videoVisits)
    .innerJoin(customers, eq(customers.id, videoVisits.patientId))
    .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
    .where(eq(videoVisits.id, visitId));
  const [found] = lock ? await query.for("no key update", { of: videoVisits }) : await query;
  return found ?? null;
}
