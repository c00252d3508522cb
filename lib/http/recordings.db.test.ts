import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST as joinRoute } from "@/app/api/rooms/[roomId]/join/route";
import { POST as recordRoute } from "@/app/api/rooms/[roomId]/recording/route";
import { GET as roomSound } from "@/app/api/rooms/[roomId]/recordings/[recordingId]/sound/route";
import { POST as makeRoute } from "@/app/api/rooms/route";
import { POST as recordVisitRoute } from "@/app/api/visits/[visitId]/recording/route";
import { GET as visitSound } from "@/app/api/visits/[visitId]/recordings/[recordingId]/sound/route";
import { recordings, staffLicences } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Role } from "@/lib/kernel/actor";
import { changeClinic } from "@/lib/notifications/change-clinic";
import { openRecording } from "@/lib/recordings/play-recording";
import { settleRecordings } from "@/lib/recordings/settle-recordings";
import { admitParty } from "@/lib/visits/admit-party";
import { granted, joinAs, makePersons, makeVisit } from "@/lib/visits/testing";
import type { Endpoint } from "./endpoint";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
let maker: Awaited<ReturnType<TestDoors["enroll"]>>;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
  maker = await doors.enroll("clinician");
  await doors.deps.db.asActor(system, (tx) =>
    tx
      .insert(staffLicences)
      .values({ staffId: maker.id, state: "NY", number: "N1", expiresOn: "2099-12-31" }),
  );
  granted(
    await changeClinic(doors.deps, {
      actor: person(randomUUID(), "admin"),
      name: "Linden Street Clinic",
      phone: "+15550100199",
      quiet: { from: "21:00", to: "08:00" },
      recordingDays: 30,
    }),
  );
});
afterAll(() => doors.close());
beforeEach(() => doors.deps.clock.reset());

type Asked = { bearer?: string; headers?: HeadersInit; body?: object; params?: Record<string, string> };
const knock = (route: Endpoint, { bearer, headers = {}, body, params = {} }: Asked, query = "") =>
  route(
    new Request(`http://app.test/api/rooms${query}`, {
      method: body ? "POST" : "GET",
      headers: {
        "content-type": "application/json",
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve(params) },
  );
const told = async (answer: Promise<Response>) => {
  const response = await answer;
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

/** What a call's doors are knocked with, and by whom. */
type Held = {
  params: Record<string, string>;
  record: Endpoint;
  sound: Endpoint;
  host: string;
  guest: string;
};

/** A clinician's room with both in it. */
async function inRoom(): Promise<Held> {
  const made = await told(knock(makeRoute, { bearer: maker.bearer, body: { ttlMinutes: 30, lobby: false } }));
  const room = made.body as unknown as Record<"host" | "guest", { token: string }> & { roomId: string };
  const params = { roomId: room.roomId };
  const come = async (role: "host" | "guest") => {
    const body = { token: room[role].token };
    const joined = await told(
      knock(joinRoute, { params, body, headers: { "idempotency-key": randomUUID() } }),
    );
    return String(joined.body.sessionToken);
  };
  const [host, guest] = [await come("host"), await come("guest")];
  return { params, record: recordRoute, sound: roomSound, host, guest };
}

/** The clinician has one visit at a time. */
let inMinutes = 5;
/** The same clinician's visit, the patient let in. */
async function inVisit(): Promise<Held> {
  const { deps } = doors;
  const { patientId } = await makePersons(deps.db);
  const { visitId } = await makeVisit(deps, { inMinutes, persons: { patientId, clinicianId: maker.id } });
  inMinutes += 60;
  const patient = await joinAs(deps, visitId, "patient");
  const clinician = await joinAs(deps, visitId, "clinician");
  granted(await admitParty(deps, { actor: clinician.actor, visitId, seatId: patient.started.seatId }));
  const [host, guest] = [clinician, patient].map(({ started }) => started.visitSession.sessionToken);
  return { params: { visitId }, record: recordVisitRoute, sound: visitSound, host: host!, guest: guest! };
}

/** A call that was recorded through its doors, and what those who were in it hold. */
async function recorded(held: Held, what: object = {}) {
  const { params, host, guest } = held;
  const record = (bearer: string, body: object) => told(knock(held.record, { params, bearer, body }));
  const asked = await record(host, { act: "ask", ...what });
  const recordingId = String(asked.body.recordingId);
  expect((await record(guest, { act: "ask" })).status).toBe(403);
  expect((await record(guest, { act: "agree", recordingId })).status).toBe(200);
  expect((await record(guest, { act: "stop" })).status).toBe(200);
  await settleRecordings(doors.deps);
  const open = async (role: Role, id: string) => {
    const actor = person(id, role);
    return granted(await openRecording(doors.deps, { actor, recordingId, reason: "care" })).playId;
  };
  const hear = (playId: string, options: Asked = {}) =>
    knock(
      held.sound,
      { bearer: maker.bearer, ...options, params: { ...params, recordingId, ...options.params } },
      `?play=${playId}`,
    );
  return { params, recordingId, guest, open, hear };
}
const codeOf = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as { code: string }).code,
});

describe.each([
  ["a room", inRoom],
  ["a visit", inVisit],
] as const)("of %s", (_, call) => {
  test("its sound comes whole or in parts, is kept by no cache, and says where it is in no header", async () => {
    const { open, hear, recordingId } = await recorded(await call());
    const play = await open("clinician", maker.id);
    const whole = await hear(play);
    expect(whole.status).toBe(200);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      "content-type": "audio/mp4",
      "accept-ranges": "bytes",
      "cache-control": "no-store",
    });
    const bytes = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get("content-length")).toBe(String(bytes.length));
    expect(JSON.stringify([...whole.headers])).not.toContain(recordingId);
    const part = async (range: string) => hear(play, { headers: { range } });
    const four = await part("bytes=4-7");
    expect([four.status, four.headers.get("content-range")]).toEqual([206, `bytes 4-7/${bytes.length}`]);
    expect(await four.text()).toBe(bytes.subarray(4, 8).toString());
    const rest = await part("bytes=8-");
    expect(rest.headers.get("content-range")).toBe(`bytes 8-${bytes.length - 1}/${bytes.length}`);
    expect(await codeOf(await part(`bytes=${bytes.length}-`))).toEqual({
      status: 416,
      code: "RANGE_UNKNOWN",
    });
    // What a server may leave unanswered as a part, it answers whole.
    for (const odd of ["bytes=9-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-1-2", `bytes=${"9".repeat(40)}-`]) {
      const answer = await part(odd);
      expect([answer.status, (await answer.arrayBuffer()).byteLength], odd).toEqual([200, bytes.length]);
    }
  });

  test("nobody hears it by another's opening, with another's role, by the guest's session, by a key or by nothing", async () => {
    const { open, hear, guest } = await recorded(await call());
    const play = await open("clinician", maker.id);
    // A colleague of the right kind learns not even that there is one.
    for (const [role, status] of [
      ["clinician", 404],
      ["admin", 403],
      ["scheduler", 403],
      ["auditor", 403],
      ["agent", 403],
      ["customer", 403],
    ] as const) {
      const { bearer } = await doors.enroll(role);
      expect((await hear(play, { bearer })).status, role).toBe(status);
    }
    for (const shown of [["authorization", `Bearer ${guest}`], ["x-admin-key", "vsk_guessed"], null])
      expect(
        (await hear(play, { bearer: "", headers: shown ? { [shown[0]!]: shown[1]! } : {} })).status,
      ).toBe(401);
  });

  test("an opening lasts an hour, is for one recording, and what was deleted is heard no more", async () => {
    const first = await recorded(await call());
    const other = await recorded(await call());
    const play = await first.open("clinician", maker.id);
    expect(await codeOf(await other.hear(play))).toEqual({ status: 403, code: "RECORDING_NOT_OPENED" });
    expect(await codeOf(await first.hear(randomUUID()))).toEqual({
      status: 403,
      code: "RECORDING_NOT_OPENED",
    });
    expect((await first.hear(play, { params: other.params })).status).toBe(404);
    doors.deps.clock.advance(61 * 60);
    expect(await codeOf(await first.hear(play))).toEqual({ status: 403, code: "RECORDING_NOT_OPENED" });
    doors.deps.clock.reset();
    await doors.deps.db.asActor(system, (tx) =>
      tx.update(recordings).set({ deletedAt: new Date() }).where(eq(recordings.id, first.recordingId)),
    );
    expect(await codeOf(await first.hear(play))).toEqual({ status: 404, code: "RECORDING_UNKNOWN" });
  });

  test("no path and no word in the address leads to another file", async () => {
    const { open, hear } = await recorded(await call());
    const play = await open("clinician", maker.id);
    for (const recordingId of [
      "../../etc/passwd",
      "..%2f..%2fother",
      "rooms/x/whole/a.mp4",
      "",
      "' OR 1=1",
      "\0",
    ])
      expect((await hear(play, { params: { recordingId } })).status, recordingId).toBe(404);
    for (const odd of ["", "1", "../../x", "' OR 1=1"]) expect((await hear(odd)).status, odd).toBe(422);
  });
});

test("a visit's film says that it is one; who asks for a room's gets its sound", async () => {
  const typeOf = async (held: Held) => {
    const { open, hear } = await recorded(held, { withPicture: true });
    const answer = await hear(await open("clinician", maker.id));
    await answer.body?.cancel();
    return answer.headers.get("content-type");
  };
  expect(await typeOf(await inVisit())).toBe("video/mp4");
  expect(await typeOf(await inRoom())).toBe("audio/mp4");
});
