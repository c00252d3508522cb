import { expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { endVisit } from "./end-visit";
import { givenVisits, granted, joinAs, makePersons, makeVisit, origin, scheduler } from "./testing";
import { usualKind } from "./usual-kind";

const deps = givenVisits();

test("whoever has had a visit is expected to come back to one; to somebody else's clinician they are new", async () => {
  const made = await makeVisit(deps);
  const { patientId, clinicianId } = made;
  expect(await usualKind(deps, { actor: scheduler, patientId })).toBe("initial"); // booked is not held
  await joinAs(deps, made.visitId, "clinician");
  granted(await endVisit(deps, { visitId: made.visitId, actor: scheduler, origin }));
  expect(await usualKind(deps, { actor: scheduler, patientId })).toBe("follow-up");
  expect(await usualKind(deps, { actor: person(clinicianId, "clinician"), patientId })).toBe("follow-up");
  const other = await makePersons(deps.db);
  expect(await usualKind(deps, { actor: person(other.clinicianId, "clinician"), patientId })).toBe("initial");
});
