import { randomUUID } from "node:crypto";
import type { Actor, Role } from "@/lib/kernel/actor";
import type { Db } from "../as-actor";
import { customers, staff, videoVisits } from "../schema";

const origin = { ip: "192.0.2.7", userAgent: "test" };
export const system: Actor = { kind: "system", name: "test" };
export const person = (id: string, role: Role): Actor => ({ kind: "person", id, role, name: "Test", origin });
export const holderOf = (voucherId: string, visitId: string): Actor => ({
  kind: "link",
  voucherId,
  visitId,
  party: "patient",
  origin,
});

/** Makes a clinician, a patient and a visit of theirs, all new. Visits of one clinician start an hour apart. */
export async function makeVisit(
  db: Db,
  given: { clinicianId?: string; patientId?: string; hours?: number } = {},
) {
  const ids = {
    visitId: randomUUID(),
    clinicianId: given.clinicianId ?? randomUUID(),
    patientId: given.patientId ?? randomUUID(),
  };
  await db.asActor(system, async (tx) => {
    if (!given.clinicianId)
      await tx.insert(staff).values({
        id: ids.clinicianId,
        email: `${ids.clinicianId}@example.com`,
        role: "clinician",
        title: "Dr.",
        firstName: "Jane",
        lastName: "Test",
        timeZone: "America/New_York",
      });
    if (!given.patientId)
      await tx.insert(customers).values({
        id: ids.patientId,
        firstName: "Pat",
        lastName: "Test",
        state: "NY",
        timeZone: "America/New_York",
      });
    await tx.insert(videoVisits).values({
      id: ids.visitId,
      patientId: ids.patientId,
      clinicianId: ids.clinicianId,
      scheduledAt: new Date(Date.UTC(2026, 11, 1, given.hours ?? 0)),
      channel: "sms",
      route: "meeting",
      createdBy: "test",
    });
  });
  return ids;
}
