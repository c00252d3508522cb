import { randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { POST as admitRoute } from "@/app/api/rooms/[roomId]/admit/route";
import { POST as closeRoute } from "@/app/api/rooms/[roomId]/close/route";
import { GET as eventsRoute } from "@/app/api/rooms/[roomId]/events/route";
import { POST as joinRoute } from "@/app/api/rooms/[roomId]/join/route";
import { POST as lockRoute } from "@/app/api/rooms/[roomId]/lock/route";
import { POST as removeRoute } from "@/app/api/rooms/[roomId]/remove/route";
import { GET as roomRoute } from "@/app/api/rooms/[roomId]/route";
import { POST as sendRoute } from "@/app/api/rooms/[roomId]/send/route";
import { GET as stateRoute } from "@/app/api/rooms/[roomId]/state/route";
import { GET as listRoute, POST as makeRoute } from "@/app/api/rooms/route";
import { apiKeys, rooms } from "@/db/schema";
import { system } from "@/db/testing/people";
import { methodsOf } from "@/lib/auth/access";
import type { Endpoint } from "./endpoint";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
let key: Record<string, string>;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
  key = await keyFor(["rooms"]);
});
afterAll(() => doors.close());

async function keyFor(scopes: string[]): Promise<Record<string, string>> {
  const { db, keyring } = doors.deps;
  const secret = `vsk_${randomBytes(32).toString("base64url")}`;
  await db.asActor(system, (tx) =>
    tx
      .insert(apiKeys)
      .values({ id: randomUUID(), name: "test", keyHash: keyring.hash("api-key", secret), scopes }),
  );
  return { "x-admin-key": secret };
}
async function knock(
  route: Endpoint,
  {
    headers = {},
    body,
    roomId,
    seat,
  }: { headers?: HeadersInit; body?: object; roomId?: string; seat?: string },
) {
  const response = await route(
    new Request(`http://app.test/api/rooms${seat ? `?seat=${seat}` : ""}`, {
      method: body ? "POST" : "GET",
      headers: { "content-type": "application/json", ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ ...(roomId && { roomId }) }) },
  );
  return { status: response.status, body: (await response.json()) as Record<string, string>, response };
}
type Made = Record<"host" | "guest", { token: string }> & { roomId: string };
type Joined = { role: string; chimeJoinInfo: { meeting: Record<string, unknown> } };
const made = async () => (await knock(makeRoute, { headers: key, body: { ttlMinutes: 30 } })).body;

test("seed 2 as written: a key makes a room; each joins with their token; used 409, bad 401, over 410", async () => {
  expect(methodsOf("/rooms")).toContain("POST");
  expect(methodsOf(`/rooms/${randomUUID()}/join`)).toEqual(["POST"]);
  const created = await knock(makeRoute, {
    headers: key,
    body: { name: " Call  with Avery ", ttlMinutes: 30 },
  });
  expect(created.status).toBe(201);
  const room = created.body as unknown as Record<"host" | "guest", { token: string; link: string }> & {
    roomId: string;
  };
  const { roomId } = room;
  expect(room.guest.link).toMatch(/^http:\/\/visit\.test\/r\/[0-9a-z]{8}$/);
  const again = { "idempotency-key": "a-key-of-the-caller-1" };
  const join = (token: string, headers: HeadersInit = {}) =>
    knock(joinRoute, { roomId, body: { token }, headers });
  const guest = await join(room.guest.token, again);
  expect(guest.body).toMatchObject({ role: "guest", admitted: false, chimeJoinInfo: { meeting: {} } });
  expect((await join(room.guest.token, again)).body).toMatchObject({ seatId: guest.body.seatId });
  expect((await join(room.guest.token)).status).toBe(409);
  expect((await join(`${room.guest.token}x`)).status).toBe(401);
  expect((await knock(joinRoute, { roomId: randomUUID(), body: { token: room.host.token } })).status).toBe(
    401,
  );
  expect((await knock(joinRoute, { roomId: "1", body: { token: room.host.token } })).status).toBe(404);

  const host = await join(room.host.token, { "idempotency-key": "a-key-of-the-caller-2" });
  const bearer = (session: string) => ({ authorization: `Bearer ${session}` });
  const asGuest = bearer(String(guest.body.sessionToken));
  const asHost = bearer(String(host.body.sessionToken));
  expect((await knock(admitRoute, { roomId, body: {}, headers: asGuest })).status).toBe(401); // a newer session counts
  const admitted = await knock(admitRoute, { roomId, body: {}, headers: asHost });
  expect(admitted.body).toMatchObject({ admitted: [guest.body.seatId] });
  expect((await knock(stateRoute, { roomId, headers: asHost })).body).toMatchObject({
    state: "open",
    people: [
      { role: "host", state: "in-call" },
      { role: "guest", state: "in-call" },
    ],
  });
  expect((await knock(stateRoute, { roomId, headers: again, seat: guest.body.seatId })).status).toBe(200);
  expect((await knock(stateRoute, { roomId, seat: guest.body.seatId })).status).toBe(404);
  expect((await knock(stateRoute, { roomId })).status).toBe(401);
  expect((await knock(eventsRoute, { roomId })).status).toBe(401);

  expect((await knock(roomRoute, { roomId, headers: key })).body).toMatchObject({ name: "Call with Avery" });
  const sent = { role: "guest", to: { email: "avery@example.test" } };
  expect((await knock(sendRoute, { roomId, headers: key, body: sent })).status).toBe(409);
  expect((await knock(closeRoute, { roomId, headers: asHost, body: {} })).status).toBe(200);
  expect((await join(room.guest.token, again)).status).toBe(410);
});

test("a key for something else, a guest's wrong field, and nobody at all are refused", async () => {
  expect((await knock(makeRoute, { headers: await keyFor(["visits"]), body: {} })).status).toBe(403);
  expect((await knock(makeRoute, { body: {} })).status).toBe(401);
  for (const body of [{ ttlMinutes: 1 }, { ttlMinutes: 100_000 }, { name: "x".repeat(80) }, { lobby: "yes" }])
    expect((await knock(makeRoute, { headers: key, body })).status, JSON.stringify(body)).toBe(422);
  expect((await knock(makeRoute, { headers: key, body: { name: "  " } })).status).toBe(201);
  const agent = await doors.enroll("agent");
  expect((await knock(listRoute, { headers: { authorization: `Bearer ${agent.bearer}` } })).status).toBe(403);
  expect((await knock(listRoute, { headers: key })).status).toBe(200);
});

test("whoever guesses a host's key is told to wait; a right one works meanwhile, there and elsewhere", async () => {
  const from = { "x-forwarded-for": "203.0.113.9" };
  const guess = (tried: number) =>
    knock(makeRoute, { headers: { ...from, "x-admin-key": `vsk_${tried}` }, body: {} });
  const statuses: number[] = [];
  for (let tried = 0; tried < 20; tried++) statuses.push((await guess(tried)).status);
  expect(new Set(statuses)).toEqual(new Set([401]));
  const slowed = await guess(20);
  expect([slowed.status, slowed.body.code]).toEqual([429, "FLOOD_LIMITED"]);
  expect(Number(slowed.response.headers.get("retry-after"))).toBeGreaterThan(600);
  const elsewhere = { "x-forwarded-for": "203.0.113.10" };
  for (const right of [
    { ...key, ...from },
    { ...key, ...elsewhere },
  ])
    expect((await knock(makeRoute, { headers: right, body: {} })).status).toBe(201);
});

test("a guest cannot do what is the host's, and who was taken out does nothing more by what they hold", async () => {
  const room = (await made()) as unknown as Record<"host" | "guest", { token: string }> & { roomId: string };
  const { roomId } = room;
  const enter = async (token: string, browser: string) => {
    const { body } = await knock(joinRoute, {
      roomId,
      body: { token },
      headers: { "idempotency-key": browser },
    });
    return { seatId: body.seatId, headers: { authorization: `Bearer ${body.sessionToken}` } };
  };
  const guest = await enter(room.guest.token, "a-guest-of-this-room");
  const host = await enter(room.host.token, "the-host-of-this-room");
  const asGuest = (route: Endpoint, body: object) =>
    knock(route, { roomId, body, headers: guest.headers }).then(({ status }) => status);
  expect(await asGuest(admitRoute, {})).toBe(403);
  expect(await asGuest(removeRoute, { seatId: host.seatId })).toBe(403);
  expect(await asGuest(lockRoute, { locked: true })).toBe(403);
  expect(await asGuest(closeRoute, {})).toBe(403);

  const other = (await made()) as unknown as { roomId: string };
  const asHostElsewhere = { roomId: other.roomId, body: {}, headers: host.headers };
  expect((await knock(closeRoute, asHostElsewhere)).status).toBe(401);

  expect((await knock(admitRoute, { roomId, body: {}, headers: host.headers })).status).toBe(200);
  const takenOut = { roomId, body: { seatId: guest.seatId }, headers: host.headers };
  expect((await knock(removeRoute, takenOut)).status).toBe(200);
  expect((await knock(stateRoute, { roomId, headers: guest.headers })).status).toBe(401);
  const back = {
    roomId,
    body: { token: room.guest.token },
    headers: { "idempotency-key": "a-guest-of-this-room" },
  };
  expect((await knock(joinRoute, back)).status).toBe(403);
});

test("each refusal of a join says by code and in a sentence what to do; a forged link is nobody's", async () => {
  const room = (await made()) as unknown as Made;
  const { roomId, guest, host } = room;
  const join = (token: string, headers: HeadersInit = {}) =>
    knock(joinRoute, { roomId, body: { token }, headers });
  const [head = "", claims = "", signature = ""] = guest.token.split(".");
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const own = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  const elevated = part({ ...own, role: "host" });
  const unsigned = part({ ...JSON.parse(Buffer.from(head, "base64url").toString()), alg: "none" });
  for (const forged of [
    `${head}.${elevated}.${signature}`,
    `${unsigned}.${claims}.`,
    `${unsigned}.${elevated}.`,
    "x",
  ])
    expect((await join(forged)).body).toMatchObject({ status: 401, code: "TOKEN_INVALID" });
  const other = (await made()) as unknown as Made;
  expect((await join(other.guest.token)).body).toMatchObject({ status: 401, code: "TOKEN_INVALID" });

  const first = (await join(guest.token)) as unknown as { body: Joined };
  expect(first.body.role).toBe("guest");
  const replayed = await join(guest.token, { "idempotency-key": "another-browser-1" });
  expect(replayed.body).toMatchObject({ status: 409, code: "TOKEN_REUSED", detail: "Ask for a new one." });
  const second = (await join(host.token)) as unknown as { body: Joined };
  // Whoever comes second gets the whole meeting, with where its media is (seed 2's `MediaPlacement` undefined).
  expect(second.body.chimeJoinInfo.meeting).toEqual(first.body.chimeJoinInfo.meeting);
  expect(second.body.chimeJoinInfo.meeting).toMatchObject({
    externalMeetingId: `room-${roomId}`,
    mediaPlacement: { audioHostUrl: expect.stringMatching(/\S/), signalingUrl: expect.stringMatching(/\S/) },
  });

  await doors.deps.db.asActor(system, (tx) =>
    tx
      .update(rooms)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(rooms.id, other.roomId)),
  );
  const late = await knock(joinRoute, { roomId: other.roomId, body: { token: other.guest.token } });
  expect(late.body).toMatchObject({ status: 410, code: "TOKEN_EXPIRED" });
  expect((await knock(closeRoute, { roomId, body: {}, headers: key })).status).toBe(200);
  expect((await join(host.token)).body).toMatchObject({ status: 410, code: "ROOM_CLOSED" });
});

test("whoever guesses codes is slowed, and then refused even the right one", async () => {
  const room = (await made()) as unknown as { roomId: string; host: { link: string } };
  const code = room.host.link.slice(-8);
  const join = (guess: string) =>
    knock(joinRoute, {
      roomId: room.roomId,
      body: { code: guess },
      headers: { "x-forwarded-for": "203.0.113.7" },
    });
  const statuses: number[] = [];
  for (let tried = 0; tried < 22; tried++)
    statuses.push((await join(`zzzzzz${String(tried).padStart(2, "0")}`)).status);
  expect(statuses.slice(0, 5)).toEqual([404, 404, 404, 404, 404]);
  expect(statuses.at(-1)).toBe(429);
  expect((await join(code)).status).toBe(429);
});
