import { describe, expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { admitParty } from "./admit-party";
import type { VisitSummary } from "./answers";
import { endVisit } from "./end-visit";
import { getVisit } from "./get-visit";
import { leaveVisit } from "./leave-visit";
import { listVisits } from "./list-visits";
import { noteSilence } from "./note-silence";
import {
  givenVisits,
  granted,
  joinAs,
  makePersons,
  makeVisit,
  origin,
  scheduler,
  toldDuring,
} from "./testing";
import { bothInside, type Joined, seenBy } from "./testing-scenes";

const deps = givenVisits();
const here = (visitId: string, joined: Joined) => seenBy(deps, visitId, joined);

/** As the visit list and the visit's page show it: they must say the same. */
async function shown(visitId: string, clinicianId: string): Promise<VisitSummary> {
  const { visits } = await listVisits(deps, { actor: scheduler, clinicianId });
  const listed = visits.find((visit) => visit.visitId === visitId);
  const seen = granted(await getVisit(deps, { actor: person(clinicianId, "clinician"), visitId }));
  expect(seen.connected).toEqual(listed?.connected);
  expect(seen.waitingSince).toEqual(listed?.waitingSince);
  return seen;
}

async function inCall() {
  const scene = await bothInside(deps);
  granted(await admitParty(deps, { actor: scheduler, visitId: scene.visitId }));
  return scene;
}

describe("staff see who is there, and not that a visit was once started", () => {
  test("both: since when they are together, not since when the first of them came", async () => {
    const made = await makeVisit(deps);
    const clinician = await joinAs(deps, made.visitId, "clinician");
    deps.clock.advance(100);
    const patient = await joinAs(deps, made.visitId, "patient");
    await here(made.visitId, clinician);
    granted(await admitParty(deps, { actor: scheduler, visitId: made.visitId }));
    const { connected, startedAt } = await shown(made.visitId, made.clinicianId);
    expect(connected).toMatchObject({ patient: { here: true, admitted: true }, clinician: { here: true } });
    expect(Date.parse(connected!.togetherSince!) - Date.parse(startedAt!)).toBeGreaterThan(90_000);
    expect(patient.started.admitted).toBe(false); // they waited first
  });

  test("a clinician who left is gone at once, with the time; the patient is still there", async () => {
    const { visitId, clinicianId, patient, clinician } = await inCall();
    granted(await leaveVisit(deps, { visitId, actor: clinician.actor }));
    const left = deps.clock.now().getTime();
    deps.clock.advance(40);
    await here(visitId, patient);
    const { connected } = await shown(visitId, clinicianId);
    expect(connected).toMatchObject({
      patient: { here: true },
      clinician: { here: false, left: true },
      togetherSince: null,
    });
    expect(Math.abs(Date.parse(connected!.clinician.lastSeenAt!) - left)).toBeLessThan(5_000);
  });

  test("nobody, after both pages were killed; and who waits and whose page is gone is not shown as waiting", async () => {
    const call = await inCall();
    const made = await makeVisit(deps);
    await joinAs(deps, made.visitId, "patient");
    expect((await shown(made.visitId, made.clinicianId)).connected).toMatchObject({ waiting: true });
    deps.clock.advance(60);
    expect((await shown(made.visitId, made.clinicianId)).connected).toMatchObject({
      waiting: false,
      patient: { here: false, left: false },
    });
    deps.clock.advance(97 * 60);
    const { connected } = await shown(call.visitId, call.clinicianId);
    expect(connected).toMatchObject({
      patient: { here: false },
      clinician: { here: false },
      togetherSince: null,
    });
  });
});

describe("a live channel that closes", () => {
  /** Nothing runs by itself: the test's clock says when. */
  const later: (() => Promise<void>)[] = [];
  const close = ({ actor }: Joined) => noteSilence(deps, actor, (_ms, run) => void later.push(run));

  test("costs nobody their place while they may come back: a reload, 20 seconds without a network", async () => {
    const { visitId, clinicianId, patient, clinician } = await inCall();
    deps.clock.advance(14); // just before the next sign of life
    await close(patient);
    deps.clock.advance(25);
    await here(visitId, clinician);
    expect((await shown(visitId, clinicianId)).connected).toMatchObject({ patient: { here: true } });
  });

  test("shows who doesn't come back as gone in half a minute, and tells the visit's pages", async () => {
    const { visitId, clinicianId, patient, clinician } = await inCall();
    later.length = 0;
    await close(patient);
    deps.clock.advance(31);
    await here(visitId, clinician);
    expect((await shown(visitId, clinicianId)).connected).toMatchObject({ patient: { here: false } });
    const told = await toldDuring(deps, () => later[0]!());
    expect(told).toContain(visitId);
  });

  test("ends no visit under a clinician who may be in a tunnel: a patient who goes meanwhile only leaves", async () => {
    const { visitId, patient, clinician } = await inCall();
    await close(clinician);
    deps.clock.advance(60);
    const { sessionToken } = patient.started.visitSession;
    expect(granted(await endVisit(deps, { visitId, origin, sessionToken })).status).toBe("ACTIVE");
  });

  test("tells nobody of somebody who is back", async () => {
    const { visitId, patient } = await inCall();
    later.length = 0;
    await close(patient);
    deps.clock.advance(20);
    await here(visitId, patient);
    deps.clock.advance(11);
    expect(await toldDuring(deps, () => later[0]!())).toEqual([]);
  });
});

test("whoever waits for the same clinician is told at once when the visit before theirs ends", async () => {
  const { visitId, clinicianId } = await inCall();
  const { patientId } = await makePersons(deps.db);
  const next = await makeVisit(deps, { inMinutes: 60, persons: { patientId, clinicianId } });
  const waiting = await joinAs(deps, next.visitId, "patient");
  expect((await here(next.visitId, waiting)).queue).toMatchObject({ withAnother: true });
  const stranger = await makeVisit(deps, { inMinutes: 60 });
  await joinAs(deps, stranger.visitId, "patient");
  const told = await toldDuring(
    deps,
    async () => void granted(await endVisit(deps, { visitId, origin, actor: scheduler })),
  );
  expect(told.sort()).toEqual([visitId, next.visitId].sort());
  expect((await here(next.visitId, waiting)).queue).toMatchObject({ withAnother: false });
});
