import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { POST as startRoute } from "@/app/api/start-call/route";
import { POST as endRoute } from "@/app/api/support-calls/[callId]/end/route";
import { POST as hereRoute } from "@/app/api/support-calls/[callId]/here/route";
import { POST as keysRoute } from "@/app/api/support-calls/[callId]/keys/route";
import { GET as callRoute } from "@/app/api/support-calls/[callId]/route";
import { GET as callsRoute } from "@/app/api/support-calls/route";
import { sealSessionCookie, sessionCookieName } from "@/lib/auth/session-cookie";
import { signInBrowser } from "@/lib/auth/sign-in-browser";
import type { Endpoint } from "./endpoint";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

async function knock(
  route: Endpoint,
  { headers = {}, body, callId }: { headers?: Record<string, string>; body?: unknown; callId?: string } = {},
) {
  const request = new Request("http://app.test/api/start-call", {
    method: route.route.split(" ")[0],
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: Promise.resolve(callId ? { callId } : {}) });
  return { status: response.status, body: await response.json() };
}
const bearerOf = (bearer: string) => ({ authorization: `Bearer ${bearer}` });

describe("POST /start-call", () => {
  test("takes the token in the body as seed 0 sends it, or a Bearer; both are the same customer's one call", async () => {
    const { bearer, id } = await doors.enroll("customer");
    const first = await knock(startRoute, { body: { token: bearer } });
    expect(first).toMatchObject({ status: 200, body: { joined: false, route: "webrtc" } });
    const second = await knock(startRoute, { headers: bearerOf(bearer), body: {} });
    expect(second.body).toMatchObject({
      joined: true,
      callId: first.body.callId,
      MeetingId: first.body.MeetingId,
      AttendeeId: first.body.AttendeeId,
      JoinToken: first.body.chimeJoinInfo.attendee.joinToken,
    });
    expect((await knock(callsRoute, { headers: bearerOf(bearer) })).body.calls).toHaveLength(1);
    expect(JSON.stringify(first.body)).not.toContain(id);
  });

  test("hears nothing else that is sent: no customer, no attributes", async () => {
    const [mine, theirs] = [await doors.enroll("customer"), await doors.enroll("customer")];
    const { body } = await knock(startRoute, {
      headers: bearerOf(mine.bearer),
      body: {
        customerId: theirs.id,
        customer_id: theirs.id,
        attributes: { auth_status: "verified", customer_id: theirs.id },
        token: theirs.bearer,
      },
    });
    const held = doors.deps.contactCentre.contacts.get(body.contactId);
    expect(Object.keys(held?.attributes ?? {})).toEqual(["caller_context"]);
    expect((await knock(callsRoute, { headers: bearerOf(mine.bearer) })).body.calls).toHaveLength(1);
    expect((await knock(callsRoute, { headers: bearerOf(theirs.bearer) })).body.calls).toEqual([]);
  });

  test("by route sip: whose meeting it is comes from the session alone, and keys are its caller's", async () => {
    const [mine, theirs] = [await doors.enroll("customer"), await doors.enroll("customer")];
    const { status, body: call } = await knock(startRoute, {
      headers: bearerOf(mine.bearer),
      body: { route: "sip", customerId: theirs.id, meetingId: "planted", X_Auth_Token: "planted" },
    });
    expect(status).toBe(200);
    expect(call).toMatchObject({ route: "sip", contactId: null, participantToken: null });
    const press = (bearer: string | null, keys: string) =>
      knock(keysRoute, { headers: bearer ? bearerOf(bearer) : {}, callId: call.callId, body: { keys } });
    expect(await press(mine.bearer, "12#")).toEqual({ status: 200, body: { pressed: 3 } });
    expect(await press(theirs.bearer, "1")).toMatchObject({ status: 404, body: { code: "CALL_UNKNOWN" } });
    expect((await press(null, "1")).status).toBe(401);
    expect((await press(mine.bearer, "1;2")).status).toBe(422);
    const [bridged] = [...doors.deps.sipBridge.calls.values()];
    expect(bridged).toMatchObject({ meetingId: call.MeetingId, keys: "12#" });
    expect(
      await knock(startRoute, { headers: bearerOf(theirs.bearer), body: { route: "carrier-pigeon" } }),
    ).toMatchObject({
      status: 422,
      body: { code: "INPUT_INVALID" },
    });
  });

  test.each([
    ["nobody", {}, {}, 401, "SIGN_IN_REQUIRED"],
    ["a token that is none", {}, { token: "12345" }, 401, "ACCESS_TOKEN_INVALID"],
    ["a Bearer that is none", bearerOf("a.b.c"), {}, 401, "ACCESS_TOKEN_INVALID"],
    [
      "a cookie from another site",
      { cookie: "vouchsafe.session=x", origin: "https://evil.test" },
      {},
      403,
      "CROSS_SITE_REFUSED",
    ],
    ["a token that is no text", {}, { token: { sub: "x" } }, 422, "INPUT_INVALID"],
  ])("%s is refused", async (_, headers, body, status, code) => {
    expect(await knock(startRoute, { headers: headers as Record<string, string>, body })).toMatchObject({
      status,
      body: { code },
    });
  });

  test("takes the session of a page of ours, and of no other page", async () => {
    const who = await doors.enroll("customer");
    const signedIn = await signInBrowser(doors.deps, {
      email: who.email,
      password: doors.password,
      origin: { ip: "203.0.113.9", userAgent: "" },
    });
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    const sealed = await sealSessionCookie(doors.deps, signedIn.value.sessionToken);
    const cookie = `${sessionCookieName(doors.deps.env)}=${sealed}`;
    const ours = await knock(startRoute, { headers: { cookie, origin: "http://app.test" }, body: {} });
    expect(ours).toMatchObject({ status: 200, body: { joined: false } });
    const theirs = await knock(startRoute, { headers: { cookie, origin: "https://evil.test" }, body: {} });
    expect(theirs).toMatchObject({ status: 403, body: { code: "CROSS_SITE_REFUSED" } });
  });

  test("a colleague has other doors, whichever way the token comes", async () => {
    const { bearer } = await doors.enroll("agent");
    for (const asked of [{ headers: bearerOf(bearer), body: {} }, { body: { token: bearer } }])
      expect(await knock(startRoute, asked)).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
  });

  test("a sign-in of long ago is asked to be renewed", async () => {
    const { bearer } = await doors.enroll("customer");
    doors.deps.clock.advance(13 * 3_600);
    const refused = await knock(startRoute, { headers: bearerOf(bearer), body: {} });
    doors.deps.clock.reset();
    expect(refused).toMatchObject({ status: 401, body: { code: "SESSION_TOO_OLD", action: "SIGN_IN" } });
  });
});

test("a call is looked at, held open and ended by its caller, and by nobody else", async () => {
  const [mine, theirs] = [await doors.enroll("customer"), await doors.enroll("customer")];
  const { callId } = (await knock(startRoute, { headers: bearerOf(mine.bearer), body: {} })).body;
  for (const route of [callRoute, hereRoute, endRoute])
    expect(await knock(route, { headers: bearerOf(theirs.bearer), callId })).toMatchObject({
      status: 404,
      body: { code: "CALL_UNKNOWN" },
    });
  for (const route of [hereRoute, endRoute]) expect((await knock(route, { callId })).status).toBe(401);
  const asMe = { headers: bearerOf(mine.bearer), callId };
  expect(await knock(callRoute, asMe)).toMatchObject({ status: 200, body: { status: "waiting" } });
  expect(await knock(hereRoute, asMe)).toMatchObject({ status: 200, body: { status: "waiting" } });
  expect(await knock(endRoute, asMe)).toMatchObject({ status: 200, body: { status: "ended" } });
  expect(await knock(callRoute, asMe)).toMatchObject({ body: { status: "ended", connectedAt: null } });
});
