import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { apiKeys } from "@/db/schema";
import { system } from "@/db/testing/people";
import { access, type RouteName } from "@/lib/auth/access";
import { sealSessionCookie, sessionCookieName } from "@/lib/auth/session-cookie";
import { signInBrowser } from "@/lib/auth/sign-in-browser";
import { roles } from "@/lib/kernel/actor";
import { makePersons } from "@/lib/visits/testing";
import { browserCookie, newBrowserId } from "./browser-id";
import { guessRules } from "./limits";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));

type Headers = Record<string, string>;
type Answer = {
  status: number;
  headers: globalThis.Headers;
  body: Record<string, unknown> & { [name: string]: never };
};
const root = path.resolve(import.meta.dirname, "../..");
let scheduler: Headers;

beforeAll(async () => {
  doors = await openDoors();
  scheduler = { authorization: `Bearer ${(await doors.enroll("scheduler")).bearer}` };
});
afterAll(() => doors.close());

/** Knocks at a route's handler as Next would. */
async function knock(
  route: RouteName,
  params: Record<string, string>,
  what: { body?: unknown; headers?: Headers; query?: string } = {},
): Promise<Response> {
  const [method = "", place = ""] = route.split(" ");
  const handlers = (await import(path.join(root, "app", place, "route.ts"))) as Record<
    string,
    (request: Request, context: object) => Promise<Response>
  >;
  const address = place.replace(/\[(\w+)\]/g, (_, name: string) => params[name] ?? "");
  const request = new Request(`http://app.test${address}${what.query ?? ""}`, {
    method,
    headers: { "x-forwarded-for": "203.0.113.5", ...what.headers },
    body:
      method === "GET"
        ? undefined
        : typeof what.body === "string"
          ? what.body
          : JSON.stringify(what.body ?? {}),
  });
  return handlers[method]!(request, { params: Promise.resolve(params) });
}
async function ask(...given: Parameters<typeof knock>): Promise<Answer> {
  const response = await knock(...given);
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}
const link = (answer: Answer, party: string) =>
  (answer.body as Record<string, { token: string; link: string }>)[party]!;

let hour = 0;
async function bookedVisit() {
  const booked = await ask(
    "POST /api/visits",
    {},
    {
      headers: scheduler,
      body: {
        ...(await makePersons(doors.deps.db)),
        scheduledAt: new Date(Date.now() + ++hour * 3_600_000).toISOString(),
        channel: "both",
      },
    },
  );
  expect(booked.status).toBe(201);
  const visitId = String(booked.body.visitId);
  const links = await ask(
    "POST /api/visits/[visitId]/links",
    { visitId },
    { headers: scheduler, body: { roles: ["patient", "clinician"], ttlMinutes: 20 } },
  );
  return {
    visitId,
    booked,
    links,
    token: link(links, "patient").token,
    hostToken: link(links, "clinician").token,
  };
}
const cookie = (browserId: string): Headers => ({
  cookie: `${browserCookie}=${browserId}`,
  "sec-fetch-site": "same-origin",
});
const start = (visitId: string, body: unknown, headers: Headers = {}) =>
  ask("POST /api/visits/[visitId]/start", { visitId }, { body, headers });

describe("seed 4's manual test script", () => {
  test("runs with the admin's key as well: booking, links, notices and cancelling", async () => {
    const key = `vsk_${randomUUID()}`;
    const { db, keyring } = doors.deps;
    await db.asActor(system, async (tx) => {
      await tx.insert(apiKeys).values({
        id: randomUUID(),
        name: "script",
        keyHash: keyring.hash("api-key", key),
        scopes: ["admin"],
      });
    });
    const headers = { "x-admin-key": key };
    const persons = await makePersons(db);
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const booked = await ask(
      "POST /api/visits",
      {},
      { headers, body: { ...persons, scheduledAt, channel: "both" } },
    );
    expect(booked.status).toBe(201);
    const visitId = String(booked.body.visitId);
    const roles = { headers, body: { roles: ["patient", "clinician"], ttlMinutes: 20 } };
    expect((await ask("POST /api/visits/[visitId]/links", { visitId }, roles)).status).toBe(200);
    const notice = { headers, body: { channel: "both", recipientRole: "both" } };
    expect((await ask("POST /api/visits/[visitId]/notify", { visitId }, notice)).status).toBe(200);
    const role = { headers, body: { role: "patient" } };
    expect((await ask("POST /api/visits/[visitId]/resend-link", { visitId }, role)).status).toBe(202);
    expect((await ask("GET /api/visits/[visitId]", { visitId }, { headers })).status).toBe(200);
    const reason = { headers, body: { reason: "Closed" } };
    expect((await ask("POST /api/visits/[visitId]/cancel", { visitId }, reason)).status).toBe(200);
  });

  test("runs from booking to a refused reuse, with its bodies and statuses", async () => {
    const { visitId, booked, links, token } = await bookedVisit();
    expect(Object.keys(booked.body).sort()).toEqual([
      "createdAt",
      "expiresAt",
      "scheduledAt",
      "status",
      "visitId",
    ]);
    expect(links.status).toBe(200);
    expect(link(links, "patient").link).toMatch(/\/j\/[a-z0-9]{8}$/);

    // The script's header has a stray quote.
    const told = await ask(
      "POST /api/visits/[visitId]/notify",
      { visitId },
      {
        headers: { ...scheduler, "content-type": "'application/json" },
        body: { channel: "both", recipientRole: "both" },
      },
    );
    expect(told.body).toMatchObject({ sent: { sms: { to: expect.stringMatching(/^\*{3}-\*{3}-\d{4}$/) } } });

    const look = await ask("POST /api/token/redeem", {}, { body: { token } });
    expect(look.body).toMatchObject({ valid: true, visit: { visitId, clinicianName: "Jane", duration: 30 } });

    const device = { hasCamera: true, hasMicrophone: true, browser: "curl", os: "linux" };
    const started = await start(visitId, { token, deviceInfo: device });
    expect(started.status).toBe(200);
    expect(started.body).toMatchObject({ connectContact: null, visitSession: { expiresIn: 3600 } });
    expect(started.headers.get("cache-control")).toBe("no-store");

    const again = await start(visitId, { token, deviceInfo: device });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({
      error: "TOKEN_REUSED",
      message: "This link was already used",
      action: "REQUEST_NEW_LINK",
    });
    const used = await ask("POST /api/token/redeem", {}, { body: { token } });
    expect([used.status, used.body]).toMatchObject([409, { valid: false, error: "Token already used" }]);

    const { sessionToken } = (started.body as Record<string, { sessionToken: string }>).visitSession!;
    const ended = await ask(
      "POST /api/visits/[visitId]/end",
      { visitId },
      {
        headers: { authorization: `Bearer ${sessionToken}` },
        body: { sessionToken, endReason: "completed", duration: 1800, notes: "well" },
      },
    );
    expect(ended.body).toMatchObject({ visitId, status: "COMPLETED", warnings: ["NOTES_NOT_KEPT"] });
    const late = await start(visitId, { token });
    expect(late.status).toBeGreaterThanOrEqual(409);
  });

  test("an expired token is 410 with the seed's words", async () => {
    const { visitId, token } = await bookedVisit();
    doors.deps.clock.advance(22 * 60 + 1);
    const look = await ask("POST /api/token/redeem", {}, { body: { token } });
    doors.deps.clock.reset();
    expect([look.status, look.body]).toMatchObject([
      410,
      { valid: false, error: "Token expired", action: "REQUEST_NEW_LINK" },
    ]);
    expect((await start(visitId, { token })).status).toBe(200); // the database's clock has not moved
  });
});

describe("whoever spent a link", () => {
  test("in a browser may come back with its cookie; another browser may not", async () => {
    const { visitId, token } = await bookedVisit();
    const mine = newBrowserId();
    const first = await start(visitId, { token }, cookie(mine));
    const back = await start(visitId, { token }, cookie(mine));
    expect([first.status, back.status, back.body.seatId]).toEqual([200, 200, first.body.seatId]);
    expect((await start(visitId, { token }, cookie(newBrowserId()))).status).toBe(409);
  });

  test("by a program may repeat with its Idempotency-Key; a key is no browser's cookie", async () => {
    const { visitId, token } = await bookedVisit();
    const key = newBrowserId();
    expect((await start(visitId, { token }, { "idempotency-key": key })).status).toBe(200);
    expect((await start(visitId, { token }, { "idempotency-key": key })).status).toBe(200);
    expect((await start(visitId, { token }, cookie(key))).status).toBe(409);
    expect((await start(visitId, { token }, { "idempotency-key": "short" })).status).toBe(400);
  });

  test("sees and leaves by the seat's browser alone", async () => {
    const { visitId, token } = await bookedVisit();
    const mine = newBrowserId();
    const query = `?seat=${(await start(visitId, { token }, cookie(mine))).body.seatId}`;
    const state = (headers: Headers) =>
      ask("GET /api/visits/[visitId]/state", { visitId }, { query, headers });
    expect((await state(cookie(mine))).body).toMatchObject({
      status: "ACTIVE",
      you: { party: "patient", admitted: false },
    });
    expect((await state(cookie(newBrowserId()))).status).toBe(404);
    expect((await state({})).status).toBe(404);
    expect(
      (await ask("POST /api/visits/[visitId]/leave", { visitId }, { query, headers: cookie(newBrowserId()) }))
        .status,
    ).toBe(404);
    expect(
      (await ask("POST /api/visits/[visitId]/leave", { visitId }, { query, headers: cookie(mine) })).status,
    ).toBe(200);
  });
});

test("the clinician's link lets the patient in, the patient's doesn't", async () => {
  const { visitId, token, hostToken } = await bookedVisit();
  const sessionOf = async (spent: string) =>
    ((await start(visitId, { token: spent })).body as Record<string, { sessionToken: string }>).visitSession!
      .sessionToken;
  const [patient, host] = [await sessionOf(token), await sessionOf(hostToken)];
  const admit = (session: string) =>
    ask("POST /api/visits/[visitId]/admit", { visitId }, { headers: { authorization: `Bearer ${session}` } });
  expect((await admit(patient)).status).toBe(403);
  expect((await admit(host)).status).toBe(200);
  expect((await admit(newBrowserId())).status).toBe(401);
});

test("a program finds what became of every link, and none of them", async () => {
  const { visitId, token } = await bookedVisit();
  const found = await ask("GET /api/links", {}, { headers: scheduler, query: "?status=ISSUED&limit=100" });
  const links = (found.body.links as unknown as { visitId: string; party: string }[]).filter(
    (one) => one.visitId === visitId,
  );
  expect(links.map(({ party }) => party).toSorted()).toEqual(["clinician", "patient"]);
  expect(JSON.stringify(found.body)).not.toContain(token);
  expect((await ask("GET /api/links", {}, { headers: scheduler, query: "?status=LOST" })).status).toBe(422);
});

test("a page that listens sees the patient come, without asking again", async () => {
  const { visitId, token } = await bookedVisit();
  const response = await knock("GET /api/visits/[visitId]/events", { visitId }, { headers: scheduler });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const until = async (words: RegExp) => {
    let heard = "";
    while (!words.test(heard)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended at ${heard}`);
      heard += value;
    }
  };
  await until(/event: state\ndata: .*"status":"SCHEDULED"/);
  await start(visitId, { token });
  await until(/"state":"waiting"/);
  await reader.cancel();
  await expect(knock("GET /api/visits/[visitId]/events", { visitId })).resolves.toHaveProperty("status", 401);
});

describe("who may knock", () => {
  const guarded = Object.entries(access)
    .filter(([, rule]) => "roles" in rule)
    .map(([route]) => route as RouteName);

  test.each(guarded)("%s: each role as the table says, nobody without proof", async (route) => {
    const rule = access[route] as { roles: readonly string[] };
    const params = { visitId: randomUUID() };
    // From an address of its own: what one door counts is nothing to the next.
    const from = { "x-forwarded-for": `203.0.113.${100 + guarded.indexOf(route)}` };
    const status = async (headers: Headers) =>
      (await knock(route, params, { headers: { ...from, ...headers } })).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: "Bearer a.b.c" })).toBe(401);
    expect(await status({ "x-admin-key": "vsk_unknown" })).toBe(401);
    for (const role of roles) {
      const { bearer } = await doors.enroll(role);
      const got = await status({ authorization: `Bearer ${bearer}` });
      if (rule.roles.includes(role)) expect(got, role).not.toBe(401);
      else expect(got, role).toBe(403);
    }
  });

  test("groups alone raise nobody", async () => {
    const { bearer } = await doors.enroll("customer", ["admin"]);
    expect(
      (await knock("GET /api/visits", {}, { headers: { authorization: `Bearer ${bearer}` } })).status,
    ).toBe(403);
  });

  test("another site cannot act with a colleague's cookie, and cannot be told from a page of ours only by lying", async () => {
    const who = await doors.enroll("scheduler");
    const signedIn = await signInBrowser(doors.deps, {
      email: who.email,
      password: doors.password,
      origin: { ip: "203.0.113.9", userAgent: "" },
    });
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    const session = `${sessionCookieName(doors.deps.env)}=${await sealSessionCookie(doors.deps, signedIn.value.sessionToken)}`;
    const post = (headers: Headers) =>
      knock("POST /api/visits", {}, { headers: { cookie: session, ...headers } });
    expect((await post({ "sec-fetch-site": "same-origin" })).status).toBe(422);
    expect((await post({ origin: "http://app.test" })).status).toBe(422);
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { origin: "https://evil.test" },
      {},
    ] as Headers[])
      expect((await post(headers)).status).toBe(403);
    expect((await knock("GET /api/visits", {}, { headers: { cookie: session } })).status).toBe(200);
  });
});

describe("a caller who errs", () => {
  test("is told each wrong field, and nothing is booked", async () => {
    const answer = await ask(
      "POST /api/visits",
      {},
      { headers: scheduler, body: { patientId: "x", scheduledAt: "tomorrow" } },
    );
    expect(answer.status).toBe(422);
    expect((answer.body as unknown as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(
      ["patientId", "clinicianId", "scheduledAt"],
    );
  });

  test("gets one answer for a visit that isn't and a name that cannot be", async () => {
    for (const visitId of [randomUUID(), "xyz", "../../etc"])
      expect(
        (await ask("GET /api/visits/[visitId]", { visitId }, { headers: scheduler })).body,
      ).toMatchObject({ status: 404, code: "VISIT_UNKNOWN" });
  });

  test("by guessing codes is slowed, with the time to wait", async () => {
    const guess = (n: number) =>
      ask(
        "GET /api/token/resolve/[shortCode]",
        { shortCode: `zzzz${String(n).padStart(4, "2")}` },
        { headers: { "x-forwarded-for": "198.51.100.99" } },
      );
    for (let n = 0; n <= guessRules.address.allowed; n++) expect((await guess(n)).status).toBe(404);
    const slowed = await guess(99);
    expect([slowed.status, slowed.body.code]).toEqual([429, "GUESS_LIMITED"]);
    expect(Number(slowed.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("of ours: no stack, no driver's words, and a number to tell us", async () => {
    const spy = vi
      .spyOn(doors.deps.db, "asActor")
      .mockRejectedValueOnce(new TypeError("boom at secret.ts:1"));
    const answer = await ask("GET /api/visits", {}, { headers: scheduler });
    spy.mockRestore();
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/boom|secret|\.ts/);
    expect(answer.body.requestId).toBe(answer.headers.get("x-request-id"));
  });
});

describe("seed 3's endpoints", () => {
  test("sign in and tell who somebody is, in the seed's shape", async () => {
    const who = await doors.enroll("customer");
    const signedIn = await ask(
      "POST /auth/login",
      {},
      { body: { email: who.email, password: doors.password } },
    );
    expect(signedIn.body).toMatchObject({
      success: true,
      token_type: "Bearer",
      expires_in: 3600,
      user: { sub: who.sub, email: who.email },
    });
    const me = await ask(
      "GET /auth/me",
      {},
      { headers: { authorization: `Bearer ${signedIn.body.access_token}` } },
    );
    expect(me.body).toMatchObject({
      success: true,
      user: { sub: who.sub, token_use: "access", email_verified: true },
    });
  });

  test("refuse with success false, a message, and the scheme to use", async () => {
    const refused = await ask(
      "POST /auth/login",
      {},
      { body: { email: "nobody@example.test", password: "x" } },
    );
    expect([refused.status, refused.body]).toMatchObject([
      401,
      { success: false, message: expect.any(String) },
    ]);
    const nobody = await ask("GET /auth/me", {});
    expect(nobody.headers.get("www-authenticate")).toContain("Bearer");
    expect(nobody.body).toMatchObject({ success: false, code: "SIGN_IN_REQUIRED" });
  });
});

test("the API's document is fetched once: who has it already is told that nothing changed", async () => {
  const first = await knock("GET /api/openapi.json", {});
  const etag = first.headers.get("etag") ?? "";
  expect([first.status, first.headers.get("content-type"), etag]).toEqual([
    200,
    "application/json; charset=utf-8",
    expect.stringMatching(/^"[\w-]{22}"$/),
  ]);
  expect(await first.json()).toHaveProperty(["paths", "/api/visits", "post"]);
  const again = await knock("GET /api/openapi.json", {}, { headers: { "if-none-match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const other = await knock("GET /api/openapi.json", {}, { headers: { "if-none-match": '"another"' } });
  expect(other.status).toBe(200);
});

describe("visits that repeat", () => {
  const days = (first: number, count: number) =>
    Array.from({ length: count }, (_, week) =>
      new Date(Date.now() + (first + 7 * week) * 86_400_000).toISOString(),
    );
  const booking = async (times: string[], more: object = {}) => ({
    seriesId: randomUUID(),
    repeats: "weekly",
    timeZone: "America/New_York",
    times,
    ...(await makePersons(doors.deps.db)),
    ...more,
  });
  const book = (body: object) => ask("POST /api/visits/series", {}, { headers: scheduler, body });

  test("are booked, seen, moved and called off together, by as many answers as the document says", async () => {
    const guests = [{ role: "interpreter", name: "Maria", email: "maria@example.com" }];
    const body = await booking(days(500, 3), { send: true, guests });
    const booked = await book(body);
    expect([booked.status, booked.body]).toMatchObject([201, { seriesId: body.seriesId, sent: true }]);
    expect((await book(body)).body).toEqual(booked.body);
    const visits = booked.body.visits as unknown as { visitId: string; scheduledAt: string }[];
    const visitId = visits[1]!.visitId;
    const seen = await ask("GET /api/visits/[visitId]/series", { visitId }, { headers: scheduler });
    expect(seen.body).toMatchObject({
      series: { booked: 3, visits: [{ place: 1 }, { place: 2 }, { place: 3 }] },
    });
    const later = new Date(Date.parse(visits[1]!.scheduledAt) + 3_600_000).toISOString();
    const moved = await ask(
      "POST /api/visits/[visitId]/shift",
      { visitId },
      { headers: scheduler, body: { scheduledAt: later } },
    );
    expect([moved.status, moved.body.visits]).toMatchObject([200, [{ visitId, scheduledAt: later }, {}]]);
    const off = await ask(
      "POST /api/visits/[visitId]/cancel",
      { visitId },
      { headers: scheduler, body: { following: true } },
    );
    expect(off.body).toMatchObject({ status: "CANCELLED", following: [visits[2]!.visitId] });
  });

  test("that cannot be are refused with their dates; too many, too few and a guest nobody can reach at their field", async () => {
    const first = await booking(days(600, 2));
    expect((await book(first)).status).toBe(201);
    const clash = await book({ ...first, seriesId: randomUUID(), times: [...first.times, ...days(620, 1)] });
    expect([clash.status, clash.body.code]).toEqual([409, "SERIES_DATES_REFUSED"]);
    expect(clash.body.dates).toMatchObject(
      first.times.map((scheduledAt) => ({ scheduledAt, refusals: [{ code: "SLOT_TAKEN" }] })),
    );
    const wrong = async (more: object) => {
      const { status, body } = await book({ ...first, seriesId: randomUUID(), ...more });
      return [status, (body.errors as unknown as { path: string }[])[0]?.path];
    };
    expect(await wrong({ times: days(700, 27) })).toEqual([422, "times"]);
    expect(await wrong({ times: days(700, 1) })).toEqual([422, "times"]);
    expect(await wrong({ guests: [{ role: "caregiver", name: "Ana" }] })).toEqual([422, "guests.0"]);
  });
});
