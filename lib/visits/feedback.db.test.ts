import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { visitSurveys, visitTroubles } from "@/db/schema";
import { person } from "@/db/testing/people";
import type { Measured } from "@/lib/kernel/measured";
import { endVisit } from "./end-visit";
import { answerSurvey, reportTrouble } from "./feedback";
import { getVisit } from "./get-visit";
import { liveState } from "./live-state";
import { seatHolder } from "./seat-holder";
import { eventsOf, givenVisits, granted, joinAs, makeVisit, origin, refusalOf, scheduler } from "./testing";

const deps = givenVisits();
const measured: Measured = {
  seconds: 600,
  lostDownPercent: 1.5,
  worstLostDownPercent: 30,
  lostUpPercent: 0,
  worstLostUpPercent: 2,
  roundTripMs: 40,
  worstRoundTripMs: 900,
  freezes: 3,
  frozenSeconds: 4.5,
  reconnects: 1,
  awaySeconds: 6,
  badSeconds: 8,
  camera: "on",
  microphone: "in-use",
  browser: "safari",
  browserVersion: 18,
  system: "ios",
};

/** A visit that two were in, and that the clinician's side has ended. */
async function held() {
  const made = await makeVisit(deps);
  const patient = await joinAs(deps, made.visitId, "patient");
  const clinician = await joinAs(deps, made.visitId, "clinician");
  granted(await endVisit(deps, { visitId: made.visitId, actor: scheduler, origin }));
  return { ...made, patient, clinician };
}
type Held = Awaited<ReturnType<typeof held>>;
const browserOf = ({ visitId, patient }: Held, holder = patient.holder) =>
  seatHolder(deps, { visitId, seatId: patient.started.seatId, holder, origin });

describe("after a visit", () => {
  test("the browser that was in it can still say how it was, and staff see that; a stranger's cannot", async () => {
    const visit = await held();
    expect(refusalOf(await browserOf(visit, randomUUID()))).toBe("SEAT_UNKNOWN");
    const actor = granted(await browserOf(visit));
    granted(await answerSurvey(deps, { actor, answer: "fair" }));
    granted(await reportTrouble(deps, { actor, what: "breaks-up", measured }));
    const staff = person(visit.clinicianId, "clinician");
    const { feedback } = granted(await getVisit(deps, { actor: staff, visitId: visit.visitId }));
    expect(feedback.surveys.map(({ answer }) => answer)).toEqual(["fair"]);
    expect(feedback.troubles).toMatchObject([{ party: "patient", what: "breaks-up", measured }]);
    expect(await eventsOf(deps.db, visit.visitId)).toEqual(
      expect.arrayContaining(["SURVEY_ANSWERED", "TROUBLE_REPORTED"]),
    );
  });

  test("a page of staff that is open learns that there is something new", async () => {
    const visit = await held();
    const changes = async () =>
      granted(await liveState(deps, { visitId: visit.visitId, viewer: { kind: "staff", actor: scheduler } }))
        .changes!;
    const before = await changes();
    granted(await answerSurvey(deps, { actor: visit.patient.actor, answer: "good" }));
    expect(await changes()).toBeGreaterThan(before);
  });

  test("the first answer counts: asking again changes nothing and is answered with it", async () => {
    const { patient, visitId } = await held();
    granted(await answerSurvey(deps, { actor: patient.actor, answer: "poor" }));
    expect(granted(await answerSurvey(deps, { actor: patient.actor, answer: "good" })).answer).toBe("poor");
    const events = await eventsOf(deps.db, visitId);
    expect(events.filter((event) => event === "SURVEY_ANSWERED")).toHaveLength(1);
  });

  test("a day later it is too late, and nobody fills the record with reports", async () => {
    const { patient, clinician } = await held();
    expect(refusalOf(await answerSurvey(deps, { actor: clinician.actor, answer: "good" }))).toBe(
      "PATIENTS_ONLY",
    );
    const report = () => reportTrouble(deps, { actor: patient.actor, what: "other", measured });
    for (let sent = 0; sent < 3; sent += 1) granted(await report());
    expect(refusalOf(await report())).toBe("REPORTS_ENOUGH");
    deps.clock.advance(24 * 3600 + 60);
    expect(refusalOf(await report())).toBe("FEEDBACK_CLOSED");
    expect(refusalOf(await answerSurvey(deps, { actor: patient.actor, answer: "good" }))).toBe(
      "FEEDBACK_CLOSED",
    );
  });

  test("what was said is nobody's to change, and another's link neither reads it nor says it for them", async () => {
    const { patient, clinician, visitId } = await held();
    granted(await answerSurvey(deps, { actor: patient.actor, answer: "good" }));
    granted(await reportTrouble(deps, { actor: patient.actor, what: "cut-off", measured }));
    const changed = deps.db.asActor(patient.actor, (tx) => tx.update(visitSurveys).set({ answer: "poor" }));
    await expect(changed).rejects.toThrow();
    const seen = await deps.db.asActor(clinician.actor, async (tx) => [
      ...(await tx.select().from(visitSurveys)),
      ...(await tx.select().from(visitTroubles)),
    ]);
    expect(seen).toEqual([]);
    const forged = deps.db.asActor(clinician.actor, (tx) =>
      tx.insert(visitSurveys).values({
        voucherId: patient.started.seatId,
        visitId,
        answer: "poor",
        createdAt: new Date(),
      }),
    );
    await expect(forged).rejects.toThrow();
  });
});
