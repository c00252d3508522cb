import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { admitParty } from "./admit-party";
import { cancelVisit } from "./cancel-visit";
import { endVisit } from "./end-visit";
import { answerSurvey } from "./feedback";
import { lookAtDoor } from "./look-at-door";
import { removeParty } from "./remove-party";
import { startVisit } from "./start-visit";
import { codeIn, givenVisits, granted, joinAs, linkOf, makeVisit, origin, scheduler } from "./testing";
import { seenBy } from "./testing-scenes";

const deps = givenVisits();

/** A visit in which a patient who holds a link waits; with `talk`, the clinician lets them in and they talk for a minute. */
async function withPatient({ talk }: { talk: boolean }) {
  const { visitId } = await makeVisit(deps);
  const { link, token } = await linkOf(deps, visitId, "patient");
  const holder = randomUUID();
  const { seatId } = granted(await startVisit(deps, { visitId, token, holder, origin }));
  const actor = { kind: "link", voucherId: seatId, visitId, party: "patient", origin } as const;
  if (talk) {
    const clinician = await joinAs(deps, visitId, "clinician");
    granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId }));
    for (let told = 0; told < 60; told += 15) {
      deps.clock.advance(15);
      for (const here of [{ actor }, clinician]) await seenBy(deps, visitId, here);
    }
  }
  const door = async (browserId: string) =>
    granted(await lookAtDoor(deps, { code: codeIn(link), browserId, origin }));
  return { visitId, seatId, actor, holder, door };
}
/** The tests' clock runs on while they do. */
const aMinute = (talked: { from: string; to: string } | null) =>
  talked !== null && Math.abs(Date.parse(talked.to) - Date.parse(talked.from) - 60_000) < 15_000;
const end = (visitId: string) => endVisit(deps, { visitId, origin, actor: scheduler });

describe("after the end the link brings the after page back", () => {
  test("to the browser that was inside, with how long they talked; a stranger only learns that the visit is over", async () => {
    const { visitId, seatId, holder, door } = await withPatient({ talk: true });
    granted(await end(visitId));
    const seen = await door(holder);
    expect(seen).toMatchObject({ kind: "after", reason: "over", party: "patient", seatId, answered: null });
    const talked = seen.kind === "after" ? seen.talked : null;
    expect(aMinute(talked)).toBe(true);
    for (const other of [randomUUID(), ""]) {
      const theirs = await door(other);
      expect(theirs).toMatchObject({ kind: "ended", canResend: false });
      expect(JSON.stringify(theirs)).not.toContain(seatId);
    }
  });

  test("with the answer that they gave, so that nobody is asked twice", async () => {
    const { visitId, actor, holder, door } = await withPatient({ talk: true });
    granted(await end(visitId));
    granted(await answerSurvey(deps, { actor, answer: "fair" }));
    expect(await door(holder)).toMatchObject({ kind: "after", answered: "fair" });
  });

  test("for a day; then it says what it says to everybody", async () => {
    const { visitId, holder, door } = await withPatient({ talk: true });
    granted(await end(visitId));
    deps.clock.advance(25 * 3600);
    expect(await door(holder)).toMatchObject({ kind: "ended" });
  });

  test("without a talk that never was: who waited in vain, and a visit that was cancelled under them", async () => {
    const waited = await withPatient({ talk: false });
    granted(await end(waited.visitId));
    expect(await waited.door(waited.holder)).toMatchObject({ kind: "after", reason: "over", talked: null });
    const cancelled = await withPatient({ talk: false });
    granted(await cancelVisit(deps, { actor: scheduler, visitId: cancelled.visitId }));
    expect(await cancelled.door(cancelled.holder)).toMatchObject({ kind: "after", reason: "cancelled" });
  });

  test("and hours after everybody was lost, the talk is as long as their pages told, not as long as the visit stood open", async () => {
    const { visitId, holder, door } = await withPatient({ talk: true });
    deps.clock.advance(2 * 3600);
    granted(await end(visitId));
    const seen = await door(holder);
    const talked = seen.kind === "after" ? seen.talked : null;
    expect(aMinute(talked)).toBe(true);
  });

  test("not to somebody who was taken out", async () => {
    const { visitId, seatId, holder, door } = await withPatient({ talk: true });
    granted(await removeParty(deps, { actor: scheduler, visitId, seatId }));
    granted(await end(visitId));
    expect((await door(holder)).kind).toBe("ended");
  });
});
