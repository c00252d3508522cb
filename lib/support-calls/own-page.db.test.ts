import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog, deskContacts, staff, supportCallRatings, supportCalls } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { givenVisits, granted, refusalOf } from "@/lib/visits/testing";
import { endCall } from "./end-call";
import { exportOwnCalls } from "./export-own-calls";
import { followOwnCall } from "./follow-own-call";
import { listOwnCalls } from "./own-calls";
import { pressKeys } from "./press-keys";
import { rateCall } from "./rate-call";
import { reconcileCalls } from "./reconcile-calls";
import { openWords } from "./sealed-words";
import { startCall } from "./start-call";
import { makeCaller } from "./testing";

const deps = givenVisits();
const contactOf = (contactId: string) => deps.contactCentre.contacts.get(contactId)!;

async function givenCall() {
  const caller = await makeCaller(deps.db);
  const call = granted(await startCall(deps, { ...caller, topic: "payment" }));
  const contactId = call.contactId!;
  return { ...caller, call, callId: call.callId, contactId, held: contactOf(contactId) };
}
/** The contact centre says that somebody answered, and the worker has heard it. */
async function answered(given: Awaited<ReturnType<typeof givenCall>>) {
  given.held.connectedToAgentAt = new Date(Date.now() + 1_000);
  deps.clock.advance(10);
  while ((await reconcileCalls(deps)) > 0);
  return granted(await followOwnCall(deps, given));
}

describe("a call as its page follows it", () => {
  test("its place in line, then who answered, on hold and back, and the end: within one look each", async () => {
    const given = await givenCall();
    const staffId = randomUUID();
    given.held.place = { position: 3, waitSeconds: 200 };
    deps.clock.advance(5);
    expect(granted(await followOwnCall(deps, given))).toMatchObject({
      status: "waiting",
      topic: "payment",
      place: { position: 3, waitSeconds: 200 },
      agent: null,
    });
    await deps.db.asActor(system, async (tx) => {
      await tx.insert(staff).values({
        id: staffId,
        sub: randomUUID(),
        role: "agent",
        firstName: "Sam",
        lastName: "Ring",
        timeZone: "UTC",
        email: `${staffId}@x.test`,
      });
      await tx.insert(deskContacts).values({ contactId: given.contactId, staffId, cameAt: new Date() });
    });
    // It rings at a desk: whose is not told before they have answered, and nobody's where it was answered elsewhere.
    expect(granted(await followOwnCall(deps, given)).agent).toBeNull();
    expect((await answered(given)).agent).toBeNull();
    await deps.db.asActor(system, (tx) =>
      tx.update(supportCalls).set({ answeredBy: staffId }).where(eq(supportCalls.id, given.callId)),
    );
    expect(granted(await followOwnCall(deps, given))).toMatchObject({
      status: "connected",
      agent: "Sam",
      handedOn: false,
      place: null,
      held: false,
    });
    const setHeld = (heldAt: Date | null) =>
      deps.db.asActor(system, (tx) =>
        tx.update(supportCalls).set({ heldAt }).where(eq(supportCalls.id, given.callId)),
      );
    await setHeld(new Date());
    expect(granted(await followOwnCall(deps, given)).held).toBe(true);
    await setHeld(null);
    given.held.disconnectedAt = new Date();
    deps.clock.advance(5);
    expect(granted(await followOwnCall(deps, given))).toMatchObject({
      status: "ended",
      held: false,
      agent: null,
    });
  });

  test("a contact centre that is away changes nothing; somebody else's call is nobody's", async () => {
    const given = await givenCall();
    deps.contactCentre.faults.fail("describeContact", "outage");
    deps.contactCentre.faults.fail("placeInLine", "throttle");
    deps.clock.advance(5);
    expect(granted(await followOwnCall(deps, given)).status).toBe("waiting");
    const { customer } = await makeCaller(deps.db);
    for (const callId of [given.callId, randomUUID(), "x"])
      expect(refusalOf(await followOwnCall(deps, { customer, callId }))).toBe("CALL_UNKNOWN");
    const [seen] = await deps.db.asActor(customer, (tx) =>
      tx.execute(sql`SELECT own_call_agent(${given.callId}::uuid) AS name`),
    );
    expect(seen).toEqual({ name: null });
  });
});

describe("the keypad", () => {
  test("is heard by the contact, and neither kept nor recorded; nobody types into another's call", async () => {
    const given = await givenCall();
    granted(await pressKeys(deps, { ...given, keys: "4417#" }));
    expect(given.held.keys).toBe("4417#");
    const kept = await deps.db.asActor(system, (tx) => tx.select().from(auditLog));
    expect(JSON.stringify(kept)).not.toContain("4417#");
    const { customer } = await makeCaller(deps.db);
    expect(refusalOf(await pressKeys(deps, { ...given, customer, keys: "1" }))).toBe("CALL_UNKNOWN");
    await endCall(deps, given);
    expect(refusalOf(await pressKeys(deps, { ...given, keys: "1" }))).toBe("CALL_OVER");
    expect(given.held.keys).toBe("4417#");
  });
});

describe("how it was", () => {
  const rate = (
    given: { customer: Parameters<typeof rateCall>[1]["customer"]; callId: string },
    stars: number,
    words?: string,
  ) => rateCall(deps, { ...given, stars, words });

  test("is said once, after an answered call, and seen in one's own list; the words are sealed", async () => {
    const given = await givenCall();
    await answered(given);
    expect(refusalOf(await rate(given, 5))).toBe("CALL_NOT_RATEABLE");
    await endCall(deps, given);
    const twice = await Promise.all([rate(given, 4, "Kind and quick"), rate(given, 4, "Kind and quick")]);
    expect(twice.map(granted)).toEqual([{ stars: 4 }, { stars: 4 }]);
    expect(granted(await rate(given, 1))).toEqual({ stars: 4 });
    const [row] = await deps.db.asActor(given.customer, (tx) => tx.select().from(supportCallRatings));
    expect(row?.words?.toString("utf8")).not.toContain("Kind");
    expect(await openWords(deps, given.callId, row!.words!)).toBe("Kind and quick");
    expect((await exportOwnCalls(deps, given)).calls).toMatchObject([{ stars: 4, words: "Kind and quick" }]);
    expect((await listOwnCalls(deps, given)).calls).toMatchObject([
      { callId: given.callId, stars: 4, topic: "payment" },
    ]);
  });

  test("is nobody else's to say or to read, whatever they write into the table", async () => {
    const given = await givenCall();
    await answered(given);
    await endCall(deps, given);
    const { customer } = await makeCaller(deps.db);
    expect(refusalOf(await rate({ ...given, customer }, 1))).toBe("CALL_UNKNOWN");
    await expect(
      deps.db.asActor(customer, (tx) =>
        tx.insert(supportCallRatings).values({ callId: given.callId, stars: 1, ratedAt: new Date() }),
      ),
    ).rejects.toMatchObject({ cause: { code: "42501" } });
    granted(await rate(given, 5));
    for (const actor of [customer, person(randomUUID(), "agent"), person(randomUUID(), "auditor")])
      expect(await deps.db.asActor(actor, (tx) => tx.select().from(supportCallRatings))).toEqual([]);
  });

  test("of a call that nobody answered: there is nothing to say", async () => {
    const given = await givenCall();
    await endCall(deps, given);
    expect(refusalOf(await rate(given, 3))).toBe("CALL_NOT_RATEABLE");
  });
});

test("the desk is told the topic, and how earlier calls were, of the contact that it has and of no other", async () => {
  const given = await givenCall();
  const agent = person(randomUUID(), "agent");
  const [told] = await deps.db.asActor(agent, (tx) =>
    tx.execute(sql`SELECT desk_call_topic(${given.contactId}) AS topic,
      (SELECT count(*)::int FROM desk_ratings(${given.contactId}, 10)) AS ratings`),
  );
  expect(told).toEqual({ topic: null, ratings: 0 });
});
