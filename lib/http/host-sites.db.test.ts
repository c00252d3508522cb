import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { POST as handoverRoute } from "@/app/api/host-sites/[siteId]/handovers/route";
import { POST as sessionRoute } from "@/app/api/host-sites/[siteId]/sessions/route";
import { GET as ownVisitsRoute } from "@/app/api/me/visits/route";
import { POST as startRoute } from "@/app/api/start-call/route";
import { POST as endRoute } from "@/app/api/support-calls/[callId]/end/route";
import { GET as stateRoute } from "@/app/api/support-calls/[callId]/state/route";
import { GET as callsRoute } from "@/app/api/support-calls/route";
import { auditLog, customers, supportCalls } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { createKey } from "@/lib/auth/manage-keys";
import { framesOf } from "@/lib/host-sites/frames";
import { changeSite, listSites, registerSite, restoreSite, suspendSite } from "@/lib/host-sites/manage-sites";
import type { Actor } from "@/lib/kernel/actor";
import { reconcileCalls } from "@/lib/support-calls/reconcile-calls";
import { verifyCaller } from "@/lib/support-calls/verify-caller";
import { toHandoverPayload } from "@/lib/vouchers/claims";
import { signJws } from "@/lib/vouchers/jws";
import { kinds } from "@/lib/vouchers/kinds";
import type { Endpoint } from "./endpoint";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
let admin: Actor;
let key: string;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
  const { id } = await doors.enroll("admin");
  admin = person(id, "admin");
  key = await makeKey(["handovers"]);
});
afterAll(() => doors.close());

const origin = "https://bank.example";

async function makeKey(scopes: Parameters<typeof createKey>[1]["scopes"]) {
  const made = await createKey(doors.deps, { actor: admin, name: "Bank", scopes, lifetimeDays: 30 });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.secret;
}
async function makeSite(origins = [origin]) {
  const made = await registerSite(doors.deps, { actor: admin, name: "First Bank", origins });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.siteId;
}
/** In the clinic's book alone: no account of theirs is here. */
async function makeCustomer() {
  const [id, number] = [randomUUID(), randomUUID().slice(0, 8)];
  await doors.deps.db.asActor(system, (tx) =>
    tx.insert(customers).values({
      id,
      externalId: number,
      firstName: "Ana",
      lastName: "Gold",
      state: "NY",
      timeZone: "America/New_York",
    }),
  );
  return { id, number };
}

type Knocked = { headers?: Record<string, string>; body?: unknown; params?: Record<string, string> };
async function knock(route: Endpoint, { headers = {}, body, params = {} }: Knocked = {}) {
  const method = route.route.split(" ")[0];
  const request = new Request("http://app.test/api", {
    method,
    headers: { "x-forwarded-for": "203.0.113.9", ...headers },
    ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  return { status: response.status, body: await response.json() };
}
const now = () => doors.deps.clock.now().getTime();
const ask = (siteId: string, customer: string, given: Record<string, unknown> = {}, secret = key) =>
  knock(handoverRoute, {
    headers: { "x-admin-key": secret },
    params: { siteId },
    body: { origin, customer, signedInAt: new Date(now() - 120_000).toISOString(), ...given },
  });
const open = (siteId: string, handover: string, hostOrigin = origin, headers: Record<string, string> = {}) =>
  knock(sessionRoute, { headers, params: { siteId }, body: { handover, origin: hostOrigin } });
async function session(siteId: string, customer: string) {
  const { body } = await ask(siteId, customer);
  return (await open(siteId, body.handover)).body as {
    session: string;
    name: string;
    site: string;
    open: { callId: string; topic: string | null } | null;
  };
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("a customer who is signed in at a registered site", () => {
  test("is handed over, calls, and is verified by that site's word, which the call keeps", async () => {
    const siteId = await makeSite();
    const { id, number } = await makeCustomer();
    const signedInAt = new Date(now() - 120_000);
    const made = await ask(siteId, number, { secondStep: true, signedInAt: signedInAt.toISOString() });
    expect(made).toMatchObject({ status: 201, body: { handover: expect.any(String) } });
    const opened = await open(siteId, made.body.handover);
    expect(opened).toMatchObject({ status: 201, body: { name: "Ana Gold", site: "First Bank" } });
    const headers = bearer(opened.body.session);
    const call = await knock(startRoute, { headers });
    expect(call).toMatchObject({ status: 200, body: { joined: false } });
    const { callId, contactId } = call.body;
    const token = doors.deps.contactCentre.contacts.get(contactId)?.attributes.caller_context ?? "";
    expect(await verifyCaller(doors.deps, { token, contactId })).toMatchObject({
      auth_status: "verified",
      customer_id: number,
    });
    expect(await knock(stateRoute, { headers, params: { callId } })).toMatchObject({ body: { callId } });
    expect(await knock(endRoute, { headers, params: { callId } })).toMatchObject({
      body: { status: "ended" },
    });
    const kept = await doors.deps.db.asActor(system, async (tx) => ({
      call: (await tx.select().from(supportCalls).where(eq(supportCalls.id, callId)))[0],
      events: await tx
        .select({ event: auditLog.eventType, who: auditLog.actorId })
        .from(auditLog)
        .where(sql`${auditLog.metadata} ->> 'siteId' = ${siteId}`),
    }));
    expect(kept.call).toMatchObject({ customerId: id, siteId, secondStep: true });
    expect(kept.call?.signedInAt).toEqual(signedInAt);
    expect(kept.events.map(({ event }) => event).sort()).toEqual([
      "SITE_REGISTERED",
      "SUPPORT_CALL_STARTED",
      "TOKEN_ISSUED",
      "TOKEN_REDEEMED",
    ]);
  });

  test("finds their call again after a reload, by another handover", async () => {
    const siteId = await makeSite();
    const { number } = await makeCustomer();
    const before = await session(siteId, number);
    expect(before.open).toBeNull();
    const first = await knock(startRoute, { headers: bearer(before.session), body: { topic: "payment" } });
    const { callId } = first.body;
    const after = await session(siteId, number);
    expect(after.open).toEqual({ callId, topic: "payment" });
    expect((await session(await makeSite(), number)).open, "another site learns nothing of it").toBeNull();
    const again = await knock(startRoute, { headers: bearer(after.session) });
    expect(again.body).toMatchObject({ callId, joined: true });
  });

  test("hears no call that began elsewhere: neither one by their own sign-in here, nor one of another site", async () => {
    const [siteId, other] = [await makeSite(), await makeSite()];
    const here = await doors.enroll("customer");
    await knock(startRoute, { headers: bearer(here.bearer) });
    const refused = { status: 409, body: { code: "CALL_ELSEWHERE" } };
    const mine = await session(siteId, here.id);
    expect(await knock(startRoute, { headers: bearer(mine.session) })).toMatchObject(refused);
    const { number } = await makeCustomer();
    await knock(startRoute, { headers: bearer((await session(siteId, number)).session) });
    const theirs = await session(other, number);
    expect(await knock(startRoute, { headers: bearer(theirs.session) })).toMatchObject(refused);
  });

  test("opens no other door by it, and nobody else's call", async () => {
    const siteId = await makeSite();
    const [{ number }, someone] = [await makeCustomer(), await doors.enroll("customer")];
    const { session: token } = await session(siteId, number);
    const call = await knock(startRoute, { headers: bearer(someone.bearer) });
    for (const route of [ownVisitsRoute, callsRoute])
      expect(await knock(route, { headers: bearer(token) })).toMatchObject({
        status: 403,
        body: { code: "FORBIDDEN" },
      });
    const params = { callId: call.body.callId };
    for (const route of [stateRoute, endRoute])
      expect(await knock(route, { headers: bearer(token), params })).toMatchObject({ status: 404 });
    expect(await ask(siteId, number, {}, token), "a session is no key").toMatchObject({
      status: 401,
      body: { code: "API_KEY_INVALID" },
    });
  });
});

describe("a handover", () => {
  test("is good once, also when two come at the same moment", async () => {
    const siteId = await makeSite();
    const { body } = await ask(siteId, (await makeCustomer()).number);
    const both = await Promise.all([open(siteId, body.handover), open(siteId, body.handover)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await open(siteId, body.handover)).toMatchObject({ body: { code: "TOKEN_REUSED" } });
    const refusal = await doors.deps.db
      .asActor(system, (tx) => tx.execute(sql`UPDATE host_handovers SET session_hash = nonce_hash`))
      .catch((error: { cause?: { code?: string } }) => error.cause?.code);
    expect(refusal, "not even by SQL").toBe("23000");
  });

  test("is good for a minute", async () => {
    const siteId = await makeSite();
    const { number } = await makeCustomer();
    doors.deps.clock.advance(-61);
    const { body } = await ask(siteId, number);
    doors.deps.clock.reset();
    expect(await open(siteId, body.handover)).toMatchObject({ status: 410, body: { code: "TOKEN_EXPIRED" } });
  });

  test("is good for its own site and origin alone", async () => {
    const [siteId, other] = [await makeSite([origin, "https://help.bank.example"]), await makeSite()];
    const { body } = await ask(siteId, (await makeCustomer()).number);
    const invalid = { status: 401, body: { code: "TOKEN_INVALID" } };
    expect(await open(other, body.handover)).toMatchObject(invalid);
    expect(await open(siteId, body.handover, "https://help.bank.example")).toMatchObject(invalid);
    expect(await open(siteId, body.handover, "https://evil.example")).toMatchObject(invalid);
    expect(await open(siteId, body.handover), "and is not spent by that").toMatchObject({ status: 201 });
  });

  test("is none where we signed something else, or something that we never issued", async () => {
    const siteId = await makeSite();
    const { id } = await makeCustomer();
    const at = Math.floor(now() / 1000);
    const claims = { jti: randomUUID(), iat: at, nbf: at - 120, exp: at + 60, sub: id, siteId, origin };
    const payload = toHandoverPayload(kinds["host-handover"], { ...claims, nonce: "ab".repeat(32) });
    const forged = [
      await signJws(doors.deps.signer, kinds["host-handover"].typ, payload),
      await signJws(doors.deps.signer, kinds["caller-context"].typ, payload),
      await signJws(doors.deps.signer, kinds["host-handover"].typ, { ...payload, aud: "video-visit" }),
      "a.b.c",
    ];
    for (const handover of forged)
      expect(await open(siteId, handover)).toMatchObject({ status: 401, body: { code: "TOKEN_INVALID" } });
  });

  test("is taken from a page of ours, and from no other page", async () => {
    const siteId = await makeSite();
    const { body } = await ask(siteId, (await makeCustomer()).number);
    const from = (headers: Record<string, string>) => open(siteId, body.handover, origin, headers);
    for (const headers of [{ origin }, { "sec-fetch-site": "cross-site", origin }] as Record<
      string,
      string
    >[])
      expect(await from(headers)).toMatchObject({ status: 403, body: { code: "CROSS_SITE_REFUSED" } });
    expect((await from({ "sec-fetch-site": "same-origin" })).status).toBe(201);
  });

  test.each<[string, Record<string, unknown>, number, string]>([
    ["an origin that is not the site's", { origin: "https://evil.example" }, 422, "ORIGIN_NOT_LISTED"],
    ["no origin at all", { origin: "null" }, 422, "ORIGIN_NOT_LISTED"],
    ["a customer of nobody's", { customer: "no-such-number" }, 404, "CUSTOMER_UNKNOWN"],
    ["a sign-in of long ago", { signedInAt: "2020-01-01T00:00:00Z" }, 401, "SESSION_TOO_OLD"],
    ["a sign-in of tomorrow", { signedInAt: "2099-01-01T00:00:00Z" }, 422, "SIGN_IN_IN_FUTURE"],
    ["a time that is none", { signedInAt: "yesterday" }, 422, "INPUT_INVALID"],
  ])("is not made for %s", async (_, given, status, code) => {
    const siteId = await makeSite();
    const { number } = await makeCustomer();
    expect(await ask(siteId, number, given)).toMatchObject({ status, body: { code } });
  });

  test("is made for a key with this scope alone, and for a site that there is", async () => {
    const siteId = await makeSite();
    const { number } = await makeCustomer();
    const others = await makeKey(["visits", "customers"]);
    expect(await ask(siteId, number, {}, others)).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
    expect(await ask(siteId, number, {}, "vsk_none")).toMatchObject({ status: 401 });
    for (const unknown of [randomUUID(), "x"])
      expect(await ask(unknown, number)).toMatchObject({ status: 404, body: { code: "SITE_UNKNOWN" } });
    const { bearer: token } = await doors.enroll("customer");
    const asCustomer = await knock(handoverRoute, {
      headers: bearer(token),
      params: { siteId },
      body: { origin, customer: number, signedInAt: new Date(now()).toISOString() },
    });
    expect(asCustomer.status).toBe(403);
  });
});

describe("a site", () => {
  test("that is suspended frames nothing, hands nobody over, and what it opened ends; restored, it goes on", async () => {
    const siteId = await makeSite();
    const { number } = await makeCustomer();
    const { body } = await ask(siteId, number);
    const { session: token } = await session(siteId, number);
    expect(await framesOf(doors.deps, siteId)).toEqual([origin]);
    await suspendSite(doors.deps, { actor: admin, siteId });
    expect(await framesOf(doors.deps, siteId)).toEqual([]);
    const suspended = { status: 403, body: { code: "SITE_SUSPENDED" } };
    expect(await ask(siteId, number)).toMatchObject(suspended);
    expect(await open(siteId, body.handover)).toMatchObject(suspended);
    expect(await knock(startRoute, { headers: bearer(token) })).toMatchObject({
      status: 401,
      body: { code: "ACCESS_TOKEN_INVALID" },
    });
    await restoreSite(doors.deps, { actor: admin, siteId });
    expect((await knock(startRoute, { headers: bearer(token) })).status).toBe(200);
  });

  test("that is suspended loses the calls that are under way by its word, and no others", async () => {
    const [siteId, other] = [await makeSite(), await makeSite()];
    const calls = await Promise.all(
      [siteId, other].map(async (site) => {
        const { session: token } = await session(site, (await makeCustomer()).number);
        return (await knock(startRoute, { headers: bearer(token) })).body;
      }),
    );
    await suspendSite(doors.deps, { actor: admin, siteId });
    const kept = await doors.deps.db.asActor(system, (tx) =>
      tx
        .select({ callId: supportCalls.id, endedAt: supportCalls.endedAt, why: supportCalls.endReason })
        .from(supportCalls)
        .where(sql`${supportCalls.id} IN (${calls[0].callId}, ${calls[1].callId})`),
    );
    const rowOf = (index: number) => kept.find(({ callId }) => callId === calls[index].callId);
    expect(rowOf(0)).toMatchObject({ endedAt: expect.any(Date), why: "over" });
    expect(rowOf(1)).toMatchObject({ endedAt: null });
    doors.deps.clock.advance(10);
    while ((await reconcileCalls(doors.deps)) > 0);
    doors.deps.clock.reset();
    const contactOf = (index: number) => doors.deps.contactCentre.contacts.get(calls[index].contactId);
    expect(contactOf(0)?.disconnectedAt).not.toBeNull();
    expect(contactOf(1)?.disconnectedAt).toBeNull();
  });

  test("that loses an origin loses what came from there", async () => {
    const siteId = await makeSite();
    const { number } = await makeCustomer();
    const { session: token } = await session(siteId, number);
    await changeSite(doors.deps, {
      actor: admin,
      siteId,
      name: "First Bank",
      origins: ["https://new.example"],
    });
    expect(await framesOf(doors.deps, siteId)).toEqual(["https://new.example"]);
    expect((await knock(startRoute, { headers: bearer(token) })).status).toBe(401);
  });

  test("is an administrator's to register, and nobody else's to see", async () => {
    for (const role of ["scheduler", "agent", "clinician", "auditor", "customer"] as const) {
      const actor = person(randomUUID(), role);
      expect(await registerSite(doors.deps, { actor, name: "x", origins: [origin] })).toMatchObject({
        error: { code: "FORBIDDEN" },
      });
      const seen = await doors.deps.db.asActor(actor, (tx) => tx.execute(sql`SELECT id FROM host_sites`));
      expect(seen, role).toHaveLength(0);
    }
    const listed = await listSites(doors.deps, { actor: admin });
    expect(listed.ok && listed.value.length).toBeGreaterThan(3);
    expect(await framesOf(doors.deps, "' OR true --")).toEqual([]);
  });
});
