import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { outbox, timeRequests, videoVisits, visitSeats, visitSessions, vouchers } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { askForTime, sayCannotCome, withdrawRequest } from "./ask-time";
import { cancelVisit } from "./cancel-visit";
import { getVisit } from "./get-visit";
import { listVisits } from "./list-visits";
import { lookAtCheck } from "./look-at-check";
import { lookAtDoor } from "./look-at-door";
import { takeOwnCheck, takeOwnLink } from "./own-links";
import type { Patient } from "./own-visit";
import { listOwnVisits, nextChangeAt } from "./own-visits";
import { rescheduleVisit } from "./reschedule-visit";
import { declineRequest, readRequestWords } from "./settle-time-request";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  linkOf,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
} from "./testing";

const deps = givenVisits();
const as = (patientId: string): Patient => person(patientId, "customer") as Patient;
const day = (days: number) =>
  new Date(deps.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
const wish = (days = 3) => ({ day: day(days), part: "morning" as const });
const hours = (count: number) => count * 60;
const ask = (patient: Patient, visitId: string, words: string | null = null) =>
  askForTime(deps, { patient, visitId, wishes: [wish()], words });
const seen = (visitId: string) => getVisit(deps, { actor: scheduler, visitId }).then(granted);

describe("a patient's list", () => {
  test("has the next visit first, what was called off with what is to come, and the past from its newest on, page by page", async () => {
    const persons = await makePersons(deps.db);
    const ids: string[] = [];
    for (const inMinutes of [hours(50), hours(26), hours(74)])
      ids.push((await makeVisit(deps, { persons, inMinutes })).visitId);
    granted(await cancelVisit(deps, { actor: scheduler, visitId: ids[2]! }));
    const past: string[] = [];
    await deps.db.asActor(system, async (tx) => {
      for (let index = 1; index <= 5; index++) {
        const id = randomUUID();
        past.push(id);
        const scheduledAt = new Date(deps.clock.now().getTime() - index * 86_400_000);
        await tx.insert(videoVisits).values({
          id,
          ...persons,
          scheduledAt,
          channel: "sms",
          route: "meeting",
          createdBy: "test",
          ...(index === 1 && {
            startedAt: scheduledAt,
            endedAt: new Date(scheduledAt.getTime() + 21 * 60_000),
          }),
        });
      }
    });
    const patient = as(persons.patientId);
    const first = await listOwnVisits(deps, { patient, limit: 3 });
    expect(first.coming.map(({ visitId }) => visitId)).toEqual([ids[1], ids[0], ids[2]]);
    expect(first.coming[0]).toMatchObject({ clinician: "Dr.\u00a0Jane", status: "SCHEDULED" });
    expect(first.past.map(({ visitId }) => visitId)).toEqual(past.slice(0, 3));
    expect(first.past[0]).toMatchObject({ status: "COMPLETED", lastedMinutes: 21 });
    const second = await listOwnVisits(deps, { patient, limit: 3, cursor: first.nextCursor! });
    expect(second).toMatchObject({ coming: [], nextCursor: null });
    expect(second.past.map(({ visitId }) => visitId)).toEqual(past.slice(3));
    expect(nextChangeAt(first.coming, deps.clock.now())?.toISOString()).toBe(first.coming[0]!.doorOpensAt);
    expect(JSON.stringify(first)).not.toContain("Okafor");

    for (const other of [as(randomUUID()), as((await makePersons(deps.db)).patientId)])
      expect(await listOwnVisits(deps, { patient: other })).toEqual({
        coming: [],
        past: [],
        nextCursor: null,
      });
  });
});

describe("a patient who is signed in", () => {
  test("goes in by a link of their own from an hour before; the text's unused one opens nothing more, and pressing twice makes one", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: 59 });
    const texted = await linkOf(deps, visitId, "patient");
    const patient = as(patientId);
    const { url } = granted(await takeOwnLink(deps, { patient, visitId }));
    expect(granted(await takeOwnLink(deps, { patient, visitId })).url).toBe(url);
    const door = (link: string) => lookAtDoor(deps, { code: codeIn(link), browserId: "", origin });
    expect(granted(await door(url))).toMatchObject({ kind: "ready", party: "patient", visit: { visitId } });
    expect(granted(await door(texted.link)).kind).toBe("revoked");
    expect(await eventsOf(deps.db, visitId)).toContain("OWN_LINK_TAKEN");
    const rows = await deps.db.asActor(system, (tx) =>
      tx.select().from(vouchers).where(eq(vouchers.visitId, visitId)),
    );
    expect(rows.map(({ issuedBy, party }) => [issuedBy, party])).toContainEqual([patientId, "patient"]);
  });

  test("finds the door shut before that, after the window, and once the visit was called off", async () => {
    const early = await makeVisit(deps, { inMinutes: 61 });
    const taken = (made: { visitId: string; patientId: string }) =>
      takeOwnLink(deps, { patient: as(made.patientId), visitId: made.visitId });
    expect(refusalOf(await taken(early))).toBe("DOOR_NOT_OPEN");
    granted(await takeOwnCheck(deps, { patient: as(early.patientId), visitId: early.visitId }));
    deps.clock.advance(61 * 60 + 46 * 60);
    expect(refusalOf(await taken(early))).toBe("VISIT_WINDOW_CLOSED");
    deps.clock.reset();
    const off = await makeVisit(deps);
    granted(await cancelVisit(deps, { actor: scheduler, visitId: off.visitId }));
    expect(refusalOf(await taken(off))).toBe("VISIT_CANCELLED");
  });

  test("gets nothing of another patient's visit, of none, and of an id that is none, whatever they ask for", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: 30 });
    const mine = await makeVisit(deps, { inMinutes: 30 });
    const strangers = [as(mine.patientId), as(randomUUID())];
    const asScheduler = person(mine.patientId, "scheduler") as Patient;
    for (const patient of [...strangers, asScheduler])
      for (const id of [visitId, randomUUID(), "nonsense", ""]) {
        const asked = { patient, visitId: id };
        const answers = [
          await takeOwnLink(deps, asked),
          await takeOwnCheck(deps, asked),
          await askForTime(deps, { ...asked, wishes: [wish()], words: null }),
          await sayCannotCome(deps, { ...asked, words: null }),
          await withdrawRequest(deps, asked),
        ];
        expect(answers.map(refusalOf), `${patient.role} ${id}`).toEqual(Array(5).fill("VISIT_UNKNOWN"));
      }
    expect((await seen(visitId)).status).toBe("SCHEDULED");
    const rows = await deps.db.asActor(system, (tx) =>
      tx.select().from(vouchers).where(eq(vouchers.visitId, visitId)),
    );
    expect(rows).toEqual([]);
  });

  test("is sent to a device check that opens no visit, five times an hour", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(30) });
    const asked = { patient: as(patientId), visitId };
    const { url } = granted(await takeOwnCheck(deps, asked));
    expect((await lookAtCheck(deps, { code: codeIn(url), origin })).kind).toBe("open");
    expect(granted(await lookAtDoor(deps, { code: codeIn(url), browserId: "", origin })).kind).toBe(
      "unknown",
    );
    for (let time = 0; time < 4; time++) granted(await takeOwnCheck(deps, asked));
    expect(refusalOf(await takeOwnCheck(deps, asked))).toBe("LINKS_LIMITED");
  });
});

describe("another time", () => {
  test("is asked for once at a time, seen by staff, its words veiled, and settled by moving the visit", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(30) });
    const patient = as(patientId);
    granted(await ask(patient, visitId, "first"));
    granted(await ask(patient, visitId, "I work in the mornings"));
    const before = await seen(visitId);
    expect(before.timeAsked?.kind).toBe("move");
    expect(before.timeRequest).toMatchObject({
      kind: "move",
      hasWords: true,
      wishes: [wish()],
      outcome: null,
    });
    const listed = await listVisits(deps, { actor: scheduler, patientId });
    expect(listed.visits[0]?.timeAsked?.kind).toBe("move");
    expect(JSON.stringify([before, listed])).not.toContain("mornings");
    const rows = await deps.db.asActor(system, (tx) =>
      tx.select().from(timeRequests).where(eq(timeRequests.visitId, visitId)),
    );
    expect(rows.filter((row) => !row.withdrawnAt && !row.settledAt)).toHaveLength(1);
    expect(Buffer.concat(rows.map(({ words }) => words!)).toString("utf8")).not.toContain("mornings");

    expect(granted(await readRequestWords(deps, { actor: scheduler, visitId })).words).toBe(
      "I work in the mornings",
    );
    const scheduledAt = new Date(deps.clock.now().getTime() + 3 * 86_400_000);
    granted(await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt }));
    const after = await seen(visitId);
    expect(after).toMatchObject({ timeAsked: null, timeRequest: { outcome: "moved", byPatient: false } });
    const [mine] = (await listOwnVisits(deps, { patient })).coming;
    expect(mine?.request).toMatchObject({ outcome: "moved", words: "I work in the mornings" });
    const events = await eventsOf(deps.db, visitId);
    for (const event of ["TIME_ASKED", "TIME_REQUEST_VIEWED", "TIME_REQUEST_SETTLED"])
      expect(events).toContain(event);
    expect(refusalOf(await declineRequest(deps, { actor: scheduler, visitId, answer: "No" }))).toBe(
      "REQUEST_SETTLED",
    );
  });

  test("that was asked for twice at the same moment is one request", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(30) });
    const both = await Promise.all([ask(as(patientId), visitId), ask(as(patientId), visitId)]);
    expect(both.map(refusalOf)).toEqual([null, null]);
    const rows = await deps.db.asActor(system, (tx) =>
      tx.select().from(timeRequests).where(eq(timeRequests.visitId, visitId)),
    );
    expect(rows.filter((row) => !row.withdrawnAt && !row.settledAt)).toHaveLength(1);
  });

  test("is declined with a word that the patient reads; who may not manage the visit can neither read nor settle it", async () => {
    const { visitId, patientId, clinicianId } = await makeVisit(deps, { inMinutes: hours(30) });
    const patient = as(patientId);
    granted(await ask(patient, visitId, "please"));
    for (const actor of [person(randomUUID(), "clinician"), person(randomUUID(), "agent"), patient]) {
      expect(refusalOf(await readRequestWords(deps, { actor, visitId }))).toMatch(/VISIT_UNKNOWN|FORBIDDEN/);
      expect(refusalOf(await declineRequest(deps, { actor, visitId, answer: "No" }))).toMatch(
        /VISIT_UNKNOWN|FORBIDDEN/,
      );
    }
    const actor = person(clinicianId, "clinician");
    const told = () =>
      deps.db.asActor(system, (tx) =>
        tx
          .select({ template: outbox.template, party: outbox.party, kind: outbox.kind })
          .from(outbox)
          .where(eq(outbox.visitId, visitId))
          .orderBy(outbox.kind),
      );
    expect(await told()).toEqual([]);
    granted(await declineRequest(deps, { actor, visitId, answer: "That week is full. Call us." }));
    // Once: a second answer finds nothing to settle, and tells nobody.
    expect(refusalOf(await declineRequest(deps, { actor, visitId, answer: "No" }))).toBe("REQUEST_SETTLED");
    expect(await told()).toEqual(
      ["email", "sms"].map((kind) => ({ template: "time-kept", party: "patient", kind })),
    );
    const [mine] = (await listOwnVisits(deps, { patient })).coming;
    expect(mine?.request).toMatchObject({ outcome: "declined", answer: "That week is full. Call us." });
    // Asked again, the old answer is gone.
    granted(await ask(patient, visitId));
    expect((await listOwnVisits(deps, { patient })).coming[0]?.request).toMatchObject({
      outcome: null,
      answer: null,
    });
  });

  test("is refused where no day was chosen, too many, a day that is over or too far, or the visit has begun", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(30) });
    const patient = as(patientId);
    for (const wishes of [
      [],
      [wish(1), wish(2), wish(3), wish(4)],
      [wish(-2)],
      [wish(200)],
      [{ ...wish(), day: "2026-13-40" }],
      [{ ...wish(), day: "soon" }],
    ])
      expect(refusalOf(await askForTime(deps, { patient, visitId, wishes, words: null }))).toBe(
        "WISHES_INVALID",
      );
    const begun = await makeVisit(deps);
    await deps.db.asActor(system, (tx) =>
      tx.update(videoVisits).set({ startedAt: deps.clock.now() }).where(eq(videoVisits.id, begun.visitId)),
    );
    expect(refusalOf(await ask(as(begun.patientId), begun.visitId))).toBe("VISIT_ACTIVE");
  });

  test("can be taken back, and is asked for five times a day at most", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(30) });
    const patient = as(patientId);
    for (let time = 0; time < 5; time++) {
      granted(await ask(patient, visitId));
      granted(await withdrawRequest(deps, { patient, visitId }));
      expect((await seen(visitId)).timeAsked).toBeNull();
    }
    expect(refusalOf(await ask(patient, visitId))).toBe("REQUESTS_LIMITED");
  });
});

describe("a patient who can't come", () => {
  test("has the visit called off at once where a day is left, and staff see who did it", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(24) + 1 });
    const patient = as(patientId);
    expect(granted(await sayCannotCome(deps, { patient, visitId, words: "I moved away" }))).toEqual({
      calledOff: true,
    });
    expect(await seen(visitId)).toMatchObject({
      status: "CANCELLED",
      timeRequest: { kind: "cancel", outcome: "cancelled", byPatient: true, hasWords: true },
    });
    expect(refusalOf(await sayCannotCome(deps, { patient, visitId, words: null }))).toBe("VISIT_CANCELLED");
  });

  test("asks staff where less is left, who then call it off", async () => {
    const { visitId, patientId } = await makeVisit(deps, { inMinutes: hours(24) - 1 });
    const patient = as(patientId);
    expect(granted(await sayCannotCome(deps, { patient, visitId, words: null }))).toEqual({
      calledOff: false,
    });
    expect(await seen(visitId)).toMatchObject({ status: "SCHEDULED", timeAsked: { kind: "cancel" } });
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    expect(await seen(visitId)).toMatchObject({
      timeAsked: null,
      timeRequest: { outcome: "cancelled", byPatient: false },
    });
  });
});

describe("behind the use cases, row-level security lets a patient", () => {
  test("neither ask about another's visit, nor settle, nor change what was settled", async () => {
    const theirs = await makeVisit(deps, { inMinutes: hours(30) });
    const mine = await makeVisit(deps, { inMinutes: hours(30) });
    const patient = as(mine.patientId);
    granted(await ask(as(theirs.patientId), theirs.visitId));
    granted(await ask(patient, mine.visitId));
    const row = (visitId: string) => ({
      id: randomUUID(),
      visitId,
      kind: "move" as const,
      wishes: [],
      createdAt: deps.clock.now(),
    });
    await expect(
      deps.db.asActor(patient, (tx) => tx.insert(timeRequests).values(row(theirs.visitId))),
    ).rejects.toThrow();
    const settled = { settledAt: deps.clock.now(), outcome: "moved" as const, settledBy: "me" };
    await expect(
      deps.db.asActor(patient, (tx) =>
        tx.update(timeRequests).set(settled).where(eq(timeRequests.visitId, mine.visitId)),
      ),
    ).rejects.toThrow();
    const touched = await deps.db.asActor(patient, (tx) =>
      tx.update(timeRequests).set({ withdrawnAt: deps.clock.now() }).returning({ id: timeRequests.visitId }),
    );
    expect(touched).toEqual([{ id: mine.visitId }]);
    expect((await seen(theirs.visitId)).timeAsked?.kind).toBe("move");
  });

  test("write no message, take no seat and touch no session, even of their own visit", async () => {
    const { visitId, patientId } = await makeVisit(deps);
    const joined = await joinAs(deps, visitId, "patient");
    const patient = as(patientId);
    const message = {
      id: randomUUID(),
      kind: "sms" as const,
      visitId,
      party: "patient" as const,
      template: "initial",
      recipient: "+15550199999",
    };
    await expect(deps.db.asActor(patient, (tx) => tx.insert(outbox).values(message))).rejects.toThrow();
    const touched = await deps.db.asActor(patient, async (tx) => [
      ...(await tx
        .update(visitSessions)
        .set({ expiresAt: new Date("2099-01-01") })
        .returning()),
      ...(await tx.update(visitSeats).set({ admittedAt: new Date() }).returning()),
      ...(await tx.select().from(visitSeats)),
    ]);
    expect(touched).toEqual([]);
    expect((await joined.again()).ok).toBe(true);
  });
});
