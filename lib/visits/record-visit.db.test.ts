import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLog, recordings, visitSeats } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Actor } from "@/lib/kernel/actor";
import { changeClinic } from "@/lib/notifications/change-clinic";
import { listRecordings, openRecording, readRecording } from "@/lib/recordings/play-recording";
import { settleRecordings } from "@/lib/recordings/settle-recordings";
import { admitParty } from "./admit-party";
import { endVisit } from "./end-visit";
import { leaveVisit } from "./leave-visit";
import { answerVisitRecording, askToRecordVisit, stopVisitRecording } from "./record-visit";
import { removeParty } from "./remove-party";
import type { SeatActor } from "./seat-holder";
import {
  givenVisits,
  granted,
  joinAs,
  joinAsGuest,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";
import { seenBy } from "./testing-scenes";

const deps = givenVisits();
const soundOnly = { withPicture: false };
const admin = person(randomUUID(), "admin");
const allow = (recordingDays: number | null) =>
  changeClinic(deps, {
    actor: admin,
    name: "Linden Street Clinic",
    phone: "+15550100199",
    quiet: { from: "21:00", to: "08:00" },
    recordingDays,
  });
beforeEach(async () => {
  granted(await allow(30));
});
afterEach(() => deps.recorder.captures.clear());

/** Patient, clinician and an interpreter, all three let in. */
async function three() {
  const made = await makeVisit(deps);
  const { visitId } = made;
  const patient = await joinAs(deps, visitId, "patient");
  const clinician = await joinAs(deps, visitId, "clinician");
  const interpreter = await joinAsGuest(deps, visitId, "interpreter");
  const admit = async (seatId: string) => admitParty(deps, { actor: clinician.actor, visitId, seatId });
  granted(await admit(patient.started.seatId));
  granted(await admit(interpreter.started.seatId));
  const { meetingId } = clinician.started.chimeJoinInfo.meeting;
  const running = () =>
    [...deps.recorder.captures.values()].some((one) => one.running && one.meetingId === meetingId);
  const ask = async () => granted(await askToRecordVisit(deps, clinician.actor, soundOnly)).recordingId;
  const answer = (actor: SeatActor, recordingId: string, agreed = true) =>
    answerVisitRecording(deps, { actor, recordingId, agreed });
  const record = async () => {
    const recordingId = await ask();
    granted(await answer(patient.actor, recordingId));
    granted(await answer(interpreter.actor, recordingId));
    expect(running()).toBe(true);
    return recordingId;
  };
  const row = async (recordingId: string) => {
    const [found] = await deps.db.asActor(system, (tx) =>
      tx.select().from(recordings).where(eq(recordings.id, recordingId)),
    );
    return found!;
  };
  return { ...made, patient, clinician, interpreter, admit, running, ask, answer, record, row };
}
const eventsOf = (recordingId: string) =>
  deps.db.asActor(system, async (tx) => {
    const rows = await tx
      .select()
      .from(auditLog)
      .where(sql`${auditLog.metadata} ->> 'recordingId' = ${recordingId}`)
      .orderBy(auditLog.occurredAt);
    return rows.map(({ eventType, visitId }) => ({ eventType, visitId }));
  });

describe("a visit is recorded", () => {
  test("when its clinician has asked and everybody inside has agreed, and not before; each sees how it stands, and each step is in the audit", async () => {
    const visit = await three();
    const { visitId, patient, clinician, interpreter } = visit;
    expect(await seenBy(deps, visitId, clinician)).toMatchObject({ mayRecord: true, recording: null });
    expect(await seenBy(deps, visitId, patient)).toMatchObject({ mayRecord: false });
    const recordingId = await visit.ask();
    expect(await visit.ask()).toBe(recordingId);
    granted(await visit.answer(patient.actor, recordingId));
    expect(visit.running()).toBe(false);
    expect((await seenBy(deps, visitId, interpreter)).recording).toMatchObject({
      state: "asked",
      answered: false,
      keptDays: 30,
    });
    expect((await visitRow(deps.db, visitId)).recordingEnabled).toBe(false);
    granted(await visit.answer(interpreter.actor, recordingId));
    expect(visit.running()).toBe(true);
    for (const one of [patient, clinician, interpreter])
      expect((await seenBy(deps, visitId, one)).recording).toMatchObject({ state: "recording" });
    expect((await visitRow(deps.db, visitId)).recordingEnabled).toBe(true);
    granted(await stopVisitRecording(deps, interpreter.actor));
    expect(visit.running()).toBe(false);
    await settleRecordings(deps);
    const stored = await visit.row(recordingId);
    expect(stored).toMatchObject({ endReason: "withdrawn", objectKey: expect.stringMatching(/^visits\//) });
    expect((await visitRow(deps.db, visitId)).recordingS3Key).toBe(stored.objectKey);
    expect(await eventsOf(recordingId)).toEqual(
      ["ASKED", "AGREED", "AGREED", "STARTED", "STOPPED", "STORED"].map((step) => ({
        eventType: `RECORDING_${step}`,
        visitId,
      })),
    );
  });

  test("with its picture where that is what everybody was asked, and else with sound alone; an earlier yes to sound counts for no picture", async () => {
    const visit = await three();
    const { visitId, clinician, patient, interpreter } = visit;
    const pictured = () => [...deps.recorder.captures.values()].map(({ withPicture }) => withPicture);
    const shown = async () => (await seenBy(deps, visitId, patient)).recording;
    await visit.record();
    expect(await shown()).toMatchObject({ state: "recording", withPicture: false });
    granted(await stopVisitRecording(deps, clinician.actor));
    const withPicture = { withPicture: true };
    const { recordingId } = granted(await askToRecordVisit(deps, clinician.actor, withPicture));
    expect(await shown()).toMatchObject({ state: "asked", withPicture: true, answered: false });
    granted(await visit.answer(patient.actor, recordingId));
    expect(pictured()).toEqual([false]);
    granted(await visit.answer(interpreter.actor, recordingId));
    expect(pictured()).toEqual([false, true]);
    expect(await shown()).toMatchObject({ state: "recording", withPicture: true });
    await expect(
      deps.db.asActor(system, (tx) =>
        tx.update(recordings).set({ withPicture: false }).where(eq(recordings.id, recordingId)),
      ),
    ).rejects.toThrow();
    granted(await stopVisitRecording(deps, patient.actor));
    await settleRecordings(deps);
    const entries = await listRecordings(deps, { actor: admin, call: { visitId } });
    expect(entries.map((entry) => entry.withPicture)).toEqual([true, false]);
  });

  test("not for a patient, a guest or another visit's clinician, not alone, and in no clinic that records nothing", async () => {
    const [visit, other] = [await three(), await three()];
    for (const { actor } of [visit.patient, visit.interpreter])
      expect(refusalOf(await askToRecordVisit(deps, actor, soundOnly))).toBe("FORBIDDEN");
    const stranger: SeatActor = { ...other.clinician.actor, visitId: visit.visitId };
    expect(refusalOf(await askToRecordVisit(deps, stranger, soundOnly))).toBe("FORBIDDEN");
    const recordingId = await visit.ask();
    expect(refusalOf(await visit.answer(other.patient.actor, recordingId))).toBe("RECORDING_OVER");
    granted(await allow(null));
    expect(refusalOf(await askToRecordVisit(deps, other.clinician.actor, soundOnly))).toBe("RECORDING_OFF");
    expect((await seenBy(deps, other.visitId, other.clinician)).mayRecord).toBe(false);
    granted(await allow(30));
    const alone = await makeVisit(deps);
    const { actor } = await joinAs(deps, alone.visitId, "clinician");
    expect(refusalOf(await askToRecordVisit(deps, actor, soundOnly))).toBe("RECORDING_ALONE");
  });

  test("nobody who only waits is asked, counted or told", async () => {
    const made = await makeVisit(deps);
    const patient = await joinAs(deps, made.visitId, "patient");
    const clinician = await joinAs(deps, made.visitId, "clinician");
    expect(refusalOf(await askToRecordVisit(deps, clinician.actor, soundOnly))).toBe("RECORDING_ALONE");
    expect(refusalOf(await stopVisitRecording(deps, patient.actor))).toBe("FORBIDDEN");
    expect((await seenBy(deps, made.visitId, patient)).recording).toBeUndefined();
  });

  test("those inside are shown that it is recorded from before the cloud begins until it has said that it stopped, and it is no longer than that", async () => {
    const visit = await three();
    const { visitId, patient, interpreter } = visit;
    const shown: unknown[] = [];
    const look = async () => shown.push((await seenBy(deps, visitId, patient)).recording?.state);
    const { recorder } = deps;
    const watched = {
      ...deps,
      recorder: {
        ...recorder,
        start: async (asked: Parameters<typeof recorder.start>[0]) => {
          await look();
          return recorder.start(asked);
        },
        stop: async (asked: Parameters<typeof recorder.stop>[0]) => {
          const stopped = await recorder.stop(asked);
          await look();
          return stopped;
        },
      },
    };
    const recordingId = await visit.ask();
    granted(await visit.answer(patient.actor, recordingId));
    granted(await answerVisitRecording(watched, { actor: interpreter.actor, recordingId, agreed: true }));
    recorder.faults.fail("stop", "outage");
    granted(await stopVisitRecording(watched, patient.actor));
    await settleRecordings(watched); // the worker, once the cloud answers again
    await look();
    expect(shown).toEqual(["recording", "recording", "recording", "over"]);
    const { startingAt, stoppedAt } = await visit.row(recordingId);
    const [entry] = await listRecordings(deps, { actor: admin, call: { visitId } });
    expect(entry).toMatchObject({ startedAt: startingAt!.toISOString(), state: "stored" });
    expect(entry!.seconds! * 1_000).toBeGreaterThanOrEqual(stoppedAt!.getTime() - startingAt!.getTime());
  });

  test("one refusal of three ends the question, and no late yes brings it back", async () => {
    const visit = await three();
    const recordingId = await visit.ask();
    granted(await visit.answer(visit.patient.actor, recordingId));
    granted(await visit.answer(visit.interpreter.actor, recordingId, false));
    expect(refusalOf(await visit.answer(visit.interpreter.actor, recordingId))).toBe("RECORDING_OVER");
    expect(visit.running()).toBe(false);
    expect(await visit.row(recordingId)).toMatchObject({ endReason: "refused", startedAt: null });
  });
});

describe("what runs ends", () => {
  test("before somebody new is let in; while the cloud can't say that it stopped, they wait", async () => {
    const visit = await three();
    const recordingId = await visit.record();
    const family = await joinAsGuest(deps, visit.visitId, "caregiver");
    expect(visit.running()).toBe(true);
    deps.recorder.faults.fail("stop", "outage");
    expect(refusalOf(await visit.admit(family.started.seatId))).toBe("CLOUD_UNAVAILABLE");
    const { state } = (await seenBy(deps, visit.visitId, visit.clinician)).parties.find(
      ({ seatId }) => seatId === family.started.seatId,
    )!;
    expect(state).toBe("waiting");
    granted(await visit.admit(family.started.seatId));
    expect(visit.running()).toBe(false);
    expect(await visit.row(recordingId)).toMatchObject({ endReason: "newcomer" });
  });

  test("when somebody comes back who was not there to be asked, and goes on for who had agreed", async () => {
    const visit = await three();
    const { interpreter, patient } = visit;
    const { sessionToken } = interpreter.started.visitSession;
    granted(await leaveVisit(deps, { visitId: visit.visitId, sessionToken, origin }));
    const recordingId = await visit.ask();
    granted(await visit.answer(patient.actor, recordingId));
    expect(visit.running()).toBe(true);
    granted(await patient.again());
    expect(visit.running()).toBe(true);
    granted(await interpreter.again());
    expect(visit.running()).toBe(false);
    expect(await visit.row(recordingId)).toMatchObject({ endReason: "newcomer" });
  });

  test("by the worker, should two of these cross: nobody inside stays unasked", async () => {
    const visit = await three();
    const { voucherId } = visit.interpreter.actor;
    const away = (leftAt: Date | null) =>
      deps.db.asActor(system, (tx) =>
        tx.update(visitSeats).set({ leftAt }).where(eq(visitSeats.voucherId, voucherId)),
      );
    await away(new Date());
    const recordingId = await visit.ask();
    granted(await visit.answer(visit.patient.actor, recordingId));
    await settleRecordings(deps);
    expect(visit.running()).toBe(true);
    await away(null);
    await settleRecordings(deps);
    expect(visit.running()).toBe(false);
    expect(await visit.row(recordingId)).toMatchObject({ endReason: "newcomer" });
  });

  test("with the visit; who was taken out answers and stops nothing any more", async () => {
    const visit = await three();
    const { visitId, clinician, patient, interpreter } = visit;
    const recordingId = await visit.record();
    const { seatId } = interpreter.started;
    granted(await removeParty(deps, { actor: clinician.actor, visitId, seatId }));
    expect(refusalOf(await stopVisitRecording(deps, interpreter.actor))).toBe("FORBIDDEN");
    expect(visit.running()).toBe(true);
    const { sessionToken } = clinician.started.visitSession;
    granted(await endVisit(deps, { visitId, origin, sessionToken, endReason: "completed" }));
    await settleRecordings(deps);
    await settleRecordings(deps);
    expect(visit.running()).toBe(false);
    expect(await visit.row(recordingId)).toMatchObject({ objectKey: expect.any(String) });
    expect(refusalOf(await askToRecordVisit(deps, clinician.actor, soundOnly))).toMatch(/^VISIT_/);
    expect(refusalOf(await visit.answer(patient.actor, recordingId))).toMatch(/^VISIT_/);
  });
});

test("it is heard by its clinician and by administrators, each opening with name and reason; by no other clinician, patient, scheduler or key", async () => {
  const visit = await three();
  const { visitId, clinicianId } = visit;
  const recordingId = await visit.record();
  granted(await stopVisitRecording(deps, visit.clinician.actor));
  await settleRecordings(deps);
  const call = { visitId };
  for (const actor of [person(clinicianId, "clinician"), admin]) {
    const { playId } = granted(await openRecording(deps, { actor, recordingId, reason: "care" }));
    granted(await readRecording(deps, { actor, call, recordingId, playId, range: null }));
    const elsewhere = { roomId: visitId };
    expect(
      refusalOf(await readRecording(deps, { actor, call: elsewhere, recordingId, playId, range: null })),
    ).toBe("RECORDING_UNKNOWN");
  }
  const [entry] = await listRecordings(deps, { actor: admin, call });
  expect(entry).toMatchObject({
    recordingId,
    state: "stored",
    plays: [{ reason: "care" }, { reason: "care" }],
  });
  const others: Actor[] = [
    person(randomUUID(), "clinician"),
    person(randomUUID(), "customer"),
    person(randomUUID(), "auditor"),
    scheduler,
    visit.patient.actor,
    { kind: "api-key", id: randomUUID(), scopes: ["admin"], origin },
  ];
  for (const actor of others) {
    expect(await listRecordings(deps, { actor, call })).toEqual([]);
    expect(refusalOf(await openRecording(deps, { actor, recordingId, reason: "care" }))).toMatch(
      /RECORDING_UNKNOWN|FORBIDDEN/,
    );
  }
});
