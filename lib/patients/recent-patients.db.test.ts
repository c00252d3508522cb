import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { makeVisit, person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { recentPatients } from "./recent-patients";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 2 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** A visit that this person booked, so many minutes ago. */
async function booked(by: string, minutesAgo: number, given: Parameters<typeof makeVisit>[1]) {
  const visit = await makeVisit(db, given);
  await db.asActor(system, (tx) =>
    tx.execute(sql`UPDATE video_visits SET created_by = ${by}, created_at = now() - ${minutesAgo} * interval '1 minute'
      WHERE id = ${visit.visitId}`),
  );
  return visit;
}
const idsOf = (patients: { patientId: string }[]) => patients.map(({ patientId }) => patientId);

test("whoever books is offered whom they booked for last, each once, and nobody else's", async () => {
  const id = randomUUID();
  const desk = person(id, "scheduler");
  const early = await booked(id, 30, { hours: 1 });
  const late = await booked(id, 10, { hours: 2 });
  await booked(id, 20, { ...late, hours: 4 });
  await booked(randomUUID(), 5, { hours: 3 });
  expect(idsOf(await recentPatients({ db }, { actor: desk }))).toEqual([late.patientId, early.patientId]);
  expect(idsOf(await recentPatients({ db }, { actor: desk, limit: 1 }))).toEqual([late.patientId]);
  expect(await recentPatients({ db }, { actor: person(randomUUID(), "scheduler") })).toEqual([]);
});

test("a clinician is not offered somebody whose visits went to another", async () => {
  const { clinicianId } = await makeVisit(db);
  const { clinicianId: other } = await makeVisit(db);
  const mine = await booked(clinicianId, 10, { clinicianId, hours: 5 });
  await booked(clinicianId, 5, { clinicianId: other, hours: 5 });
  expect(idsOf(await recentPatients({ db }, { actor: person(clinicianId, "clinician") }))).toEqual([
    mine.patientId,
  ]);
});
