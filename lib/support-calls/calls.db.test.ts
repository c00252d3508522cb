import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog, supportCalls } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { givenVisits, granted, refusalOf } from "@/lib/visits/testing";
import { contextSeconds, signCallerContext } from "@/lib/vouchers/caller-context";
import { signJws } from "@/lib/vouchers/jws";
import { endCall } from "./end-call";
import { listOwnCalls, readOwnCall } from "./own-calls";
import { reconcileCalls } from "./reconcile-calls";
import { startCall } from "./start-call";
import { makeCaller, withContact } from "./testing";
import { verifyAccount } from "./verify-account";
import { verifyCaller } from "./verify-caller";

const deps = givenVisits();

const rowOf = async (callId: string) => {
  const [row] = await deps.db.asActor(system, (tx) =>
    tx.select().from(supportCalls).where(eq(supportCalls.id, callId)),
  );
  return row!;
};
const contactOf = (contactId: string) => deps.contactCentre.contacts.get(contactId)!;
const eventsOfCall = async (callId: string) =>
  (
    await deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
      tx
        .select({ event: auditLog.eventType, error: auditLog.errorCode })
        .from(auditLog)
        .where(eq(auditLog.tokenId, callId))
        .orderBy(asc(auditLog.seq)),
    )
  ).map(({ event, error }) => (error ? `${event} ${error}` : event));
/** A call that is under way, and what its contact carries. */
async function givenCall(given: Parameters<typeof makeCaller>[1] = {}) {
  const caller = await makeCaller(deps.db, given);
  const call = withContact(granted(await startCall(deps, caller)));
  const { attributes } = contactOf(call.contactId);
  return { ...caller, call, caller, attributes, token: attributes.caller_context! };
}
const later = (seconds: number) => deps.clock.advance(seconds);

describe("a customer calls", () => {
  test("and is given a place; the contact carries the signed context, and nothing that says who it is", async () => {
    const { call, customer, attributes } = await givenCall();
    expect(call).toMatchObject({
      MeetingId: call.chimeJoinInfo.meeting.meetingId,
      AttendeeId: call.chimeJoinInfo.attendee.attendeeId,
      JoinToken: call.chimeJoinInfo.attendee.joinToken,
      route: "webrtc",
      joined: false,
    });
    expect(Object.keys(attributes)).toEqual(["caller_context"]);
    expect(contactOf(call.contactId).displayName).toMatch(/^Caller [0-9A-F]{4}$/);
    expect(await eventsOfCall(call.callId)).toEqual(["SUPPORT_CALL_STARTED"]);
    expect(granted(await readOwnCall(deps, { customer, callId: call.callId })).status).toBe("waiting");
  });

  test("from five tabs at once: one call, one contact, one place", async () => {
    const caller = await makeCaller(deps.db);
    const all = await Promise.all(Array.from({ length: 5 }, () => startCall(deps, caller)));
    const calls = all.map(granted);
    expect(new Set(calls.map(({ callId }) => callId)).size).toBe(1);
    expect(new Set(calls.map(({ JoinToken }) => JoinToken)).size).toBe(1);
    expect(calls.filter(({ joined }) => !joined)).toHaveLength(1);
    expect((await listOwnCalls(deps, caller)).calls).toHaveLength(1);
  });

  test("after signing in too long ago: refused and recorded, and nothing is begun", async () => {
    const caller = await makeCaller(deps.db);
    const signedInAt = new Date(Date.now() - 12 * 3_600_000 - 1_000);
    expect(refusalOf(await startCall(deps, { ...caller, signedInAt }))).toBe("SESSION_TOO_OLD");
    expect((await listOwnCalls(deps, caller)).calls).toEqual([]);
    const short = { ...deps, env: { ...deps.env, SUPPORT_SIGN_IN_MAX_MINUTES: 1 } };
    const recent = { ...caller, signedInAt: new Date(Date.now() - 50_000) };
    expect(refusalOf(await startCall(short, recent))).toBeNull();
  });

  test("twenty times an hour, and no more", async () => {
    const caller = await makeCaller(deps.db);
    for (let calls = 0; calls < 20; calls++) {
      const { callId } = granted(await startCall(deps, caller));
      await endCall(deps, { ...caller, callId });
    }
    expect(await startCall(deps, caller)).toMatchObject({
      error: { code: "CALLS_LIMITED", retryAfterSeconds: expect.any(Number) },
    });
  });

  test.each(["before", "after"] as const)(
    "and whatever the cloud does, the next click goes on where it stopped (%s)",
    async (when) => {
      for (const fault of ["throttle", "outage"] as const) {
        const caller = await makeCaller(deps.db);
        deps.contactCentre.faults.fail("startWebRtcContact", fault, { when });
        const refused = await startCall(deps, caller);
        expect(refusalOf(refused)).toMatch(/^CLOUD_/);
        const before = deps.contactCentre.contacts.size;
        const call = granted(await startCall(deps, caller));
        expect(deps.contactCentre.contacts.size - before).toBe(when === "before" ? 1 : 0);
        expect((await listOwnCalls(deps, caller)).calls.map(({ callId }) => callId)).toEqual([call.callId]);
      }
    },
  );

  test("a process that dies in between leaves a call that the customer comes into", async () => {
    const caller = await makeCaller(deps.db);
    deps.contactCentre.faults.fail("startWebRtcContact", "crash", { when: "after" });
    await expect(startCall(deps, caller)).rejects.toThrow("died");
    expect(granted(await startCall(deps, caller)).joined).toBe(true);
  });

  test("anew when the call they had is over, though nobody had told us", async () => {
    const { call, caller } = await givenCall();
    contactOf(call.contactId).disconnectedAt = new Date();
    const next = granted(await startCall(deps, caller));
    expect(next.callId).not.toBe(call.callId);
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "over", place: null });
  });
});

describe("the end", () => {
  test("the caller hangs up: the contact ends, the place is forgotten, and saying so again changes nothing", async () => {
    const { call, customer } = await givenCall();
    for (let times = 0; times < 2; times++)
      expect(granted(await endCall(deps, { customer, callId: call.callId })).status).toBe("ended");
    expect(contactOf(call.contactId).disconnectedAt).not.toBeNull();
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "hung-up", place: null });
    expect(await eventsOfCall(call.callId)).toEqual(["SUPPORT_CALL_STARTED", "SUPPORT_CALL_ENDED"]);
  });

  test("somebody else's call is no call of theirs: not to see, not to end", async () => {
    const { call } = await givenCall();
    const { customer } = await makeCaller(deps.db);
    for (const callId of [call.callId, randomUUID(), "1; DROP TABLE support_calls"]) {
      expect(refusalOf(await readOwnCall(deps, { customer, callId }))).toBe("CALL_UNKNOWN");
      expect(refusalOf(await endCall(deps, { customer, callId }))).toBe("CALL_UNKNOWN");
    }
    expect((await rowOf(call.callId)).endedAt).toBeNull();
    const seen = await deps.db.asActor(customer, (tx) => tx.select().from(supportCalls));
    expect(seen).toEqual([]);
  });

  test("where the cloud does not hear it, the worker goes on until it does", async () => {
    const { call, customer } = await givenCall();
    deps.contactCentre.faults.fail("stopContact", "outage");
    await endCall(deps, { customer, callId: call.callId });
    expect((await rowOf(call.callId)).settledAt).toBeNull();
    later(10);
    await settle();
    expect((await rowOf(call.callId)).settledAt).not.toBeNull();
    expect(contactOf(call.contactId).disconnectedAt).not.toBeNull();
  });

  test("what the contact centre says of a call becomes true here: answered, and over", async () => {
    const { call, customer, token } = await givenCall();
    await verifyCaller(deps, { token, contactId: call.contactId });
    const held = contactOf(call.contactId);
    const at = () => readOwnCall(deps, { customer, callId: call.callId });
    held.connectedToAgentAt = new Date(Date.now() + 4_000);
    later(10);
    await settle();
    expect(granted(await at())).toMatchObject({ status: "connected", endedAt: null });
    held.disconnectedAt = new Date(Date.now() + 90_000);
    later(10);
    await settle();
    expect(granted(await at())).toMatchObject({
      status: "ended",
      endedAt: held.disconnectedAt.toISOString(),
    });
    expect(await eventsOfCall(call.callId)).toEqual([
      "SUPPORT_CALL_STARTED",
      "CALLER_VERIFIED",
      "SUPPORT_CALL_CONNECTED",
      "SUPPORT_CALL_ENDED",
    ]);
  });

  test("answered though nobody could check the proof, for the function was slow, down or answered nonsense: that is recorded, once; what it refused itself stands alone", async () => {
    const [unchecked, refused] = [await givenCall(), await givenCall()];
    await verifyCaller(deps, { token: "forged", contactId: refused.call.contactId });
    for (const { call } of [unchecked, refused])
      contactOf(call.contactId).connectedToAgentAt = deps.clock.now();
    for (let round = 0; round < 2; round++) {
      later(10);
      await settle();
    }
    const ofProof = async ({ call }: typeof refused) =>
      (await eventsOfCall(call.callId)).filter((event) => event.startsWith("CALLER_"));
    expect(await ofProof(unchecked)).toEqual(["CALLER_NOT_VERIFIED UNAVAILABLE"]);
    expect(await ofProof(refused)).toEqual([]);
  });

  test("a call that was forgotten is ended: one never made, and one that nobody answered for an hour", async () => {
    const caller = await makeCaller(deps.db);
    deps.contactCentre.faults.fail("startWebRtcContact", "outage");
    await startCall(deps, caller);
    const [never] = (await listOwnCalls(deps, caller)).calls;
    const { call } = await givenCall();
    later(3 * 60);
    await settle();
    expect(await rowOf(never!.callId)).toMatchObject({ endReason: "failed" });
    expect((await rowOf(call.callId)).endedAt).toBeNull();
    later(60 * 60);
    await settle();
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "over" });
    expect(contactOf(call.contactId).disconnectedAt).not.toBeNull();
  });

  test("handed on to another agent it goes on, though its first contact is over; it ends with the last, and hanging up ends that", async () => {
    const [{ call }, { call: other, caller }] = [await givenCall(), await givenCall()];
    contactOf(call.contactId).connectedToAgentAt = deps.clock.now();
    const next = deps.contactCentre.handOn(call.contactId);
    const last = deps.contactCentre.handOn(next);
    later(10);
    await settle();
    expect(await rowOf(call.callId)).toMatchObject({ endedAt: null, connectedAt: expect.any(Date) });
    contactOf(last).disconnectedAt = deps.clock.now();
    later(10);
    await settle();
    expect(await rowOf(call.callId)).toMatchObject({ endReason: "over" });

    const theirs = deps.contactCentre.handOn(other.contactId);
    granted(await endCall(deps, { ...caller, callId: other.callId }));
    expect(contactOf(theirs).disconnectedAt).toBeInstanceOf(Date);
  });

  /** All that is due. */
  async function settle() {
    while ((await reconcileCalls(deps)) > 0);
  }
});

test("their own calls come by pages, the newest first, each once", async () => {
  const caller = await makeCaller(deps.db);
  const made: string[] = [];
  for (let calls = 0; calls < 5; calls++) {
    const { callId } = granted(await startCall(deps, caller));
    await endCall(deps, { ...caller, callId });
    made.unshift(callId);
  }
  const seen: string[] = [];
  for (let cursor: string | undefined, pages = 0; pages < 3; pages++) {
    const page = await listOwnCalls(deps, { ...caller, cursor, limit: 2 });
    seen.push(...page.calls.map(({ callId }) => callId));
    cursor = page.nextCursor ?? undefined;
  }
  expect(seen).toEqual(made);
});

describe("who calls, as the contact flow is told", () => {
  const verify = (token: string, contactId: string) => verifyCaller(deps, { token, contactId });

  test("verified, with name and tier; the same contact hears it again, another one never", async () => {
    const { call, token, customer } = await givenCall({ externalId: `x-${randomUUID().slice(0, 8)}` });
    const told = await verify(token, call.contactId);
    expect(told).toMatchObject({ auth_status: "verified", first_name: "Ana", tier: "gold", reason: "" });
    expect(told.customer_id).toMatch(/^x-/);
    expect(await verify(token, call.contactId)).toEqual(told);
    expect(await verify(token, randomUUID())).toEqual({
      auth_status: "unverified",
      customer_id: "",
      first_name: "",
      tier: "",
      reason: "TOKEN_REUSED",
    });
    expect(await eventsOfCall(call.callId)).toEqual([
      "SUPPORT_CALL_STARTED",
      "CALLER_VERIFIED",
      "CALLER_NOT_VERIFIED REUSED",
    ]);
    const plain = await givenCall();
    expect(await verify(plain.token, plain.call.contactId)).toMatchObject({
      customer_id: plain.customer.id,
    });
    expect(customer.id).not.toBe(told.customer_id);
  });

  test("a context that was stolen is worth nothing in another contact, even before its own has used it", async () => {
    const { call, token } = await givenCall();
    expect((await verify(token, randomUUID())).reason).toBe("TOKEN_REUSED");
    expect((await verify(token, call.contactId)).auth_status).toBe("verified");
  });

  test("of twenty contacts that bring the same one at once, one is believed", async () => {
    const { call, token } = await givenCall();
    // As on route `sip`, where the contact is not known beforehand.
    await deps.db.asActor(system, (tx) =>
      tx.update(supportCalls).set({ contactId: null }).where(eq(supportCalls.id, call.callId)),
    );
    const told = await Promise.all(Array.from({ length: 20 }, () => verify(token, randomUUID())));
    expect(told.filter(({ auth_status }) => auth_status === "verified")).toHaveLength(1);
  });

  test("expired, unless this contact had it before", async () => {
    const [used, late] = [await givenCall(), await givenCall()];
    await verify(used.token, used.call.contactId);
    await deps.db.asActor(system, (tx) =>
      tx.update(supportCalls).set({ contextExpiresAt: sql`now() - interval '1 second'` }),
    );
    expect((await verify(late.token, late.call.contactId)).reason).toBe("TOKEN_EXPIRED");
    expect((await verify(used.token, used.call.contactId)).auth_status).toBe("verified");
  });

  test("of a call that is over, and of an account without a record: nobody is vouched for", async () => {
    const over = await givenCall();
    await endCall(deps, { ...over, callId: over.call.callId });
    expect((await verify(over.token, over.call.contactId)).reason).toBe("CALL_OVER");
    const stranger = await givenCall({ record: false });
    expect((await verify(stranger.token, stranger.call.contactId)).reason).toBe("NO_RECORD");
  });

  test("signed by us for somebody else's call, or for a call that never was", async () => {
    const [mine, theirs] = [await givenCall(), await givenCall()];
    const iat = Math.floor(Date.now() / 1000);
    const about = (callId: string, customerId: string) =>
      signCallerContext(deps.signer, { callId, customerId, iat });
    const mixed = await about(theirs.call.callId, mine.customer.id);
    expect((await verify(mixed, theirs.call.contactId)).reason).toBe("TOKEN_INVALID");
    const invented = await about(randomUUID(), mine.customer.id);
    expect((await verify(invented, mine.call.contactId)).reason).toBe("TOKEN_INVALID");
    expect((await verify(theirs.token, theirs.call.contactId)).auth_status).toBe("verified");
  });

  test.each([
    ["nothing", "", "NO_CONTEXT"],
    ["no token", "12345", "TOKEN_INVALID"],
    ["a token without a signature", "eyJhbGciOiJub25lIn0.e30.", "TOKEN_INVALID"],
  ])("with %s: the flow goes on to ask", async (_, token, reason) => {
    expect(await verify(token, randomUUID())).toMatchObject({ auth_status: "unverified", reason });
  });

  test("a link's token is no caller context", async () => {
    const token = await signJws(deps.signer, "visit-link+jwt", { aud: "video-visit" });
    expect((await verify(token, randomUUID())).reason).toBe("TOKEN_INVALID");
  });

  test("lives two minutes", () => expect(contextSeconds).toBeLessThanOrEqual(120));
});

describe("an account number on the keypad", () => {
  const givenAccount = async () => {
    const number = String(10_000_000 + Math.floor(Math.random() * 89_999_999));
    const { customer } = await makeCaller(deps.db, {
      accountNumberHash: deps.keyring.hash("account-number", number),
    });
    return { number, customerId: customer.id };
  };
  const tell = (typed: string, contactId: string = randomUUID(), caller = "") =>
    verifyAccount(deps, { typed, contactId, caller });

  test("tells whose it is, and that this is no proof", async () => {
    const { number, customerId } = await givenAccount();
    expect(await tell(`${number}#`)).toEqual({ auth_status: "identified", customer_id: customerId });
    expect(await tell("99999999")).toEqual({ auth_status: "unverified", customer_id: "" });
    for (const typed of ["", "12", "Timeout", "1".repeat(40), "1234'; --"])
      expect(await tell(typed)).toEqual({ auth_status: "unverified", customer_id: "" });
  });

  test("is tried three times in a contact; then the right one is of no use either, there", async () => {
    const { number, customerId } = await givenAccount();
    const contactId = randomUUID();
    const told = await Promise.all(["1111", "2222", "3333", "4444"].map((typed) => tell(typed, contactId)));
    expect(told.map(({ auth_status }) => auth_status).sort()).toEqual([
      "locked",
      "unverified",
      "unverified",
      "unverified",
    ]);
    expect(await tell(number, contactId)).toEqual({ auth_status: "locked", customer_id: "" });
    expect(await tell(number)).toMatchObject({ customer_id: customerId });
  });

  test("of one account, ten times an hour from wherever; all others go on", async () => {
    const { number } = await givenAccount();
    for (let times = 0; times < 10; times++) expect((await tell(number)).auth_status).toBe("identified");
    expect((await tell(number)).auth_status).toBe("locked");
    expect((await tell((await givenAccount()).number)).auth_status).toBe("identified");
  });

  test("one telephone that guesses is sent to an agent; whoever else calls goes on, however many guesses there were", async () => {
    const guesser = "+15550106666";
    const { number, customerId } = await givenAccount();
    for (let guesses = 0; guesses < 60; guesses++)
      expect((await tell(`88${guesses + 1_000_000}`, randomUUID(), guesser)).auth_status).toBe("unverified");
    expect((await tell(number, randomUUID(), guesser)).auth_status).toBe("locked");
    for (const other of ["+15550107777", ""])
      expect(await tell(number, randomUUID(), other)).toMatchObject({ customer_id: customerId });
  });

  test("what was typed is kept nowhere as it was", async () => {
    const { number } = await givenAccount();
    await tell(number);
    const rows = await deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.eventType, "ACCOUNT_NUMBER_MATCHED")),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(number);
  });
});
