import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLog, recordings, roomSeats } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Actor } from "@/lib/kernel/actor";
import type { RoomRole } from "@/lib/kernel/room-role";
import { changeClinic } from "@/lib/notifications/change-clinic";
import { listRecordings, openRecording, readRecording } from "@/lib/recordings/play-recording";
import { placeOf } from "@/lib/recordings/recording";
import { settleRecordings } from "@/lib/recordings/settle-recordings";
import { changeRetention } from "@/lib/retention/change-retention";
import { keptForever } from "@/lib/retention/retention";
import { sweepRetention } from "@/lib/retention/sweep-retention";
import { givenVisits, granted, origin, refusalOf } from "@/lib/visits/testing";
import { closeRoom, removePerson, renewLink } from "./change-room";
import { joinRoom } from "./join-room";
import { leaveRoom, liveRoom } from "./live-room";
import { makeRoom } from "./make-room";
import { answerRecording, askToRecord, stopRecording } from "./record-room";

const deps = givenVisits();
const adminId = randomUUID();
const admin = person(adminId, "admin");
const scheduler = person("cccccccc-0000-4000-8000-0000000000ac", "scheduler");
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

async function inRoom({ maker = scheduler as Actor } = {}) {
  const room = granted(await makeRoom(deps, { actor: maker, lobby: false }));
  const { roomId } = room;
  const come = async (role: RoomRole, token = room[role].token, holder: string = randomUUID()) =>
    joinRoom(deps, { presented: { token }, roomId, holder, origin });
  const actorOf = async (role: RoomRole) => {
    const joined = granted(await come(role));
    const actor = { kind: "room-invite", inviteId: joined.seatId, roomId, role, origin } as const;
    return { actor, meetingId: joined.chimeJoinInfo.meeting.meetingId };
  };
  const { actor: host, meetingId } = await actorOf("host");
  const { actor: guest } = await actorOf("guest");
  const seen = async (actor: Actor) => granted(await liveRoom(deps, { actor, roomId }));
  const running = () =>
    [...deps.recorder.captures.values()].filter((one) => one.running && one.meetingId === meetingId).length;
  const row = async (recordingId: string) => {
    const [found] = await deps.db.asActor(system, (tx) =>
      tx.select().from(recordings).where(eq(recordings.id, recordingId)),
    );
    return found!;
  };
  const ask = async () => granted(await askToRecord(deps, host)).recordingId;
  const answer = (recordingId: string, agreed = true) =>
    answerRecording(deps, { actor: guest, recordingId, agreed });
  const record = async () => {
    const recordingId = await ask();
    granted(await answer(recordingId));
    expect(running()).toBe(1);
    return recordingId;
  };
  return { room, roomId, come, host, guest, seen, running, row, ask, answer, record };
}
const eventsOf = (recordingId: string) =>
  deps.db.asActor(system, async (tx) => {
    const rows = await tx
      .select()
      .from(auditLog)
      .where(sql`${auditLog.metadata} ->> 'recordingId' = ${recordingId}`)
      .orderBy(auditLog.occurredAt);
    return rows.map(({ eventType }) => eventType);
  });

describe("a call is recorded", () => {
  test("when its host has asked and everybody inside has agreed, and not before; each sees how it stands", async () => {
    const call = await inRoom();
    expect(await call.seen(call.host)).toMatchObject({ mayRecord: true, recording: null });
    expect(await call.seen(call.guest)).toMatchObject({ mayRecord: false });
    const recordingId = await call.ask();
    expect(await call.ask()).toBe(recordingId);
    expect(call.running()).toBe(0);
    const asked = { recordingId, state: "asked", keptDays: 30 };
    expect((await call.seen(call.host)).recording).toMatchObject({ ...asked, answered: true });
    expect((await call.seen(call.guest)).recording).toMatchObject({ ...asked, answered: false });
    granted(await call.answer(recordingId));
    expect(call.running()).toBe(1);
    expect((await call.seen(call.guest)).recording).toMatchObject({ state: "recording" });
    granted(await stopRecording(deps, call.host));
    expect(call.running()).toBe(0);
    await settleRecordings(deps);
    expect(await call.row(recordingId)).toMatchObject({
      endReason: "stopped",
      objectKey: expect.any(String),
    });
    expect(await eventsOf(recordingId)).toEqual([
      "RECORDING_ASKED",
      "RECORDING_AGREED",
      "RECORDING_STARTED",
      "RECORDING_STOPPED",
      "RECORDING_STORED",
    ]);
  });

  test("by nobody who isn't its host, in no clinic that records nothing, and not with nobody to ask", async () => {
    const call = await inRoom();
    expect(refusalOf(await askToRecord(deps, call.guest))).toBe("FORBIDDEN");
    granted(await leaveRoom(deps, call.guest));
    expect(refusalOf(await askToRecord(deps, call.host))).toBe("RECORDING_ALONE");
    granted(await allow(null));
    expect(refusalOf(await askToRecord(deps, call.host))).toBe("RECORDING_OFF");
    expect((await call.seen(call.host)).mayRecord).toBe(false);
  });

  test("a refusal leaves it unrecorded, and no late yes brings it back; the host may ask again", async () => {
    const call = await inRoom();
    const recordingId = await call.ask();
    granted(await call.answer(recordingId, false));
    expect(refusalOf(await call.answer(recordingId))).toBe("RECORDING_OVER");
    expect(call.running()).toBe(0);
    expect((await call.seen(call.host)).recording).toMatchObject({ state: "over", reason: "refused" });
    await settleRecordings(deps);
    expect(await call.row(recordingId)).toMatchObject({ startedAt: null, objectKey: null });
    expect(await call.ask()).not.toBe(recordingId);
  });

  test("once, however often and at once both agree", async () => {
    const call = await inRoom();
    const recordingId = await call.ask();
    await Promise.all(Array.from({ length: 6 }, () => call.answer(recordingId)));
    expect(deps.recorder.captures.size).toBe(1);
    expect((await eventsOf(recordingId)).filter((event) => event === "RECORDING_STARTED")).toHaveLength(1);
  });
});

describe("it is over", () => {
  const ways: Array<[string, string, (call: Awaited<ReturnType<typeof inRoom>>) => Promise<unknown>]> = [
    ["the guest takes it back", "withdrawn", ({ guest }) => stopRecording(deps, guest)],
    ["somebody leaves", "left", ({ guest }) => leaveRoom(deps, guest)],
    [
      "somebody is taken out",
      "left",
      ({ roomId, guest }) => removePerson(deps, { actor: scheduler, roomId, seatId: guest.inviteId }),
    ],
    ["the room is closed", "room-closed", ({ roomId, host }) => closeRoom(deps, { actor: host, roomId })],
  ];
  test.each(ways)("when %s", async (_, reason, end) => {
    const call = await inRoom();
    const recordingId = await call.record();
    await end(call);
    await settleRecordings(deps);
    expect(call.running()).toBe(0);
    expect(await call.row(recordingId)).toMatchObject({ endReason: reason });
  });

  test("before somebody new comes in: while the cloud can't say that it stopped, they wait at the door", async () => {
    const call = await inRoom();
    const recordingId = await call.record();
    // The guest's seat stands empty: as if their link had been renewed while the worker slept.
    granted(await leaveRoom(deps, call.guest));
    await settleRecordings(deps);
    const { token } = granted(
      await renewLink(deps, { actor: scheduler, roomId: call.roomId, role: "guest" }),
    );
    await deps.db.asActor(system, (tx) =>
      tx.execute(
        sql`UPDATE recordings SET stopped_at = NULL, settled_at = NULL, object_key = NULL, bytes = NULL, kept_until = NULL WHERE id = ${recordingId}`,
      ),
    );
    deps.recorder.faults.fail("stop", "outage");
    const holder = randomUUID();
    expect(refusalOf(await call.come("guest", token, holder))).toBe("CLOUD_UNAVAILABLE");
    expect((await call.come("guest", token, holder)).ok).toBe(true);
    expect(call.running()).toBe(0);
  });

  test("when nobody answers, when the meeting ends, and when everybody is gone", async () => {
    const silent = await inRoom();
    const unanswered = await silent.ask();
    const ended = await inRoom();
    const cut = await ended.record();
    await deps.meetings.end((await ended.row(cut)).meetingId);
    const gone = await inRoom();
    const empty = await gone.record();
    await deps.db.asActor(system, (tx) =>
      tx
        .update(roomSeats)
        .set({ presentAt: new Date(Date.now() - 120_000) })
        .where(eq(roomSeats.roomId, gone.roomId)),
    );
    await settleRecordings(deps);
    expect((await ended.row(cut)).endReason).toBe("call-ended");
    expect((await gone.row(empty)).endReason).toBe("left");
    const later = { ...deps, clock: { now: () => new Date(Date.now() + 180_000) } };
    await settleRecordings(later);
    expect((await silent.row(unanswered)).endReason).toBe("unanswered");
  });
});

describe("when the cloud fails", () => {
  test("whose answer to the start is lost, nothing goes on being recorded, and nothing of it is kept", async () => {
    const call = await inRoom();
    const recordingId = await call.ask();
    deps.recorder.faults.fail("start", "outage", { when: "after" });
    granted(await call.answer(recordingId));
    expect((await call.seen(call.host)).recording).toMatchObject({ state: "over", reason: "failed" });
    await settleRecordings(deps);
    expect(call.running()).toBe(0);
    expect(deps.recorder.captures.size).toBe(0);
    expect(await call.row(recordingId)).toMatchObject({ settledAt: expect.any(Date), objectKey: null });
  });

  test("the worker stops what a press could not, and stores it once", async () => {
    const call = await inRoom();
    const recordingId = await call.record();
    deps.recorder.faults.fail("stop", "outage");
    granted(await stopRecording(deps, call.host));
    expect(call.running()).toBe(1);
    expect((await call.seen(admin)).recording).toMatchObject({ state: "recording", settled: 0 });
    await Promise.all([1, 2, 3].map(() => settleRecordings(deps)));
    expect(call.running()).toBe(0);
    // What staff watch has changed, so that their page shows it without a reload.
    expect((await call.seen(admin)).recording).toMatchObject({ state: "over", settled: 1 });
    expect((await eventsOf(recordingId)).filter((event) => event === "RECORDING_STORED")).toHaveLength(1);
  });
});

describe("what was recorded", () => {
  async function stored(given: { maker?: Actor } = {}) {
    const call = await inRoom(given);
    const recordingId = await call.record();
    granted(await stopRecording(deps, call.host));
    await settleRecordings(deps);
    const listen = async (
      actor: Actor,
      playId: string,
      range: { from: number; to: number } | null = null,
    ) => {
      const { roomId } = call;
      return readRecording(deps, { actor, call: { roomId }, recordingId, playId, range });
    };
    const open = (actor: Actor) => openRecording(deps, { actor, recordingId, reason: "complaint" });
    return { ...call, recordingId, listen, open };
  }

  test("is heard by an administrator who said why, and each opening is told of with name and reason", async () => {
    const it = await stored();
    expect(refusalOf(await it.listen(admin, randomUUID()))).toBe("RECORDING_NOT_OPENED");
    const { playId } = granted(await it.open(admin));
    const part = granted(await it.listen(admin, playId, { from: 4, to: 7 }));
    expect(await new Response(part.body).text()).toBe("ftyp");
    const [entry] = await listRecordings(deps, { actor: admin, call: { roomId: it.roomId } });
    expect(entry).toMatchObject({
      state: "stored",
      plays: [{ name: expect.any(String), reason: "complaint" }],
    });
    expect(await eventsOf(it.recordingId)).toContain("RECORDING_PLAYED");
    const other = person(randomUUID(), "admin");
    expect(refusalOf(await it.listen(other, playId))).toBe("RECORDING_NOT_OPENED");
    const later = { ...deps, clock: { now: () => new Date(Date.now() + 61 * 60_000) } };
    const { roomId, recordingId } = it;
    const late = await readRecording(later, {
      actor: admin,
      call: { roomId },
      recordingId,
      playId,
      range: null,
    });
    expect(refusalOf(late)).toBe("RECORDING_NOT_OPENED");
  });

  test("is its maker's to hear where that is a clinician, and no other colleague's: not a scheduler's, an agent's, an auditor's or a key's", async () => {
    const maker = person(randomUUID(), "clinician");
    const it = await stored({ maker });
    expect((await it.open(maker)).ok).toBe(true);
    const others: Actor[] = [
      person(randomUUID(), "clinician"),
      scheduler,
      person(randomUUID(), "auditor"),
      person(randomUUID(), "agent"),
      { kind: "api-key", id: randomUUID(), scopes: ["admin"], origin },
      it.guest,
    ];
    for (const actor of others) {
      expect(["FORBIDDEN", "RECORDING_UNKNOWN"]).toContain(refusalOf(await it.open(actor)));
      expect(await listRecordings(deps, { actor, call: { roomId: it.roomId } })).toEqual([]);
    }
    // Row-level security says so by itself, and lets nobody listen in another's name.
    for (const actor of others.slice(0, 5))
      expect(await deps.db.asActor(actor, (tx) => tx.select().from(recordings))).toEqual([]);
    await expect(
      deps.db.asActor(maker, (tx) =>
        tx.execute(sql`INSERT INTO recording_plays (id, recording_id, staff_id, staff_name, reason, opened_at, expires_at)
          VALUES (${randomUUID()}, ${it.recordingId}, ${adminId}, 'x', 'care', now(), now())`),
      ),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
  });

  test("holds its room back from what is kept no longer, and goes with it once nobody can hear it any more", async () => {
    const it = await stored();
    granted(await it.open(admin));
    deps.clock.advance(-40 * 86_400);
    granted(await closeRoom(deps, { actor: admin, roomId: it.roomId }));
    deps.clock.reset();
    granted(
      await changeRetention(deps, { actor: admin, rules: { ...keptForever, rooms: 1 }, confirmed: true }),
    );
    const left = async () => {
      while ((await sweepRetention(deps)) > 0);
      const [row] = await deps.db.asActor(system, (tx) =>
        tx.execute(sql`SELECT (SELECT count(*)::int FROM rooms WHERE id = ${it.roomId}) AS rooms,
          (SELECT count(*)::int FROM recordings WHERE room_id = ${it.roomId}) AS recordings`),
      );
      return row;
    };
    expect(await left()).toEqual({ rooms: 1, recordings: 1 });
    for (const capture of deps.recorder.captures.values()) capture.lockedUntil = null;
    await settleRecordings({ ...deps, clock: { now: () => new Date(Date.now() + 31 * 86_400_000) } });
    expect(await left()).toEqual({ rooms: 0, recordings: 0 });
    granted(await changeRetention(deps, { actor: admin, rules: keptForever, confirmed: true }));
  });

  test("stays locked for as long as people were told, and goes then", async () => {
    const it = await stored();
    const row = await it.row(it.recordingId);
    const days = (row.keptUntil!.getTime() - row.endedAt!.getTime()) / 86_400_000;
    expect(days).toBe(30);
    expect(refusalOf(await deps.recorder.remove(placeOf(row)))).toBe("RECORDING_LOCKED");
    const later = { ...deps, clock: { now: () => new Date(row.keptUntil!.getTime() + 1_000) } };
    await settleRecordings(later);
    expect((await it.row(it.recordingId)).deletedAt).toBeNull(); // the cloud's own clock says no
    for (const capture of deps.recorder.captures.values()) capture.lockedUntil = null;
    await settleRecordings(later);
    expect((await it.row(it.recordingId)).deletedAt).not.toBeNull();
    expect(refusalOf(await it.open(admin))).toBe("RECORDING_UNKNOWN");
    expect(deps.recorder.captures.size).toBe(0);
  });
});
