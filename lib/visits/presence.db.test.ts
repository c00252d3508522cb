import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { visitPresence } from "@/db/schema";
import { person } from "@/db/testing/people";
import { endVisit } from "./end-visit";
import { getVisit } from "./get-visit";
import { leaveVisit } from "./leave-visit";
import { markNoShow } from "./mark-no-show";
import { noteSilence } from "./note-silence";
import { removeParty } from "./remove-party";
import { findSeat } from "./seat";
import { sweepStale } from "./sweep-stale";
import { givenVisits, granted, joinAs, makeVisit, origin, refusalOf, scheduler, visitRow } from "./testing";
import { bothInside, type Joined, seenBy } from "./testing-scenes";

const deps = givenVisits();
/** Their page stays open for so long: it tells each 15 seconds that it is there. */
async function stays(visitId: string, joined: Joined, seconds: number) {
  for (let told = 0; told < seconds; told += 15) {
    deps.clock.advance(15);
    await seenBy(deps, visitId, joined);
  }
}
const noShow = (visitId: string) => markNoShow(deps, { actor: scheduler, visitId });

describe("a patient who waited is never marked absent", () => {
  test("not after they gave up and left: the refusal says when they were there, and for how long", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: -5 });
    const patient = await joinAs(deps, visitId, "patient");
    const came = deps.clock.now().getTime();
    await stays(visitId, patient, 600);
    granted(await leaveVisit(deps, { visitId, actor: patient.actor }));
    deps.clock.advance(3600);
    const refused = await noShow(visitId);
    expect(refused).toMatchObject({
      ok: false,
      error: { code: "PATIENT_PRESENT", evidence: { minutes: 10, admitted: false } },
    });
    const evidence = !refused.ok && "evidence" in refused.error ? refused.error.evidence : null;
    expect(Math.abs(Date.parse(evidence!.firstCameAt) - came)).toBeLessThan(15_000);
    expect(Date.parse(evidence!.lastSeenAt) - Date.parse(evidence!.firstCameAt)).toBeGreaterThan(590_000);
    expect((await visitRow(deps.db, visitId)).noShowAt).toBeNull();
  });

  test("not after they were taken out, and not by the nightly broom", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: -5 });
    const patient = await joinAs(deps, visitId, "patient");
    granted(await removeParty(deps, { actor: scheduler, visitId, seatId: patient.started.seatId }));
    expect(refusalOf(await noShow(visitId))).toBe("PATIENT_PRESENT");
    deps.clock.advance(2 * 3600);
    await sweepStale(deps);
    expect(await visitRow(deps.db, visitId)).toMatchObject({ noShowAt: null, endReason: "window-closed" });
  });

  test("while a clinician who waited for nobody is believed", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: -5 });
    await stays(visitId, await joinAs(deps, visitId, "clinician"), 300);
    granted(await noShow(visitId));
  });

  test("while the broom knows a clinician who waited for nobody from a visit that was held", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: -5 });
    await joinAs(deps, visitId, "clinician");
    deps.clock.advance(2 * 3600);
    await sweepStale(deps);
    expect(await visitRow(deps.db, visitId)).toMatchObject({
      endedAt: null,
      endReason: "patient-never-came",
    });
  });
});

describe("who was there when", () => {
  test("is told to staff: one entry from coming to going, another for coming back after a silence", async () => {
    const { visitId, clinicianId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    await stays(visitId, patient, 60);
    deps.clock.advance(600); // the network is gone
    await stays(visitId, patient, 30);
    granted(await leaveVisit(deps, { visitId, actor: patient.actor }));
    const seen = await getVisit(deps, { actor: person(clinicianId, "clinician"), visitId });
    const { presence } = granted(seen);
    expect(presence.map(({ party, leftAt }) => [party, leftAt !== null])).toEqual([
      ["patient", false],
      ["patient", true],
    ]);
    const seconds = presence.map(({ cameAt, seenAt }) => (Date.parse(seenAt) - Date.parse(cameAt)) / 1000);
    expect(seconds[0]).toBeGreaterThanOrEqual(45);
    expect(seconds[0]).toBeLessThan(90);
  });

  test("is written by each link for itself alone", async () => {
    const { visitId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const clinician = await joinAs(deps, visitId, "clinician");
    const forged = deps.db.asActor(patient.actor, (tx) =>
      tx
        .update(visitPresence)
        .set({ leftAt: new Date() })
        .where(eq(visitPresence.voucherId, clinician.started.seatId))
        .returning(),
    );
    expect(await forged).toEqual([]);
  });
});

describe("two that write of one party at once", () => {
  const rounds = Array.from({ length: 12 }, (_, round) => round);

  test("leaving and the last sign of the page that closes with it: they have left, and nothing fails", async () => {
    for (const _ of rounds) {
      const { visitId } = await makeVisit(deps);
      const { actor, started } = await joinAs(deps, visitId, "patient");
      await Promise.all([leaveVisit(deps, { visitId, actor }), noteSilence(deps, actor, () => undefined)]);
      const seat = await deps.db.asActor(scheduler, (tx) => findSeat(tx, started.seatId));
      expect(seat?.leftAt).not.toBeNull();
    }
  });

  test("ending for all and a patient's page that comes back from a silence: the visit is over, and nothing fails", async () => {
    for (const _ of rounds) {
      deps.clock.reset();
      const { visitId, patient, clinician } = await bothInside(deps);
      deps.clock.advance(120);
      const { sessionToken } = clinician.started.visitSession;
      const [ended] = await Promise.all([
        endVisit(deps, { visitId, sessionToken, origin }),
        seenBy(deps, visitId, patient),
      ]);
      expect(granted(ended).status).toBe("COMPLETED");
    }
  });
});
