import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { customers } from "@/db/schema";
import { system } from "@/db/testing/people";
import { admitParty } from "./admit-party";
import { endVisit } from "./end-visit";
import { removeParty } from "./remove-party";
import { setCaptions } from "./set-captions";
import { eventsOf, givenVisits, granted, joinAs, makeVisit, origin, refusalOf, scheduler } from "./testing";

const deps = givenVisits();

async function bothThere() {
  const made = await makeVisit(deps);
  const patient = await joinAs(deps, made.visitId, "patient");
  const clinician = await joinAs(deps, made.visitId, "clinician");
  const { meetingId } = patient.started.chimeJoinInfo.meeting;
  const ask = (actor: Parameters<typeof setCaptions>[1]["actor"], on = true) =>
    setCaptions(deps, { actor, visitId: made.visitId, on });
  return { ...made, patient, clinician, meetingId, ask };
}

test("whoever is inside turns captions on and off, and it is recorded; who waits or was taken out does not", async () => {
  const { visitId, patient, clinician, meetingId, ask } = await bothThere();
  expect(refusalOf(await ask(patient.actor))).toBe("FORBIDDEN");
  expect(deps.transcriber.running.has(meetingId)).toBe(false);
  granted(await admitParty(deps, { actor: clinician.actor, visitId }));
  granted(await ask(patient.actor));
  expect(deps.transcriber.running.get(meetingId)).toBe("en");
  granted(await ask(clinician.actor, false));
  expect(deps.transcriber.running.has(meetingId)).toBe(false);
  const { seatId } = patient.started;
  granted(await removeParty(deps, { actor: clinician.actor, visitId, seatId }));
  expect(refusalOf(await ask(patient.actor))).toBe("FORBIDDEN");
  expect((await eventsOf(deps.db, visitId)).filter((event) => event.startsWith("CAPTIONS"))).toEqual([
    "CAPTIONS_STARTED",
    "CAPTIONS_STOPPED",
  ]);
});

test("captions are in the patient's language; where nobody writes it down there are none", async () => {
  const { patientId, clinician, meetingId, ask } = await bothThere();
  const speaks = (locale: string) =>
    deps.db.asActor(system, (tx) => tx.update(customers).set({ locale }).where(eq(customers.id, patientId)));
  await speaks("ar");
  expect(refusalOf(await ask(clinician.actor))).toBe("CAPTIONS_OFF");
  await speaks("es");
  granted(await ask(clinician.actor));
  expect(deps.transcriber.running.get(meetingId)).toBe("es");
});

test("nobody from outside turns them on: another visit's link, staff who are not in it, or anybody once it is over", async () => {
  const [one, other] = [await bothThere(), await bothThere()];
  expect(refusalOf(await one.ask(other.clinician.actor))).toMatch(/VISIT_UNKNOWN|FORBIDDEN/);
  expect(refusalOf(await one.ask(scheduler))).toBe("FORBIDDEN");
  granted(
    await endVisit(deps, {
      visitId: one.visitId,
      origin,
      sessionToken: one.clinician.started.visitSession.sessionToken,
    }),
  );
  expect(refusalOf(await one.ask(one.clinician.actor))).toBe("VISIT_ENDED");
  expect(deps.transcriber.running.has(one.meetingId)).toBe(false);
});

test("where the cloud is busy or no transcriber is set up, the asker is told, and nothing is recorded", async () => {
  const { visitId, clinician, ask } = await bothThere();
  deps.transcriber.faults.fail("start", "throttle");
  expect(refusalOf(await ask(clinician.actor))).toBe("CLOUD_THROTTLED");
  const none = await setCaptions(
    { ...deps, transcriber: null },
    { actor: clinician.actor, visitId, on: true },
  );
  expect(refusalOf(none)).toBe("CAPTIONS_OFF");
  expect((await eventsOf(deps.db, visitId)).filter((event) => event.startsWith("CAPTIONS"))).toEqual([]);
});
