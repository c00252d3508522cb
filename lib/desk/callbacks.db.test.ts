import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import {
  auditLog,
  customers,
  deskContacts,
  outbox,
  staff,
  supportCallbacks,
  supportCalls,
} from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { clerk, type Role } from "@/lib/kernel/actor";
import { askCallback, cancelCallback } from "@/lib/support-calls/ask-callback";
import { listCallbacks } from "@/lib/support-calls/list-callbacks";
import { noteAnswered } from "@/lib/support-calls/note-at-desk";
import { exportOwnCallbacks, readOwnCallbacks } from "@/lib/support-calls/own-callback";
import { putOffCallback } from "@/lib/support-calls/put-off-callback";
import { openNotes } from "@/lib/support-calls/sealed-notes";
import { startCall } from "@/lib/support-calls/start-call";
import { sweepCallbacks } from "@/lib/support-calls/sweep-callbacks";
import { makeCaller } from "@/lib/support-calls/testing";
import { givenVisits, granted, refusalOf } from "@/lib/visits/testing";
import { askCalledBack, askQuestions } from "./ask-questions";
import { endCallback, readDeskCallbacks, takeCallback } from "./callbacks";
import type { Colleague } from "./deps";

const deps = givenVisits();
const minuteMs = 60_000;
const inMinutes = (minutes: number) => new Date(deps.clock.now().getTime() + minutes * minuteMs);
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** Each test has its own opening hours: what was told a moment ago is not asked again. */
let begun = 0;
beforeEach(() => {
  begun += 1;
  deps.clock.advance(60 * begun);
  deps.contactCentre.support.hours = null;
});

async function givenAgent(role: Role = "agent") {
  const id = randomUUID();
  await deps.db.asActor(system, (tx) =>
    tx.insert(staff).values({
      id,
      email: `${id}@clinic.test`,
      role: role as "agent",
      firstName: "Sam",
      lastName: "Patel",
      timeZone: "UTC",
    }),
  );
  return person(id, role) as Colleague;
}

const account = "4417123456";
const givenCaller = () =>
  makeCaller(deps.db, {
    phone: `+1555${String(Math.floor(Math.random() * 1e7)).padStart(7, "0")}`,
    email: `${randomUUID()}@example.test`,
    accountNumberHash: deps.keyring.hash("account-number", account),
  });
type Caller = Awaited<ReturnType<typeof givenCaller>>;

const asked = async (caller: Caller, when = "turn") =>
  granted(await askCallback(deps, { ...caller, topic: "payment", when })).open!;
const rowOf = async (id: string) =>
  (
    await deps.db.asActor(system, (tx) =>
      tx.select().from(supportCallbacks).where(eq(supportCallbacks.id, id)),
    )
  )[0]!;
const textsTo = (caller: Caller) =>
  deps.db.asActor(system, async (tx) => {
    const [to] = await tx.select().from(customers).where(eq(customers.id, caller.customer.id));
    const rows = await tx.select().from(outbox).where(eq(outbox.recipient, to!.phone!));
    return rows.map(({ template }) => template).sort();
  });

describe("a customer who asks to be called back", () => {
  test("is promised it once, sees it everywhere, moves and cancels it; a text says so without a word of what it is about", async () => {
    const caller = await givenCaller();
    const open = await asked(caller);
    expect(open).toMatchObject({ state: "due", inTurn: true, topic: "payment" });
    // Another tab, at the same moment: one callback, one text.
    await Promise.all([asked(caller), asked(caller)]);
    const { open: seen, number } = await readOwnCallbacks(deps, caller);
    expect(seen).toEqual(open);
    expect(number).toMatch(/^\*{3}-\*{3}-\d{4}$/);
    expect(await textsTo(caller)).toEqual(["callback"]);
    expect(granted(await cancelCallback(deps, caller)).open).toBeNull();
    expect(granted(await cancelCallback(deps, caller)).open).toBeNull();
    const [kept] = await exportOwnCallbacks(deps, { ...caller, most: 5 });
    expect(kept).toMatchObject({ outcome: "cancelled", tries: 0 });
  });

  test("chooses an hour that was offered, by day and while we are open; any other is refused", async () => {
    const caller = await givenCaller();
    const tomorrow = dayOf(inMinutes(24 * 60));
    deps.contactCentre.support.hours = {
      timeZone: "America/New_York",
      spans: [{ date: tomorrow, from: 9 * 60, until: 11 * 60 }],
    };
    // Closed now: nobody's turn comes.
    expect(refusalOf(await askCallback(deps, { ...caller, when: "turn" }))).toBe("CALLBACK_TIME_GONE");
    expect(refusalOf(await askCallback(deps, { ...caller, when: inMinutes(90).toISOString() }))).toBe(
      "CALLBACK_TIME_GONE",
    );
    const [nine] = await deps.db.asActor(system, (tx) =>
      tx.execute<{ at: string }>(
        sql`SELECT to_char((${`${tomorrow} 09:00`}::timestamp AT TIME ZONE 'America/New_York') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') AS at`,
      ),
    );
    const open = await asked(caller, nine!.at);
    expect(open).toMatchObject({ state: "asked", inTurn: false, from: nine!.at });
  });

  test("needs a record and a number, and asks six times a day at most", async () => {
    const nobody = await makeCaller(deps.db, { record: false });
    expect(refusalOf(await askCallback(deps, { ...nobody, when: "turn" }))).toBe("CALLBACK_NEEDS_RECORD");
    const numberless = await makeCaller(deps.db, { phone: null });
    expect(refusalOf(await askCallback(deps, { ...numberless, when: "turn" }))).toBe("CALLBACK_NEEDS_NUMBER");
    const caller = await givenCaller();
    for (let times = 0; times < 6; times++) {
      await asked(caller);
      granted(await cancelCallback(deps, caller));
    }
    const refused = await askCallback(deps, { ...caller, when: "turn" });
    expect(refused).toMatchObject({
      error: { code: "CALLBACKS_LIMITED", retryAfterSeconds: expect.any(Number) },
    });
  });

  test("is seen by nobody else: another customer, a clinician, an auditor, and no agent before they took it", async () => {
    const open = await asked(await givenCaller());
    const { customer } = await givenCaller();
    const readAs = (actor: Colleague) =>
      deps.db.asActor(actor, (tx) =>
        tx.select().from(supportCallbacks).where(eq(supportCallbacks.id, open.callbackId)),
      );
    for (const actor of [customer as Colleague, await givenAgent("clinician"), await givenAgent("auditor")])
      expect(await readAs(actor)).toEqual([]);
    const agent = await givenAgent();
    const whom = await deps.db.asActor(agent, (tx) =>
      tx.execute(sql`SELECT * FROM callback_person(${open.callbackId}::uuid)`),
    );
    expect([...whom]).toEqual([]);
    const { waiting } = granted(await readDeskCallbacks(deps, { actor: agent }));
    const shown = waiting.find(({ callbackId }) => callbackId === open.callbackId);
    expect(shown).toMatchObject({ place: "due", topic: "payment" });
    expect(JSON.stringify(shown)).not.toMatch(/Ana|555/);
    for (const role of ["clinician", "scheduler", "auditor"] as const)
      expect(refusalOf(await readDeskCallbacks(deps, { actor: await givenAgent(role) }))).toBe("FORBIDDEN");
    await expect(
      deps.db.asActor(agent, (tx) => tx.update(supportCallbacks).set({ takenBy: agent.id })),
    ).resolves.toMatchObject({ count: 0 });
  });
});

describe("an agent who calls back", () => {
  test("takes it once, of all who press at the same moment; it is theirs alone, and they have one at a time", async () => {
    const [one, other] = [await asked(await givenCaller()), await asked(await givenCaller())];
    const agents = await Promise.all(Array.from({ length: 5 }, () => givenAgent()));
    const takes = await Promise.all(
      agents.map((actor) => takeCallback(deps, { actor, callbackId: one.callbackId })),
    );
    const winners = takes.flatMap((take, index) => (take.ok ? [agents[index]!] : []));
    expect(winners).toHaveLength(1);
    const [winner] = winners;
    const loser = agents.find((agent) => agent !== winner)!;
    const { mine } = granted(await readDeskCallbacks(deps, { actor: winner! }));
    expect(mine).toMatchObject({
      firstName: "Ana",
      verified: false,
      questionsLeft: 3,
      phone: expect.any(String),
    });
    expect(granted(await readDeskCallbacks(deps, { actor: loser })).mine).toBeNull();
    // Pressed twice: still theirs.
    granted(await takeCallback(deps, { actor: winner!, callbackId: one.callbackId }));
    expect(refusalOf(await takeCallback(deps, { actor: winner!, callbackId: other.callbackId }))).toBe(
      "CALLBACK_ONE_AT_A_TIME",
    );
    const end = { came: "spoke", outcome: "solved", notes: "" } as const;
    expect(refusalOf(await endCallback(deps, { actor: loser, callbackId: one.callbackId, end }))).toBe(
      "CALLBACK_GONE",
    );
    granted(
      await endCallback(deps, { actor: winner!, callbackId: one.callbackId, end: { came: "put-back" } }),
    );
    granted(await takeCallback(deps, { actor: loser, callbackId: one.callbackId }));
  });

  test("does not take what is still to come, and a customer neither moves nor cancels what is being called", async () => {
    const caller = await givenCaller();
    const open = await asked(caller);
    const actor = await givenAgent();
    await deps.db.asActor(system, (tx) =>
      tx
        .update(supportCallbacks)
        .set({ dueFrom: inMinutes(60), dueUntil: inMinutes(120) })
        .where(eq(supportCallbacks.id, open.callbackId)),
    );
    expect(refusalOf(await takeCallback(deps, { actor, callbackId: open.callbackId }))).toBe(
      "CALLBACK_NOT_DUE",
    );
    deps.clock.advance(61 * 60);
    granted(await takeCallback(deps, { actor, callbackId: open.callbackId }));
    expect((await readOwnCallbacks(deps, caller)).open?.state).toBe("calling");
    expect(refusalOf(await cancelCallback(deps, caller))).toBe("CALLBACK_UNDER_WAY");
    expect(refusalOf(await askCallback(deps, { ...caller, when: "turn" }))).toBe("CALLBACK_UNDER_WAY");
  });

  test("is told at once that its customer can't pick up now: it goes back for a quarter of an hour, no try counted", async () => {
    const [caller, stranger] = [await givenCaller(), await givenCaller()];
    const { callbackId } = await asked(caller);
    // Nobody is calling: nothing changes.
    expect((await putOffCallback(deps, caller)).open).toMatchObject({ state: "due", agent: null });
    const actor = await givenAgent();
    granted(await takeCallback(deps, { actor, callbackId }));
    expect((await putOffCallback(deps, stranger)).open).toBeNull();
    expect((await readOwnCallbacks(deps, caller)).open).toMatchObject({ state: "calling", agent: "Sam" });

    const earliest = inMinutes(15).getTime();
    const { open } = await putOffCallback(deps, caller);
    expect(open).toMatchObject({ state: "asked", agent: null });
    expect(Date.parse(open!.from) - earliest).toBeGreaterThanOrEqual(0);
    expect(Date.parse(open!.from) - earliest).toBeLessThan(minuteMs);
    expect(await rowOf(callbackId)).toMatchObject({ tries: 0, takenBy: null, closedAt: null });
    expect(granted(await readDeskCallbacks(deps, { actor })).mine).toBeNull();
    expect(refusalOf(await takeCallback(deps, { actor, callbackId }))).toBe("CALLBACK_NOT_DUE");
    const events = await deps.db.asActor(system, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.tokenId, callbackId)),
    );
    expect(events.filter(({ eventType }) => eventType === "CALLBACK_PUT_OFF")).toMatchObject([
      { actorId: caller.customer.id },
    ]);
    deps.clock.advance(16 * 60);
    granted(await takeCallback(deps, { actor, callbackId }));
  });

  test("reads whether there is an account number to ask for: without one nobody passes", async () => {
    const [caller, without] = [await givenCaller(), await makeCaller(deps.db, { phone: "+12125550199" })];
    for (const [one, hasAccount] of [
      [caller, true],
      [without, false],
    ] as const) {
      const { callbackId } = await asked(one);
      const actor = await givenAgent();
      granted(await takeCallback(deps, { actor, callbackId }));
      expect(granted(await readDeskCallbacks(deps, { actor })).mine).toMatchObject({ hasAccount });
    }
  });

  test("asks whoever picks up: the number called proves nothing, another's answers don't fit, and three tries are all", async () => {
    const [caller, neighbour] = [await givenCaller(), await givenCaller()];
    const emailOf = async ({ customer }: Caller) =>
      (
        await deps.db.asActor(system, (tx) =>
          tx.select().from(customers).where(eq(customers.id, customer.id)),
        )
      )[0]!;
    const [own, next] = [await emailOf(caller), await emailOf(neighbour)];
    const { callbackId } = await asked(caller);
    const actor = await givenAgent();
    const ask = (said: object, as = actor) => askCalledBack(deps, { actor: as, callbackId, said });
    expect(refusalOf(await ask({ account, email: own.email! }))).toBe("CALLBACK_GONE");
    granted(await takeCallback(deps, { actor, callbackId }));
    expect(refusalOf(await ask({ account, phone: own.phone! }))).toBe("QUESTIONS_TOO_FEW");
    expect(granted(await ask({ account, email: next.email! }))).toEqual({
      passed: false,
      left: 2,
      several: false,
    });
    // By the door of calls at a desk it is nobody's.
    expect(
      refusalOf(
        await askQuestions(deps, {
          actor,
          contactId: `callback ${callbackId}`,
          said: { firstName: "Ana", lastName: "Gold", account, email: own.email! },
        }),
      ),
    ).toBe("NOT_AT_DESK");
    expect(refusalOf(await ask({ account, email: own.email! }, await givenAgent()))).toBe("CALLBACK_GONE");
    expect(granted(await ask({ account, email: own.email! })).passed).toBe(true);
    expect(granted(await readDeskCallbacks(deps, { actor })).mine?.verified).toBe(true);

    const wrong = await asked(neighbour);
    const second = await givenAgent();
    granted(await takeCallback(deps, { actor: second, callbackId: wrong.callbackId }));
    const guess = () =>
      askCalledBack(deps, {
        actor: second,
        callbackId: wrong.callbackId,
        said: { account: "1", email: "x@y.test" },
      });
    for (const left of [2, 1, 0])
      expect(granted(await guess())).toEqual({ passed: false, left, several: false });
    expect(refusalOf(await guess())).toBe("QUESTIONS_CLOSED");
  });

  test("is done with notes that are sealed; nobody there twice is told by text, and it is over", async () => {
    const [spoken, silent] = [await givenCaller(), await givenCaller()];
    const actor = await givenAgent();
    const { callbackId } = await asked(spoken);
    granted(await takeCallback(deps, { actor, callbackId }));
    const end = { came: "spoke", outcome: "follow-up", notes: "Sends the bill again." } as const;
    expect(granted(await endCallback(deps, { actor, callbackId, end })).mine).toBeNull();
    const contactId = `callback ${callbackId}`;
    const [noted] = await deps.db.asActor(system, (tx) =>
      tx.select().from(deskContacts).where(eq(deskContacts.contactId, contactId)),
    );
    expect(noted!.notes!.toString("utf8")).not.toContain("bill");
    expect(await openNotes(deps, { contactId, staffId: actor.id }, noted!.notes!)).toBe(end.notes);
    expect(refusalOf(await endCallback(deps, { actor, callbackId, end }))).toBe("CALLBACK_GONE");

    const again = await asked(silent);
    const nobody = async () => {
      granted(await takeCallback(deps, { actor, callbackId: again.callbackId }));
      granted(await endCallback(deps, { actor, callbackId: again.callbackId, end: { came: "nobody" } }));
    };
    await nobody();
    expect((await readOwnCallbacks(deps, silent)).open?.state).toBe("again");
    deps.clock.advance(16 * 60);
    await nobody();
    expect(await readOwnCallbacks(deps, silent)).toMatchObject({ open: null, last: "missed" });
    expect(await textsTo(silent)).toEqual(["callback", "callback-missed"]);
    const events = await deps.db.asActor(system, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.tokenId, again.callbackId)).orderBy(auditLog.occurredAt),
    );
    expect(events.map(({ eventType }) => eventType)).toEqual([
      "CALLBACK_ASKED",
      "CALLBACK_TAKEN",
      "CALLBACK_UNANSWERED",
      "CALLBACK_TAKEN",
      "CALLBACK_UNANSWERED",
    ]);
  });
});

describe("the worker and those who run the book", () => {
  test("what nobody took in time is closed and its customer told once; what an agent forgot goes back", async () => {
    const [late, forgotten] = [await givenCaller(), await givenCaller()];
    const lost = await asked(late);
    deps.clock.advance(4 * 3_600 + 29 * 60);
    const left = await asked(forgotten);
    granted(await takeCallback(deps, { actor: await givenAgent(), callbackId: left.callbackId }));
    await sweepCallbacks(deps);
    expect((await rowOf(lost.callbackId)).outcome).toBeNull();
    deps.clock.advance(61 * 60);
    await Promise.all([sweepCallbacks(deps), sweepCallbacks(deps)]);
    await sweepCallbacks(deps);
    expect(await readOwnCallbacks(deps, late)).toMatchObject({ open: null, last: "expired" });
    expect(await textsTo(late)).toEqual(["callback", "callback-expired"]);
    expect(await rowOf(left.callbackId)).toMatchObject({ takenBy: null, outcome: null });
  });

  test("open ones are listed with names to those who run the book, page by page, and to nobody else", async () => {
    for (let count = 0; count < 21; count++) await asked(await givenCaller());
    const actor = await givenAgent("scheduler");
    const seen = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = granted(await listCallbacks(deps, { actor, cursor }));
      for (const { callbackId, name } of page.callbacks) {
        expect(name).toBe("Ana Gold");
        expect(seen.has(callbackId)).toBe(false);
        seen.add(callbackId);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const open = await deps.db.asActor(system, (tx) => tx.$count(supportCallbacks, sql`closed_at IS NULL`));
    expect(seen.size).toBe(open);
    for (const role of ["agent", "clinician", "auditor"] as const)
      expect(refusalOf(await listCallbacks(deps, { actor: await givenAgent(role) }))).toBe("FORBIDDEN");
  });
});

test("who gets through by calling waits no longer to be called back in turn; a promised hour, and what an agent has taken, stay", async () => {
  const [inTurn, promised, taken] = [await givenCaller(), await givenCaller(), await givenCaller()];
  const { callbackId } = await asked(inTurn);
  const { callbackId: calling } = await asked(taken);
  granted(await takeCallback(deps, { actor: await givenAgent(), callbackId: calling }));
  // What was told a moment ago is not asked again.
  deps.clock.advance(72 * 3_600);
  deps.contactCentre.support.hours = {
    timeZone: "UTC",
    spans: [{ date: dayOf(inMinutes(24 * 60)), from: 18 * 60, until: 20 * 60 }],
  };
  await asked(promised, `${dayOf(inMinutes(24 * 60))}T18:00:00.000Z`);
  for (const caller of [inTurn, promised, taken]) {
    const { contactId } = granted(await startCall(deps, { ...caller, signedInAt: deps.clock.now() }));
    await deps.db.asActor(clerk, (tx) =>
      noteAnswered(tx, {
        where: eq(supportCalls.contactId, contactId!),
        actor: clerk,
        at: deps.clock.now(),
      }),
    );
  }
  expect((await readOwnCallbacks(deps, inTurn)).open).toBeNull();
  expect((await readOwnCallbacks(deps, promised)).open).toMatchObject({ state: "asked" });
  expect((await readOwnCallbacks(deps, taken)).open).toMatchObject({ state: "calling" });
  expect(refusalOf(await takeCallback(deps, { actor: await givenAgent(), callbackId }))).toBe(
    "CALLBACK_GONE",
  );
  const [record] = await deps.db.asActor(system, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(sql`${auditLog.tokenId} = ${callbackId} AND ${auditLog.eventType} = 'CALLBACK_CANCELLED'`),
  );
  expect(record?.metadata).toEqual({ because: "got-through" });
});
