import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import { asc, eq, sql } from "drizzle-orm";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { auditLog, supportCalls } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { givenVisits, granted, refusalOf } from "@/lib/visits/testing";
import { signCallerContext } from "@/lib/vouchers/caller-context";
import { signJws } from "@/lib/vouchers/jws";
import { issuer } from "@/lib/vouchers/kinds";
import { endCall } from "./end-call";
import { listOwnCalls, readOwnCall } from "./own-calls";
import { pressKeys } from "./press-keys";
import { reconcileCalls } from "./reconcile-calls";
import { sayHere } from "./say-here";
import { startCall } from "./start-call";
import { makeCaller } from "./testing";
import { verifyCaller } from "./verify-caller";

const deps = givenVisits();
type Route = "webrtc" | "sip";

const rowOf = async (callId: string) => {
  const [row] = await deps.db.asActor(system, (tx) =>
    tx.select().from(supportCalls).where(eq(supportCalls.id, callId)),
  );
  return row!;
};
const auditOf = (callId: string) =>
  deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.tokenId, callId)).orderBy(asc(auditLog.seq)),
  );
const roomOf = (meetingId: string) => deps.meetings.rooms.get(meetingId)!;

/** A call that is under way, and the token that went to the contact centre with it. */
async function givenCall(route: Route = "sip") {
  const caller = await makeCaller(deps.db);
  const call = granted(await startCall(deps, caller, { route }));
  const bridge = [...deps.sipBridge.calls.values()].find(({ meetingId }) => meetingId === call.MeetingId);
  const held = call.contactId ? deps.contactCentre.contacts.get(call.contactId) : null;
  const token = bridge?.callerContext ?? held?.attributes.caller_context ?? "";
  return { caller, customer: caller.customer, call, bridge: bridge!, token };
}
/** All that is due. */
async function settle() {
  deps.clock.advance(10);
  while ((await reconcileCalls(deps)) > 0);
}

describe("a customer calls by route sip", () => {
  test("a meeting of their own, which a telephone leg joins that brings the signed context", async () => {
    const { call, bridge, customer } = await givenCall();
    expect(call).toMatchObject({ route: "sip", contactId: null, participantToken: null, joined: false });
    expect(call.MeetingId).toBe(call.chimeJoinInfo.meeting.meetingId);
    const seats = [...roomOf(call.MeetingId).attendees.values()].map(({ attendee }) => attendee);
    expect(seats.map(({ externalUserId }) => externalUserId)).toEqual(["caller", "telephone"]);
    expect(bridge.joinToken).toBe(seats[1]?.joinToken);
    expect(bridge.joinToken).not.toBe(call.JoinToken);
    expect(granted(await readOwnCall(deps, { customer, callId: call.callId }))).toMatchObject({
      route: "sip",
      status: "waiting",
    });
  });

  test("whose meeting it is stands in the call's row, until it expires; then it is over, and the next click begins anew", async () => {
    const { caller, call } = await givenCall();
    const row = await rowOf(call.callId);
    expect(row).toMatchObject({ meetingId: call.MeetingId, customerId: caller.customer.id });
    const livesMs = row.meetingExpiresAt!.getTime() - row.createdAt.getTime();
    expect(livesMs).toBeGreaterThan(0);
    expect(livesMs).toBeLessThanOrEqual(4 * 3_600_000 + 5_000);
    deps.clock.advance(4 * 3_600 + 10);
    const recent = { ...caller, signedInAt: deps.clock.now() };
    const next = granted(await startCall(deps, recent, { route: "sip" }));
    expect(next.callId).not.toBe(call.callId);
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "over", place: null });
    expect(roomOf(call.MeetingId).ended).toBe(true);
  });

  test("whose context nobody asked about is recorded as unchecked when it ends; one that was checked, refused or hung up at once is not", async () => {
    const [unchecked, verified, late, short] = [
      await givenCall(),
      await givenCall(),
      await givenCall(),
      await givenCall(),
    ];
    await verifyCaller(deps, { token: verified.token, contactId: randomUUID() });
    await endCall(deps, { customer: short.customer, callId: short.call.callId });
    deps.clock.advance(11);
    for (const { customer, call } of [unchecked, verified])
      await endCall(deps, { customer, callId: call.callId });
    deps.clock.advance(3_600);
    await verifyCaller(deps, { token: late.token, contactId: randomUUID() });
    await endCall(deps, { customer: late.customer, callId: late.call.callId });
    const ofProof = async ({ call }: typeof late) =>
      (await auditOf(call.callId))
        .filter(({ eventType }) => eventType.startsWith("CALLER_"))
        .map(({ eventType, errorCode }) => [eventType, errorCode].filter(Boolean).join(" "));
    expect(await ofProof(unchecked)).toEqual(["CALLER_NOT_VERIFIED UNAVAILABLE"]);
    expect(await ofProof(verified)).toEqual(["CALLER_VERIFIED"]);
    expect(await ofProof(short)).toEqual([]);
    expect(await ofProof(late)).not.toContain("CALLER_NOT_VERIFIED UNAVAILABLE");
  });

  test("from five tabs at once: one call, one place, one leg", async () => {
    const caller = await makeCaller(deps.db);
    const before = deps.sipBridge.calls.size;
    const all = await Promise.all(Array.from({ length: 5 }, () => startCall(deps, caller, { route: "sip" })));
    const calls = all.map(granted);
    expect(new Set(calls.map(({ JoinToken }) => JoinToken)).size).toBe(1);
    expect(calls.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(deps.sipBridge.calls.size - before).toBe(1);
    expect(roomOf(calls[0]!.MeetingId).attendees.size).toBe(2);
  });

  test("one call at a time, whichever the route: the second tab joins the first", async () => {
    for (const [first, second] of [
      ["sip", "webrtc"],
      ["webrtc", "sip"],
    ] as const) {
      const caller = await makeCaller(deps.db);
      const one = granted(await startCall(deps, caller, { route: first }));
      const other = granted(await startCall(deps, caller, { route: second }));
      expect(other).toMatchObject({ callId: one.callId, route: first, joined: true });
      expect((await listOwnCalls(deps, caller)).calls).toHaveLength(1);
    }
  });

  test("by the clinic's own choice where nothing is said; and not at all where it is not set up", async () => {
    const caller = await makeCaller(deps.db);
    const chosen = { ...deps, env: { ...deps.env, SUPPORT_ROUTE: "sip" as const } };
    expect(granted(await startCall(chosen, caller)).route).toBe("sip");
    const without = { ...deps, sipBridge: null };
    const other = await makeCaller(deps.db);
    expect(refusalOf(await startCall(without, other, { route: "sip" }))).toBe("ROUTE_CLOSED");
    expect((await listOwnCalls(deps, other)).calls).toEqual([]);
  });

  test.each(["before", "after"] as const)(
    "where the leg's answer is lost (%s), the call is over and its meeting too: no agent has them twice",
    async (when) => {
      const caller = await makeCaller(deps.db);
      deps.sipBridge.faults.fail("start", "outage", { when });
      expect(refusalOf(await startCall(deps, caller, { route: "sip" }))).toBe("CLOUD_UNAVAILABLE");
      const [failed] = (await listOwnCalls(deps, caller)).calls;
      const row = await rowOf(failed!.callId);
      expect(row).toMatchObject({ endReason: "failed", place: null });
      expect(row.settledAt).not.toBeNull();
      expect(roomOf(row.meetingId!).ended).toBe(true);
      expect(granted(await startCall(deps, caller, { route: "sip" })).callId).not.toBe(row.id);
    },
  );

  test("a process that dies while it places the call leaves nobody in an empty meeting", async () => {
    const caller = await makeCaller(deps.db);
    deps.sipBridge.faults.fail("start", "crash", { when: "before" });
    await expect(startCall(deps, caller, { route: "sip" })).rejects.toThrow("died");
    const [stranded] = (await listOwnCalls(deps, caller)).calls;
    deps.clock.advance(20);
    const next = granted(await startCall(deps, caller, { route: "sip" }));
    expect(next.callId).not.toBe(stranded!.callId);
    expect(roomOf((await rowOf(stranded!.callId)).meetingId!).ended).toBe(true);
  });

  test("without a meeting nothing is begun, and the next click goes on where it stopped", async () => {
    const caller = await makeCaller(deps.db);
    for (const step of ["create", "addAttendee"] as const) {
      deps.meetings.faults.fail(step, "throttle");
      expect(refusalOf(await startCall(deps, caller, { route: "sip" }))).toBe("CLOUD_THROTTLED");
    }
    expect(granted(await startCall(deps, caller, { route: "sip" })).joined).toBe(true);
    expect((await listOwnCalls(deps, caller)).calls).toHaveLength(1);
  });
});

describe("keys", () => {
  test("are pressed at the telephone leg, by its caller alone, and kept nowhere", async () => {
    const { customer, call, bridge } = await givenCall();
    const press = (who = customer, callId = call.callId) =>
      pressKeys(deps, { customer: who, callId, keys: "4711#" });
    expect(granted(await press())).toEqual({ pressed: 5 });
    expect(bridge.keys).toBe("4711#");
    const { customer: stranger } = await makeCaller(deps.db);
    expect(refusalOf(await press(stranger))).toBe("CALL_UNKNOWN");
    expect(JSON.stringify(await auditOf(call.callId))).not.toContain("4711");
    await endCall(deps, { customer, callId: call.callId });
    expect(refusalOf(await press())).toBe("CALL_OVER");
  });
});

describe("the end", () => {
  test("the caller hangs up: both legs, and the meeting", async () => {
    const { customer, call, bridge } = await givenCall();
    expect(granted(await endCall(deps, { customer, callId: call.callId })).status).toBe("ended");
    expect(bridge.over).toBe(true);
    expect(roomOf(call.MeetingId).ended).toBe(true);
    expect((await rowOf(call.callId)).settledAt).not.toBeNull();
  });

  test("where the bridge does not hear it, the meeting ends at once and the worker goes on until it does", async () => {
    const { customer, call, bridge } = await givenCall();
    deps.sipBridge.faults.fail("hangUp", "outage");
    await endCall(deps, { customer, callId: call.callId });
    expect([bridge.over, roomOf(call.MeetingId).ended]).toEqual([false, true]);
    expect((await rowOf(call.callId)).settledAt).toBeNull();
    await settle();
    expect(bridge.over).toBe(true);
    expect((await rowOf(call.callId)).settledAt).not.toBeNull();
  });

  test("the other side hung up, and the bridge ended the meeting: the worker learns of it", async () => {
    const { call, bridge } = await givenCall();
    deps.meetings.expire(call.MeetingId);
    await settle();
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "over", place: null });
    expect(bridge.over).toBe(true);
  });

  test("once the contact verified them, what the contact centre says of it becomes true here", async () => {
    const { call, customer, token } = await givenCall();
    const contact = granted(
      await deps.contactCentre.startWebRtcContact({
        clientToken: randomUUID(),
        flow: "support",
        displayName: "+15550100200",
        attributes: {},
        video: false,
      }),
    );
    expect((await verifyCaller(deps, { token, contactId: contact.contactId })).auth_status).toBe("verified");
    const held = deps.contactCentre.contacts.get(contact.contactId)!;
    held.connectedToAgentAt = new Date();
    await settle();
    const own = () => readOwnCall(deps, { customer, callId: call.callId });
    expect(granted(await own()).status).toBe("connected");
    held.disconnectedAt = new Date();
    await settle();
    expect(granted(await own())).toMatchObject({
      status: "ended",
      endedAt: held.disconnectedAt.toISOString(),
    });
    expect((await auditOf(call.callId)).map(({ eventType }) => eventType)).toEqual([
      "SUPPORT_CALL_STARTED",
      "CALLER_VERIFIED",
      "SUPPORT_CALL_CONNECTED",
      "SUPPORT_CALL_ENDED",
    ]);
  });

  test("an answer is known also where the context came too late to vouch for anybody; its contact's end is nobody else's", async () => {
    const { call, customer, token } = await givenCall();
    await deps.db.asActor(system, (tx) =>
      tx
        .update(supportCalls)
        .set({ contextExpiresAt: sql`now() - interval '1 second'` })
        .where(eq(supportCalls.id, call.callId)),
    );
    const { contactId } = granted(
      await deps.contactCentre.startWebRtcContact({
        clientToken: randomUUID(),
        flow: "support",
        displayName: "+15550100200",
        attributes: {},
        video: false,
      }),
    );
    expect((await verifyCaller(deps, { token, contactId })).reason).toBe("TOKEN_EXPIRED");
    const held = deps.contactCentre.contacts.get(contactId)!;
    held.connectedToAgentAt = new Date();
    await settle();
    const own = async () => granted(await readOwnCall(deps, { customer, callId: call.callId }));
    expect(await own()).toMatchObject({ status: "connected" });
    expect((await rowOf(call.callId)).boundAt).toBeNull();
    held.disconnectedAt = new Date();
    await settle();
    expect((await own()).status).toBe("connected");
    deps.meetings.expire(call.MeetingId);
    await settle();
    expect((await own()).status).toBe("ended");
  });

  test("a call that was forgotten is ended with its meeting", async () => {
    const { call, bridge } = await givenCall();
    deps.clock.advance(4 * 3_600);
    await settle();
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "over" });
    expect([bridge.over, roomOf(call.MeetingId).ended]).toEqual([true, true]);
  });
});

describe.each<Route>(["webrtc", "sip"])("a caller who vanishes, by route %s", (route) => {
  /** Time goes by, with a worker that looks every five seconds. */
  async function pass(seconds: number) {
    for (let gone = 0; gone < seconds; gone += 5) {
      deps.clock.advance(5);
      while ((await reconcileCalls(deps)) > 0);
    }
  }

  test("is noticed within about a minute: the call ends, its meeting too, no agent is kept, and it counts as missed", async () => {
    const { customer, call, bridge } = await givenCall(route);
    granted(await sayHere(deps, { customer, callId: call.callId }));
    await pass(25);
    expect((await rowOf(call.callId)).endedAt).toBeNull();
    await pass(50);
    const row = await rowOf(call.callId);
    expect(row).toMatchObject({ endReason: "lost", connectedAt: null, place: null });
    expect(row.settledAt).not.toBeNull();
    if (route === "sip") expect([bridge.over, roomOf(call.MeetingId).ended]).toEqual([true, true]);
    else expect(deps.contactCentre.contacts.get(call.contactId!)?.disconnectedAt).not.toBeNull();
    expect((await auditOf(call.callId)).at(-1)).toMatchObject({
      eventType: "SUPPORT_CALL_ENDED",
      metadata: { reason: "lost", connected: false },
    });
  });

  test("is kept as long as they say that they are there, also after we ourselves were away", async () => {
    const { customer, call } = await givenCall(route);
    const here = () => sayHere(deps, { customer, callId: call.callId });
    for (let beats = 0; beats < 6; beats++) {
      granted(await here());
      await pass(15);
    }
    deps.clock.advance(120); // the database was away, say
    await pass(5);
    granted(await here());
    await pass(40);
    expect((await rowOf(call.callId)).endedAt).toBeNull();
    const { customer: stranger } = await makeCaller(deps.db);
    expect(refusalOf(await sayHere(deps, { customer: stranger, callId: call.callId }))).toBe("CALL_UNKNOWN");
    await endCall(deps, { customer, callId: call.callId });
    expect(granted(await here()).status).toBe("ended");
  });

  test("and a program that never said so is not expected to", async () => {
    const { call } = await givenCall(route);
    await pass(120);
    expect((await rowOf(call.callId)).endedAt).toBeNull();
  });
});

describe.each<Route>(["webrtc", "sip"])(
  "attacks by route %s end in the ordinary questions, and are recorded",
  (route) => {
    const attack = async (
      given: Awaited<ReturnType<typeof givenCall>>,
      token: string,
      contactId: string = randomUUID(),
    ) => {
      const told = await verifyCaller(deps, { token, contactId });
      expect(told).toMatchObject({ auth_status: "unverified", customer_id: "", first_name: "", tier: "" });
      const recorded = await deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
        tx
          .select()
          .from(auditLog)
          .where(
            sql`${auditLog.eventType} = 'CALLER_NOT_VERIFIED' AND ${auditLog.metadata}->>'contact' = ${contactId}`,
          ),
      );
      expect(recorded).toHaveLength(1);
      expect(JSON.stringify(recorded)).not.toContain(token);
      // What was true stays true.
      expect((await rowOf(given.call.callId)).endedAt).toBeNull();
      return told.reason;
    };
    const claims = (callId: string, customerId: string, more: object = {}) => {
      const iat = Math.floor(Date.now() / 1000);
      return {
        jti: callId,
        iss: issuer,
        aud: "contact-centre",
        iat,
        nbf: iat,
        exp: iat + 100,
        sub: customerId,
        ...more,
      };
    };
    const typ = "caller-context+jwt";

    test("a forged signature", async () => {
      const given = await givenCall(route);
      const [head, body, tail = ""] = given.token.split(".");
      const forged = `${head}.${body}.${tail.startsWith("A") ? "B" : "A"}${tail.slice(1)}`;
      expect(await attack(given, forged)).toBe("TOKEN_INVALID");
      expect(await attack(given, `${head}.${body}.`)).toBe("TOKEN_INVALID");
    });

    test("a wrong audience, a wrong type, another issuer: each signed by us", async () => {
      const given = await givenCall(route);
      const { callId } = given.call;
      const sign = (type: string, more: object = {}) =>
        signJws(deps.signer, type, claims(callId, given.customer.id, more));
      expect(
        (await verifyCaller(deps, { token: await sign(typ), contactId: given.call.contactId ?? "c" }))
          .auth_status,
      ).toBe("verified");
      for (const wrong of [
        await sign(typ, { aud: "video-visit" }),
        await sign(typ, { iss: "elsewhere" }),
        await sign(typ, { exp: Math.floor(Date.now() / 1000) + 3_600 }),
        await sign("visit-link+jwt"),
      ])
        expect(await attack(given, wrong)).toBe("TOKEN_INVALID");
    });

    test("an expired one", async () => {
      const given = await givenCall(route);
      await deps.db.asActor(system, (tx) =>
        tx
          .update(supportCalls)
          .set({ contextExpiresAt: sql`now() - interval '1 second'` })
          .where(eq(supportCalls.id, given.call.callId)),
      );
      expect(await attack(given, given.token, given.call.contactId ?? randomUUID())).toBe("TOKEN_EXPIRED");
    });

    test("one that was used before, in another contact", async () => {
      const given = await givenCall(route);
      const contactId = given.call.contactId ?? randomUUID();
      expect((await verifyCaller(deps, { token: given.token, contactId })).auth_status).toBe("verified");
      expect(await attack(given, given.token)).toBe("TOKEN_REUSED");
      expect((await verifyCaller(deps, { token: given.token, contactId })).auth_status).toBe("verified");
    });

    test("another customer's name on this call, or this customer's on another", async () => {
      const [given, theirs] = [await givenCall(route), await givenCall(route)];
      const iat = Math.floor(Date.now() / 1000);
      const mixed = { callId: given.call.callId, customerId: theirs.customer.id, iat };
      expect(await attack(given, await signCallerContext(deps.signer, mixed))).toBe("TOKEN_INVALID");
    });

    test("no token, join token or number stands in what we log, whatever fails", async () => {
      const lines: string[] = [];
      const stream = new Writable({
        write(chunk, _, done) {
          lines.push(String(chunk));
          done();
        },
      });
      const loud = { ...deps, log: pino({ level: "trace" }, stream) };
      const caller = await makeCaller(deps.db);
      const call = granted(await startCall(loud, caller, { route }));
      deps.sipBridge.faults.fail("hangUp", "outage");
      deps.contactCentre.faults.fail("stopContact", "outage");
      await endCall(loud, { ...caller, callId: call.callId });
      expect(lines.length).toBeGreaterThan(0);
      const secrets = [
        call.JoinToken,
        caller.customer.id,
        "eyJ",
        ...(call.participantToken ? [call.participantToken] : []),
      ];
      for (const secret of secrets) expect(lines.join("")).not.toContain(secret);
    });
  },
);
