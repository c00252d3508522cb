import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { staff, staffLicences } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";

export type ClinicianEntry = {
  clinicianId: string;
  title: string;
  firstName: string;
  lastName: string;
  timeZone: string;
  /** Where they are licensed today. */
  states: string[];
};

/** Clinicians who may be booked, by name. */
export async function listClinicians(
  deps: { db: Db; clock: Clock },
  { actor }: { actor: Actor },
): Promise<{ clinicians: ClinicianEntry[] }> {
  return deps.db.asActor(actor, async (tx) => {
    const people = await tx
      .select()
      .from(staff)
      .where(and(eq(staff.role, "clinician"), isNull(staff.suspendedAt)))
      .orderBy(asc(staff.lastName), asc(staff.firstName), asc(staff.id))
      .limit(500);
    const yesterday = new Date(deps.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10);
    const licences = await tx.select().from(staffLicences).where(gt(staffLicences.expiresOn, yesterday));
    return {
      clinicians: people.map((person) => ({
        clinicianId: person.id,
        title: person.title ?? "",
        firstName: person.firstName,
        lastName: person.lastName,
        timeZone: person.timeZone,
        states: licences
          .filter((licence) => licence.staffId === person.id)
          .map(({ state }) => state)
          .sort(),
      })),
    };
  });
}
