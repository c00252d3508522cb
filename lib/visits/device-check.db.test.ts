import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog, deviceCheckLinks, deviceChecks } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { cancelVisit } from "./cancel-visit";
import type { DeviceFindings } from "./device-check";
import { getVisit } from "./get-visit";
import { listJourneys } from "./list-journeys";
import { lookAtCheck } from "./look-at-check";
import { lookAtDoor } from "./look-at-door";
import { noteDeviceCheck } from "./note-device-check";
import { rescheduleVisit } from "./reschedule-visit";
import { sendDeviceCheck } from "./send-device-check";
import { startVisit } from "./start-visit";
import {
  codeIn,
  eventsOf,
  givenVisits,
  granted,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";

const deps = givenVisits();
const admin = person("dddddddd-0000-4000-8000-0000000000ab", "admin");
const fine: DeviceFindings = {
  camera: "works",
  microphone: "works",
  speaker: "works",
  network: "good",
  downKbps: 20_000,
  upKbps: 5_000,
  roundTripMs: 40,
  path: "udp",
  lostDownPercent: 0.4,
  lostUpPercent: 0,
  mediaRoundTripMs: 38,
  jitterMs: 3,
  framesPerSecond: 14.9,
  frameMs: 5.5,
  lateMs: 6,
};

/** A visit of tomorrow whose patient was sent a device check: its code, as the text carried it. */
async function sentCheck(given: Parameters<typeof makeVisit>[1] = { inMinutes: 24 * 60, channel: "sms" }) {
  const made = await makeVisit(deps, given);
  granted(await sendDeviceCheck(deps, { actor: scheduler, visitId: made.visitId }));
  while ((await deliverDue(deps)) > 0);
  const url = /http\S+\/c\/\S+/.exec(deps.texter.sent.at(-1)?.body ?? "")?.[0] ?? "";
  const code = codeIn(url);
  return {
    ...made,
    url,
    code,
    look: () => lookAtCheck(deps, { code, origin }),
    note: (findings: Partial<DeviceFindings> = {}, runId: string = randomUUID(), by = code) =>
      noteDeviceCheck(deps, { code: by, runId, findings: { ...fine, ...findings }, origin }),
  };
}
const runs = (visitId: string) =>
  deps.db.asActor(system, (tx) => tx.select().from(deviceChecks).where(eq(deviceChecks.visitId, visitId)));

describe("a device check", () => {
  test("reaches the patient by the contact on file, and says of the visit what its door would", async () => {
    const { url, look, visitId } = await sentCheck();
    expect(url).toMatch(/^http:\/\/visit\.test\/c\/[0-9a-z]{8}$/);
    expect(await look()).toMatchObject({
      kind: "open",
      visit: { visitId, clinicianName: "Jane", locale: "en" },
    });
    expect(JSON.stringify(await look())).not.toMatch(/Walter|Greene/);
  });

  test("opens no visit and spends nothing: its code is none at any door of a visit", async () => {
    const { code, visitId, look, note } = await sentCheck();
    await look();
    granted(await note());
    expect(granted(await lookAtDoor(deps, { code, browserId: randomUUID(), origin }))).toMatchObject({
      kind: "unknown",
    });
    expect(refusalOf(await startVisit(deps, { visitId, code, holder: randomUUID(), origin }))).toBe(
      "CODE_UNKNOWN",
    );
    expect((await visitRow(deps.db, visitId)).startedAt).toBeNull();
    expect(await eventsOf(deps.db, visitId)).not.toContain("TOKEN_REDEEMED");
  });

  test("is kept as a keyed hash: a copy of the table holds nothing to present", async () => {
    const { code, visitId } = await sentCheck();
    const [row] = await deps.db.asActor(system, (tx) =>
      tx.select().from(deviceCheckLinks).where(eq(deviceCheckLinks.visitId, visitId)),
    );
    expect(JSON.stringify(row)).not.toContain(code);
    expect(deps.keyring.matches("device-check-code", code, row!.codeHash)).toBe(true);
  });

  test("shows staff its newest result, and the audit what was found, by nobody in particular", async () => {
    const { visitId, note } = await sentCheck();
    granted(await note({ camera: "refused", network: "slow" }));
    deps.clock.advance(60);
    granted(await note({ network: "slow" }));
    const seen = granted(await getVisit(deps, { actor: admin, visitId }));
    expect(seen.deviceCheck).toEqual({ ...fine, network: "slow", at: expect.any(String) });
    const [entry] = await deps.db.asActor(admin, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.eventType, "DEVICE_CHECKED")),
    );
    expect(entry).toMatchObject({ actorRole: "ANONYMOUS" });
    expect(await eventsOf(deps.db, visitId)).toEqual(
      expect.arrayContaining(["DEVICE_CHECK_SENT", "DEVICE_CHECKED"]),
    );
  });

  test("stands out in the staff's list while its newest result needs somebody to look into it", async () => {
    const { visitId, note } = await sentCheck();
    const inList = async () =>
      (await listJourneys(deps, { actor: admin, visitIds: [visitId] })).get(visitId)?.check;
    expect(await inList()).toBeNull();
    granted(await note({ camera: "refused" }));
    expect(await inList()).toBe("trouble");
    deps.clock.advance(60);
    granted(await note());
    expect(await inList()).toBe("fine");
  });

  test("is recorded once for each run, however often the page sends it", async () => {
    const { visitId, note } = await sentCheck();
    const runId = randomUUID();
    expect(granted(await note({}, runId))).toEqual({ recorded: true });
    expect(granted(await note({ camera: "none" }, runId))).toEqual({ recorded: false });
    expect(await runs(visitId)).toMatchObject([{ camera: "works" }]);
  });

  test("is seen by the visit's own clinician and by no other", async () => {
    const { visitId, clinicianId, note } = await sentCheck();
    granted(await note());
    const other = await makePersons(deps.db);
    const read = (id: string) =>
      deps.db.asActor(person(id, "clinician"), (tx) =>
        tx.select().from(deviceChecks).where(eq(deviceChecks.visitId, visitId)),
      );
    expect(await read(clinicianId)).toHaveLength(1);
    expect(await read(other.clinicianId)).toEqual([]);
  });

  test("moves with its visit, and ends with it", async () => {
    const { visitId, look } = await sentCheck();
    const later = new Date(deps.clock.now().getTime() + 3 * 86_400_000);
    granted(await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt: later }));
    deps.clock.advance(2 * 86_400);
    expect(await look()).toMatchObject({ kind: "open" });
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    expect(await look()).toMatchObject({ kind: "closed" });
  });
});

describe("nobody learns from a device check's door", () => {
  test("whether a code was never made or its visit is over: page and answer are the same", async () => {
    const over = await sentCheck();
    granted(await cancelVisit(deps, { actor: scheduler, visitId: over.visitId }));
    const guessed = "zzzzzzzz";
    expect(await over.look()).toEqual(await lookAtCheck(deps, { code: guessed, origin }));
    expect(await over.note()).toEqual(await over.note({}, randomUUID(), guessed));
    expect(await runs(over.visitId)).toEqual([]);
  });

  test("by trying codes: a wrong one counts as a guess, and who guessed too often waits", async () => {
    await lookAtCheck(deps, { code: "yyyyyyyy", origin });
    await noteDeviceCheck(deps, { code: "yyyyyyyx", runId: randomUUID(), findings: fine, origin });
    expect(deps.guessLimits.misses).toEqual(["yyyyyyyy", "yyyyyyyx"]);
    const { look, note } = await sentCheck();
    deps.guessLimits.limited = true;
    expect(await look()).toMatchObject({ kind: "limited", retryAfterSeconds: 60 });
    expect(refusalOf(await note())).toBe("GUESS_LIMITED");
    deps.guessLimits.limited = false;
  });

  test("and nobody fills the record: twelve runs an hour, then a wait", async () => {
    const { visitId, note } = await sentCheck();
    for (let run = 0; run < 12; run++) granted(await note());
    expect(await note()).toMatchObject({ ok: false, error: { code: "CHECKS_LIMITED" } });
    deps.clock.advance(3601);
    granted(await note());
    expect(await runs(visitId)).toHaveLength(13);
  });
});

describe("staff send a device check", () => {
  test("three times an hour, and to nobody who has no contact", async () => {
    const { visitId } = await sentCheck();
    const send = () => sendDeviceCheck(deps, { actor: scheduler, visitId });
    granted(await send());
    granted(await send());
    expect(await send()).toMatchObject({ ok: false, error: { code: "RESEND_LIMITED" } });
    const unreachable = await makeVisit(deps, {
      inMinutes: 600,
      persons: await makePersons(deps.db, { phone: null, email: null }),
    });
    expect(refusalOf(await sendDeviceCheck(deps, { actor: scheduler, visitId: unreachable.visitId }))).toBe(
      "NO_CONTACT",
    );
  });

  test("of their own visits alone, and only while there is something to come", async () => {
    const { visitId } = await sentCheck();
    const stranger = await makePersons(deps.db);
    const jane = person(stranger.clinicianId, "clinician");
    expect(refusalOf(await sendDeviceCheck(deps, { actor: jane, visitId }))).toBe("VISIT_UNKNOWN");
    granted(await cancelVisit(deps, { actor: scheduler, visitId }));
    expect(refusalOf(await sendDeviceCheck(deps, { actor: scheduler, visitId }))).toBe("VISIT_CANCELLED");
  });
});
