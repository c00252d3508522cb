import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog, supportCalls } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { givenVisits, granted, refusalOf, scheduler } from "@/lib/visits/testing";
import { type CallFilter, listCalls, readCallFigures } from "./list-calls";
import { makeCaller } from "./testing";

const deps = givenVisits();
const list = (filter: CallFilter & { cursor?: string } = {}) =>
  listCalls(deps, { actor: scheduler, ...filter });

/** A call of so many seconds ago, which rang and was talked for so long; null: not. */
async function givenCall(given: {
  ago: number;
  rang: number | null;
  talked: number | null;
  verified?: boolean;
  route?: "webrtc" | "sip";
}) {
  const { customer } = await makeCaller(deps.db, { firstName: "Ana", lastName: "Gold" });
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
  const connectedAt = given.rang === null ? null : at(given.rang - given.ago);
  const endedAt = given.talked === null ? null : at((given.rang ?? 0) + given.talked - given.ago);
  const id = randomUUID();
  await deps.db.asActor(system, (tx) =>
    tx.insert(supportCalls).values({
      id,
      customerId: customer.id,
      route: given.route ?? "webrtc",
      signedInAt: at(-given.ago),
      createdAt: at(-given.ago),
      contextExpiresAt: at(120 - given.ago),
      lookedAt: at(-given.ago),
      connectedAt,
      endedAt,
      endReason: endedAt && "over",
      settledAt: endedAt,
      ...(given.verified ? { boundContact: randomUUID(), boundAt: at(-given.ago) } : {}),
    }),
  );
  return id;
}

test("calls come newest first, filtered, page by page, to those who run the book; figures are of the last seven days", async () => {
  expect(granted(await readCallFigures(deps, { actor: scheduler }))).toEqual({
    calls: 0,
    verified: null,
    answered: null,
    medianSeconds: null,
    ninetiethSeconds: null,
  });
  const open = await givenCall({ ago: 10, rang: null, talked: null });
  const quick = await givenCall({ ago: 600, rang: 4, talked: 60, verified: true });
  const slow = await givenCall({ ago: 900, rang: 20, talked: 30, verified: true, route: "sip" });
  const missed = await givenCall({ ago: 1_200, rang: null, talked: 90 });
  await givenCall({ ago: 8 * 86_400, rang: 500, talked: 1 });

  const ids = async (filter: CallFilter) => granted(await list(filter)).calls.map(({ callId }) => callId);
  expect((await ids({})).slice(0, 4)).toEqual([open, quick, slow, missed]);
  expect(await ids({ state: "open" })).toEqual([open]);
  expect(await ids({ route: "sip" })).toEqual([slow]);
  expect(await ids({ verified: true })).toEqual([quick, slow]);
  expect(await ids({ state: "missed", verified: false })).toEqual([missed]);
  expect(granted(await list({ route: "sip" })).calls[0]).toMatchObject({
    name: "Ana Gold",
    state: "answered",
    verified: true,
    waitedSeconds: 20,
    talkedSeconds: 30,
  });
  expect(granted(await readCallFigures(deps, { actor: scheduler }))).toMatchObject({
    calls: 3,
    verified: expect.closeTo(2 / 3),
    answered: expect.closeTo(2 / 3),
    medianSeconds: expect.closeTo(12, 1),
    ninetiethSeconds: expect.closeTo(18.4, 1),
  });
});

test("more than a page goes on where it stopped, each once; nonsense begins anew", async () => {
  for (let calls = 0; calls < 52; calls++) await givenCall({ ago: 5_000 + calls, rang: 1, talked: 1 });
  const first = granted(await list({ state: "answered" }));
  const second = granted(await list({ state: "answered", cursor: first.nextCursor ?? "" }));
  const seen = [...first.calls, ...second.calls].map(({ callId }) => callId);
  expect(first.calls).toHaveLength(50);
  expect(new Set(seen).size).toBe(seen.length);
  expect(granted(await list({ state: "answered", cursor: "nonsense" })).calls).toHaveLength(50);
});

test("nobody else reads them, whichever door was left open; each look is recorded", async () => {
  for (const role of ["agent", "clinician", "customer", "auditor"] as const) {
    const actor = person(randomUUID(), role);
    expect(refusalOf(await listCalls(deps, { actor }))).toBe("FORBIDDEN");
    expect(refusalOf(await readCallFigures(deps, { actor }))).toBe("FORBIDDEN");
    expect(await deps.db.asActor(actor, (tx) => tx.select().from(supportCalls))).toEqual([]);
  }
  const recorded = await deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.eventType, "CALLS_LISTED")),
  );
  expect(recorded.length).toBeGreaterThan(0);
  expect(JSON.stringify(recorded)).not.toContain("Gold");
});
