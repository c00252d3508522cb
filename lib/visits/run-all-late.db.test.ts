import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { admitParty } from "./admit-party";
import { cancelVisit } from "./cancel-visit";
import { runAllLate } from "./run-all-late";
import {
  eventsOf,
  granted,
  joinAs,
  makePersons,
  makeVisit,
  openVisits,
  refusalOf,
  scheduler,
  type TestVisits,
  visitRow,
} from "./testing";

let visits: TestVisits;
let deps: TestVisits["deps"];
beforeAll(async () => {
  visits = await openVisits();
  deps = visits.deps;
});
afterAll(() => visits.close());
afterEach(() => {
  deps.clock.reset();
  deps.texter.sent.length = 0;
});

const everything = async () => {
  while ((await deliverDue(deps)) > 0);
};
const idsOf = (answer: { visits: { visitId: string }[] }) => answer.visits.map(({ visitId }) => visitId);

test("everybody who waits or is due is told, and nobody else", async () => {
  const persons = await makePersons(deps.db);
  const { clinicianId } = persons;
  const booked = (inMinutes: number) => makeVisit(deps, { channel: "sms", persons, inMinutes });
  const [first, soon] = [await booked(5), await booked(65)];
  const [cancelled, tomorrow] = [await booked(120), await booked(24 * 60)];
  const another = await makeVisit(deps, { channel: "sms" });
  granted(await cancelVisit(deps, { actor: scheduler, visitId: cancelled.visitId }));
  await joinAs(deps, first.visitId, "patient");
  await everything();
  deps.texter.sent.length = 0;

  const answer = granted(await runAllLate(deps, { actor: scheduler, clinicianId, minutes: 20 }));
  expect(idsOf(answer)).toEqual([first.visitId, soon.visitId]);
  await everything();
  expect(deps.texter.sent).toHaveLength(2);
  for (const { visitId } of [tomorrow, another])
    expect((await visitRow(deps.db, visitId)).lateMinutes).toBeNull();
  expect(await eventsOf(deps.db, soon.visitId)).toContain("RUNNING_LATE");

  const undone = granted(await runAllLate(deps, { actor: scheduler, clinicianId, minutes: 0 }));
  expect(idsOf(undone)).toEqual([first.visitId, soon.visitId]);
  expect(granted(await runAllLate(deps, { actor: scheduler, clinicianId, minutes: 0 })).visits).toEqual([]);
});

test("whoever is in the call already is late for nothing", async () => {
  const { visitId, clinicianId } = await makeVisit(deps);
  const jane = person(clinicianId, "clinician");
  await joinAs(deps, visitId, "patient");
  await joinAs(deps, visitId, "clinician");
  granted(await admitParty(deps, { actor: jane, visitId }));
  expect(granted(await runAllLate(deps, { actor: jane, clinicianId, minutes: 10 })).visits).toEqual([]);
});

test("a clinician speaks for themself alone, and nobody without the book for anybody", async () => {
  const { clinicianId, visitId } = await makeVisit(deps);
  for (const actor of [person(randomUUID(), "clinician"), person(clinicianId, "agent")])
    expect(refusalOf(await runAllLate(deps, { actor, clinicianId, minutes: 10 }))).toBe("FORBIDDEN");
  expect((await visitRow(deps.db, visitId)).lateMinutes).toBeNull();
});
