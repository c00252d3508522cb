import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { listJourneys } from "./list-journeys";
import { liveState } from "./live-state";
import { rescheduleVisit } from "./reschedule-visit";
import { runLate } from "./run-late";
import {
  eventsOf,
  granted,
  joinAs,
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

describe("running late", () => {
  test("tells the patient by text, with no word of why, and whoever waits sees it", async () => {
    const { visitId, clinicianId } = await makeVisit(deps, { channel: "sms" });
    const patient = await joinAs(deps, visitId, "patient");
    const jane = person(clinicianId, "clinician");
    const answer = granted(await runLate(deps, { actor: jane, visitId, minutes: 20 }));
    expect(answer).toMatchObject({ lateMinutes: 20, told: true });
    const expected = (await visitRow(deps.db, visitId)).scheduledAt.getTime() + 20 * 60_000;
    expect(Date.parse(answer.lateUntil ?? "")).toBe(expected);
    await everything();
    expect(deps.texter.sent.map(({ body }) => body)).toEqual([
      expect.stringMatching(
        /^Your video visit with Dr\. Jane is running about 20 min late\. It should start /,
      ),
    ]);
    const seen = granted(await liveState(deps, { visitId, viewer: { kind: "seat", actor: patient.actor } }));
    expect(seen).toMatchObject({ lateMinutes: 20, lateUntil: answer.lateUntil });
    expect(seen).not.toHaveProperty("changes");
    expect(await eventsOf(deps.db, visitId)).toContain("RUNNING_LATE");
  });

  test("reaches who was never sent a link with one; of a notice to who is in, no link is said to have been sent", async () => {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 20 }));
    await everything();
    const [first] = deps.texter.sent;
    expect(first?.body).toMatch(/\nTap to join: http:\/\/visit\.test\/j\/\w+$/);
    const journey = async (id: string) =>
      (await listJourneys(deps, { actor: scheduler, visitIds: [id] })).get(id);
    expect(await journey(visitId)).toMatchObject({ sent: true });
    // The same link again, not another that would shut it.
    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 30 }));
    await everything();
    expect(deps.texter.sent[1]?.body).toContain(first?.body.split("\n")[1]);

    const inside = await makeVisit(deps, { channel: "sms" });
    await joinAs(deps, inside.visitId, "patient");
    deps.texter.sent.length = 0;
    granted(await runLate(deps, { actor: scheduler, visitId: inside.visitId, minutes: 20 }));
    await everything();
    expect(deps.texter.sent[0]?.body).not.toMatch(/link|http/);
    expect(await journey(inside.visitId)).toMatchObject({ sent: false, failed: false });
  });

  test("after the planned start counts from now", async () => {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    deps.clock.advance(15 * 60);
    const { lateUntil } = granted(await runLate(deps, { actor: scheduler, visitId, minutes: 10 }));
    const ahead = Date.parse(lateUntil ?? "") - deps.clock.now().getTime();
    expect(ahead).toBeGreaterThan(9 * 60_000);
    expect(ahead).toBeLessThanOrEqual(11 * 60_000);
  });

  test("taken back before the text went is never told; taken back after it is told too", async () => {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 10 }));
    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 0 }));
    await everything();
    expect(deps.texter.sent).toEqual([]);
    expect((await visitRow(deps.db, visitId)).lateUntil).toBeNull();

    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 10 }));
    await everything();
    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 0 }));
    await everything();
    expect(deps.texter.sent.map(({ body }) => body)).toEqual([
      expect.stringContaining("10 min late"),
      expect.stringContaining("back on time"),
    ]);
    expect(await eventsOf(deps.db, visitId)).toContain("RUNNING_LATE_UNDONE");
    expect(granted(await runLate(deps, { actor: scheduler, visitId, minutes: 0 })).told).toBe(false);
  });

  test("a visit that is moved is on time again", async () => {
    const { visitId } = await makeVisit(deps, { channel: "sms" });
    granted(await runLate(deps, { actor: scheduler, visitId, minutes: 10 }));
    const scheduledAt = new Date(deps.clock.now().getTime() + 5 * 3_600_000);
    granted(await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt }));
    expect((await visitRow(deps.db, visitId)).lateMinutes).toBeNull();
  });

  test("is for this visit's clinician and the office; not for a colleague, not for the patient's link", async () => {
    const { visitId } = await makeVisit(deps);
    const other = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    expect(
      refusalOf(await runLate(deps, { actor: person(other.clinicianId, "clinician"), visitId, minutes: 10 })),
    ).toBe("VISIT_UNKNOWN");
    expect(refusalOf(await runLate(deps, { actor: patient.actor, visitId, minutes: 10 }))).toBe("FORBIDDEN");
    expect((await visitRow(deps.db, visitId)).lateUntil).toBeNull();
  });
});
