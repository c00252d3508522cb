import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import {
  auditLog,
  customers,
  deskContacts,
  deskQuestions,
  staff,
  supportCalls,
  videoVisits,
} from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Role } from "@/lib/kernel/actor";
import type { NotedAct } from "@/lib/ports/agent-door";
import { quietPhone, talkingOf } from "@/lib/ports/testing/memory-agent-door";
import { ownDeskRecords } from "@/lib/support-calls/own-desk-records";
import { startCall } from "@/lib/support-calls/start-call";
import { withContact } from "@/lib/support-calls/testing";
import { verifyCaller } from "@/lib/support-calls/verify-caller";
import { givenVisits, granted, makeVisit, refusalOf } from "@/lib/visits/testing";
import { actAtDesk } from "./act-at-desk";
import { askQuestions } from "./ask-questions";
import type { Colleague } from "./deps";
import { keepNotes } from "./keep-notes";
import { noteAct } from "./note-act";
import { showCaller } from "./show-caller";

const deps = givenVisits();

async function givenAgent(role: Role = "agent") {
  const id = randomUUID();
  await deps.db.asActor(system, (tx) =>
    tx.insert(staff).values({
      id,
      email: `${id}@clinic.test`,
      role: role as "agent",
      firstName: "Sam",
      lastName: "Patel",
      timeZone: "America/New_York",
    }),
  );
  const actor = person(id, role) as Colleague;
  return { actor, talksWith: (contactId: string) => atDesk(id, contactId) };
}
const atDesk = (staffId: string, contactId: string | null) =>
  void deps.agentDoor.at.set(staffId, {
    ...quietPhone,
    contact: contactId === null ? null : talkingOf(contactId),
  });

async function givenCustomer(more: Partial<typeof customers.$inferInsert> = {}) {
  const id = randomUUID();
  await deps.db.asActor(system, (tx) =>
    tx.insert(customers).values({
      id,
      externalId: `C-${id.slice(0, 8)}`,
      sub: randomUUID(),
      firstName: "Maria",
      lastName: "Lopez",
      tier: "gold",
      state: "NY",
      timeZone: "America/New_York",
      ...more,
    }),
  );
  return id;
}
/** A call of this customer's; verified once the flow has shown its context. */
async function givenCall(customerId: string, { verified = true, over = false, secondStep = false } = {}) {
  const [callId, contactId] = [randomUUID(), randomUUID()];
  const at = new Date(Date.now() - 300_000);
  await deps.db.asActor(system, (tx) =>
    tx.insert(supportCalls).values({
      id: callId,
      customerId,
      route: "webrtc",
      signedInAt: at,
      secondStep,
      createdAt: at,
      contextExpiresAt: new Date(Date.now() + 60_000),
      lookedAt: at,
    }),
  );
  if (verified) await deps.db.call("caller_verify", [callId, customerId, contactId]);
  if (over)
    await deps.db.asActor(system, (tx) =>
      tx
        .update(supportCalls)
        .set({ connectedAt: at, endedAt: new Date(at.getTime() + 90_000), endReason: "over" })
        .where(eq(supportCalls.id, callId)),
    );
  return { callId, contactId };
}
const shown = async (actor: Colleague, contactId: string) =>
  granted(await showCaller(deps, { actor, contactId }));
const eventsOf = (contact: string) =>
  deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
    tx
      .select({ event: auditLog.eventType, actor: auditLog.actorId, facts: auditLog.metadata })
      .from(auditLog)
      .where(
        sql`${auditLog.metadata} ->> 'contact' = ${contact} AND ${auditLog.eventType} <> 'CALLER_VERIFIED'`,
      )
      .orderBy(auditLog.seq),
  );

describe("who is calling", () => {
  test("is told to the agent whose desk the call is at: name, number, tier, when they proved it; and each look is recorded", async () => {
    const { actor, talksWith } = await givenAgent();
    const { contactId } = await givenCall(await givenCustomer());
    talksWith(contactId);
    expect((await shown(actor, contactId)).caller).toMatchObject({
      kind: "customer",
      firstName: "Maria",
      lastName: "Lopez",
      tier: "gold",
      number: expect.stringMatching(/^C-/),
      proof: { by: "sign-in", at: expect.any(String), signedInAt: expect.any(String), secondStep: false },
    });
    await shown(actor, contactId);
    expect((await eventsOf(contactId)).map(({ event, actor }) => [event, actor])).toEqual([
      ["CALLER_SHOWN", actor.id],
      ["CALLER_SHOWN", actor.id],
    ]);
  });

  test("is told to no other agent, and to this one no more when the next call is there", async () => {
    const [one, other] = [await givenAgent(), await givenAgent()];
    const { contactId } = await givenCall(await givenCustomer());
    one.talksWith(contactId);
    await shown(one.actor, contactId);
    expect(refusalOf(await showCaller(deps, { actor: other.actor, contactId }))).toBe("NOT_AT_DESK");
    one.talksWith(randomUUID());
    expect(refusalOf(await showCaller(deps, { actor: one.actor, contactId }))).toBe("NOT_AT_DESK");
    expect(await eventsOf(contactId)).toHaveLength(1);
  });

  test.each(["agent", "admin", "clinician", "scheduler", "customer"] as const)(
    "is nothing that the database tells a %s at whose desk the call is not, whatever the page asks",
    async (role) => {
      const { actor, talksWith } = await givenAgent();
      const { contactId } = await givenCall(await givenCustomer());
      talksWith(contactId);
      await shown(actor, contactId);
      for (const step of [sql`desk_caller(${contactId})`, sql`desk_history(${contactId}, 10)`])
        expect(
          await deps.db.asActor(person(randomUUID(), role), (tx) => tx.execute(sql`SELECT * FROM ${step}`)),
        ).toHaveLength(0);
      const rows = await deps.db.asActor(person(randomUUID(), role), (tx) => tx.select().from(deskContacts));
      expect(rows).toEqual([]);
      // Nobody puts a call at a desk of their own.
      await expect(
        deps.db.asActor(person(actor.id, role), (tx) =>
          tx.insert(deskContacts).values({ contactId: randomUUID(), staffId: actor.id, cameAt: new Date() }),
        ),
      ).rejects.toThrow();
    },
  );

  test("is nobody where nothing was verified: no name, no call before it, but what came of the number that they typed", async () => {
    const { actor, talksWith } = await givenAgent();
    const customerId = await givenCustomer();
    await givenCall(customerId, { over: true });
    const hash = deps.keyring.hash("account-number", "20418");
    await deps.db.asActor(system, (tx) =>
      tx.update(customers).set({ accountNumberHash: hash }).where(eq(customers.id, customerId)),
    );
    const { contactId } = await givenCall(customerId, { verified: false });
    talksWith(contactId);
    const look = async () => {
      const { caller, history } = await shown(actor, contactId);
      return { caller, history };
    };
    const doubt = { doubt: "NO_CONTEXT", questionsLeft: 3 };
    expect(await look()).toEqual({ caller: { kind: "unknown", account: "none", ...doubt }, history: [] });
    await deps.db.call("account_verify", [contactId, [deps.keyring.hash("account-number", "99999")], []]);
    expect((await look()).caller).toMatchObject({ kind: "unknown", account: "not-matched" });
    await deps.db.call("account_verify", [contactId, [hash], []]);
    expect(await look()).toEqual({ caller: { kind: "unknown", account: "matched", ...doubt }, history: [] });
  });

  test("is a visit's patient where the contact is a visit's", async () => {
    const { actor, talksWith } = await givenAgent("clinician");
    const { visitId } = await makeVisit(deps, { route: "connect" });
    const contactId = randomUUID();
    await deps.db.asActor(system, (tx) =>
      tx.update(videoVisits).set({ connectContactId: contactId }).where(eq(videoVisits.id, visitId)),
    );
    talksWith(contactId);
    expect((await shown(actor, contactId)).caller).toMatchObject({
      kind: "visit",
      visitId,
      firstName: "Walter",
      clinician: "Dr. Jane Okafor",
    });
  });
});

describe("how they were proved", () => {
  test("is said: signed in, and by a second factor where that was so", async () => {
    const { actor, talksWith } = await givenAgent();
    const { contactId } = await givenCall(await givenCustomer(), { secondStep: true });
    talksWith(contactId);
    expect((await shown(actor, contactId)).caller).toMatchObject({ proof: { secondStep: true } });
  });

  test("or what failed: a proof that another contact used, one that is forged, one that nobody could check", async () => {
    const { actor, talksWith } = await givenAgent();
    const customerId = await givenCustomer();
    const { callId } = await givenCall(customerId);
    const doubtOf = async (contactId: string) => {
      talksWith(contactId);
      const { caller } = await shown(actor, contactId);
      return caller.kind === "unknown" ? caller.doubt : caller.kind;
    };
    const [replayed, forged] = [randomUUID(), randomUUID()];
    await deps.db.call("caller_verify", [callId, customerId, replayed]);
    expect(await doubtOf(replayed)).toBe("REUSED");
    await verifyCaller(deps, { token: "forged", contactId: forged });
    expect(await doubtOf(forged)).toBe("TOKEN_INVALID");
    const { callId: unchecked } = await givenCall(await givenCustomer(), { verified: false });
    const contactId = randomUUID();
    await deps.db.asActor(system, (tx) =>
      tx.update(supportCalls).set({ contactId }).where(eq(supportCalls.id, unchecked)),
    );
    expect(await doubtOf(contactId)).toBe("UNAVAILABLE");
  });
});

describe("questions that an agent asks", () => {
  const right = { account: "204183", phone: "(212) 555-0147" };
  /** Somebody of a name that nobody else in these tests has. */
  async function givenCallerWithBook(more: Partial<typeof customers.$inferInsert> = {}) {
    const lastName = `Núñez ${randomUUID().slice(0, 8)}`;
    const id = await givenCustomer({
      lastName,
      phone: "+12125550147",
      email: "maria@home.test",
      accountNumberHash: deps.keyring.hash("account-number", right.account),
      ...more,
    });
    const { actor, talksWith } = await givenAgent();
    const contactId = randomUUID();
    talksWith(contactId);
    await shown(actor, contactId);
    const ask = (answers: object, by = actor, call = contactId) =>
      askQuestions(deps, {
        actor: by,
        contactId: call,
        said: {
          firstName: "maria",
          lastName: lastName.replace("ú", "u").toUpperCase().replace("Ñ", "n"),
          ...answers,
        },
      });
    return { id, actor, talksWith, contactId, ask, lastName };
  }

  test("open the caller's page when all fit: who asked, what was asked, and their earlier calls; and for whoever the call is handed to", async () => {
    const { id, actor, contactId, ask } = await givenCallerWithBook();
    await givenCall(id, { over: true });
    expect(granted(await ask(right))).toEqual({ passed: true, left: 2, several: false });
    const { caller, history } = await shown(actor, contactId);
    expect(caller).toMatchObject({
      kind: "customer",
      firstName: "Maria",
      proof: { by: "questions", agent: "Sam Patel", asked: ["account", "phone"] },
    });
    expect(history).toHaveLength(1);
    const next = await givenAgent();
    next.talksWith(contactId);
    expect((await shown(next.actor, contactId)).caller.kind).toBe("customer");
    const events = await eventsOf(contactId);
    expect(events.find(({ event }) => event === "CALLER_QUESTIONED")?.facts).toEqual({
      contact: contactId,
      asked: ["account", "phone"],
      person: id,
    });
    expect(JSON.stringify(events)).not.toContain("204183");
  });

  test("without an account number it takes all three others, the last visit's month among them", async () => {
    const { id, ask } = await givenCallerWithBook();
    const visit = await makeVisit(deps, {});
    await deps.db.asActor(system, (tx) =>
      tx
        .update(videoVisits)
        .set({ patientId: id, scheduledAt: new Date("2026-03-01T03:00:00Z") })
        .where(eq(videoVisits.id, visit.visitId)),
    );
    const others = { phone: right.phone, email: "Maria@home.test" };
    expect(refusalOf(await ask(others))).toBe("QUESTIONS_TOO_FEW");
    // In New York it was still February.
    expect(granted(await ask({ ...others, visit: "2026-03" })).passed).toBe(false);
    expect(granted(await ask({ ...others, visit: "2026-02" })).passed).toBe(true);
  });

  test("tell nothing of what was wrong, and end after three tries in a call, right answers or not", async () => {
    const { actor, contactId, ask } = await givenCallerWithBook();
    expect(granted(await ask({ ...right, phone: "+12125550199" }))).toEqual({
      passed: false,
      left: 2,
      several: false,
    });
    expect(granted(await ask({ ...right, account: "999999" }))).toEqual({
      passed: false,
      left: 1,
      several: false,
    });
    expect((await shown(actor, contactId)).caller).toMatchObject({ kind: "unknown", questionsLeft: 1 });
    expect(granted(await ask({ ...right, email: "x@y.test" }))).toEqual({
      passed: false,
      left: 0,
      several: false,
    });
    expect(refusalOf(await ask(right))).toBe("QUESTIONS_CLOSED");
    expect((await shown(actor, contactId)).caller.kind).toBe("unknown");
  });

  test("of one name end after six wrong tries in an hour, whoever asks in whatever call", async () => {
    const { ask } = await givenCallerWithBook();
    for (let call = 0; call < 2; call++) {
      const { actor, talksWith } = await givenAgent();
      const contactId = randomUUID();
      talksWith(contactId);
      await shown(actor, contactId);
      for (let n = 0; n < 3; n++) await ask({ ...right, account: "999999" }, actor, contactId);
    }
    expect(refusalOf(await ask(right))).toBe("QUESTIONS_CLOSED");
  });

  test("pass for nobody where two of a household fit, which is no wrong try; one thing more tells which, and opens that one alone", async () => {
    const externalId = `P-${randomUUID().slice(0, 8)}`;
    const { ask, id, lastName, actor, contactId } = await givenCallerWithBook({ externalId });
    const household = {
      lastName,
      phone: "+12125550147",
      accountNumberHash: deps.keyring.hash("account-number", right.account),
    };
    await givenCustomer(household);
    await givenCustomer({ ...household, firstName: "Ana" });
    for (let n = 0; n < 4; n++)
      expect(granted(await ask(right))).toEqual({ passed: false, left: 3, several: true });
    expect((await shown(actor, contactId)).caller).toMatchObject({ kind: "unknown", questionsLeft: 3 });
    // A patient's number tells apart, and is no answer by itself; another's fits nobody.
    expect(refusalOf(await ask({ account: right.account, number: externalId }))).toBe("QUESTIONS_TOO_FEW");
    expect(granted(await ask({ ...right, number: "P-0" }))).toMatchObject({ passed: false, several: false });
    expect(granted(await ask({ ...right, number: ` ${externalId.toLowerCase()} ` })).passed).toBe(true);
    expect((await shown(actor, contactId)).caller).toMatchObject({ kind: "customer", firstName: "Maria" });
    const asked = (await eventsOf(contactId)).filter(({ event }) => event === "CALLER_QUESTIONED");
    expect(asked.at(-1)?.facts).toMatchObject({ person: id });
    expect(asked.slice(0, 4).every(({ facts }) => !("person" in (facts as object)))).toBe(true);
  });

  test("ask a household that shares a number which of them it is: the name tells, and nobody else's opens", async () => {
    const { ask, lastName, actor, contactId } = await givenCallerWithBook();
    const hash = deps.keyring.hash("account-number", `77${randomUUID()}`);
    await givenCustomer({ lastName, firstName: "Ana", accountNumberHash: hash });
    await givenCustomer({ lastName, firstName: "Luis", accountNumberHash: hash });
    const [told] = await deps.db.call<{ outcome: string; customer_id: string | null }>("account_verify", [
      contactId,
      [hash],
      [],
    ]);
    expect(told).toEqual({ outcome: "shared", customer_id: null });
    expect((await shown(actor, contactId)).caller).toMatchObject({ kind: "unknown", account: "shared" });
    const stranger = await givenAgent();
    const [seen] = await deps.db.asActor(stranger.actor, (tx) =>
      tx.execute(sql`SELECT desk_account_shared(${contactId}) AS shared`),
    );
    expect(seen).toEqual({ shared: false });
    expect(granted(await ask(right)).passed).toBe(true);
  });

  test("pass for nobody where two fit, nor for an agent at whose desk the call is not", async () => {
    const { ask, lastName, contactId } = await givenCallerWithBook();
    const stranger = await givenAgent();
    expect(refusalOf(await ask(right, stranger.actor))).toBe("NOT_AT_DESK");
    await givenCustomer({
      lastName,
      phone: "+12125550147",
      accountNumberHash: deps.keyring.hash("account-number", right.account),
    });
    expect(granted(await ask(right))).toMatchObject({ passed: false });
    const open = await deps.db.asActor(person(stranger.actor.id, "agent"), (tx) =>
      tx.execute(sql`SELECT 1 FROM desk_questions WHERE contact_id = ${contactId}`),
    );
    expect(open).toHaveLength(0);
  });
});

describe("a customer's copy of their data", () => {
  test("has what was noted in their own calls and which questions proved them; no agent's name, and nothing of a call in which nobody was proved", async () => {
    const customerId = await givenCustomer();
    const me = person(customerId, "customer") as Colleague;
    const [mine, doubtful] = [
      await givenCall(customerId, { over: true }),
      await givenCall(customerId, { verified: false }),
    ];
    const theirs = await givenCall(await givenCustomer());
    const telephone = randomUUID();
    for (const [contactId, notes] of [
      [mine.contactId, "Asked for a bill"],
      [doubtful.contactId, "Somebody else, I think"],
      [theirs.contactId, "About the neighbour"],
      [telephone, "By telephone"],
    ] as const) {
      const { actor, talksWith } = await givenAgent();
      talksWith(contactId);
      await shown(actor, contactId);
      granted(await keepNotes(deps, { actor, contactId, notes, outcome: "solved" }));
      if (contactId === telephone)
        await deps.db.asActor(system, (tx) =>
          tx.insert(deskQuestions).values({
            id: randomUUID(),
            contactId,
            staffId: actor.id,
            customerId,
            nameHash: deps.keyring.hash("desk-name", "maria"),
            asked: ["account", "phone"],
            at: new Date(),
          }),
        );
    }
    const { callNotes, callQuestions } = await ownDeskRecords(deps, { customer: me, most: 100 });
    expect(callNotes.map(({ callId, words, outcome }) => ({ callId, words, outcome }))).toEqual(
      expect.arrayContaining([
        { callId: mine.callId, words: "Asked for a bill", outcome: "solved" },
        { callId: null, words: "By telephone", outcome: "solved" },
      ]),
    );
    expect(callNotes).toHaveLength(2);
    expect(callQuestions).toEqual([{ at: expect.any(String), asked: ["account", "phone"] }]);
    expect(JSON.stringify([callNotes, callQuestions])).not.toMatch(/Sam|Patel/);
    const { actor } = await givenAgent();
    expect(await ownDeskRecords(deps, { customer: actor, most: 100 })).toEqual({
      callNotes: [],
      callQuestions: [],
    });
  });
});

describe("a call that is handed on", () => {
  /** A call of a customer's whom the contact centre knows, talked about at one desk and then handed to another. */
  async function givenHandedOn({ verified = true } = {}) {
    const customerId = await givenCustomer();
    const caller = {
      customer: person(customerId, "customer") as Colleague,
      signedInAt: new Date(),
      secondStep: false,
      siteId: null,
    };
    const { callId, contactId } = withContact(granted(await startCall(deps, caller)));
    const { attributes } = deps.contactCentre.contacts.get(contactId)!;
    if (verified) await verifyCaller(deps, { token: attributes.caller_context!, contactId });
    const [one, other] = [await givenAgent(), await givenAgent()];
    one.talksWith(contactId);
    await shown(one.actor, contactId);
    const next = deps.contactCentre.handOn(contactId);
    other.talksWith(next);
    return { customerId, callId, contactId, one, other, next };
  }

  test("is another contact, and the caller stays proved: the next agent asks nothing, and reads what they came from", async () => {
    const { contactId, next, other } = await givenHandedOn();
    const { caller, contactId: said } = await shown(other.actor, next);
    expect(caller).toMatchObject({ kind: "customer", firstName: "Maria", proof: { by: "sign-in" } });
    expect(said).toBe(next);
    expect((await eventsOf(contactId)).map(({ event }) => event)).toEqual(["CALLER_SHOWN", "CALLER_SHOWN"]);
    // Known from now on: no second question, and none to a contact centre that is away.
    deps.contactCentre.faults.fail("describeContact", "outage");
    expect((await shown(other.actor, next)).caller.kind).toBe("customer");
    deps.contactCentre.faults.heal();
  });

  test("takes what is noted, asked, held and finished with it", async () => {
    const { callId, next, other } = await givenHandedOn({ verified: false });
    await shown(other.actor, next);
    granted(
      await keepNotes(deps, { actor: other.actor, contactId: next, notes: "Sent a form", outcome: "solved" }),
    );
    expect((await shown(other.actor, next)).noted.notes).toBe("Sent a form");
    const said = { firstName: "Nobody", lastName: "Known", account: "1", phone: "+12125550100" };
    expect(granted(await askQuestions(deps, { actor: other.actor, contactId: next, said })).left).toBe(2);
    expect((await shown(other.actor, next)).caller).toMatchObject({ kind: "unknown", questionsLeft: 2 });
    granted(await actAtDesk(deps, { actor: other.actor, act: { act: "hold", contactId: next } }));
    const [row] = await deps.db.asActor(system, (tx) =>
      tx.select().from(supportCalls).where(eq(supportCalls.id, callId)),
    );
    expect(row?.heldAt).toBeInstanceOf(Date);
    granted(await actAtDesk(deps, { actor: other.actor, act: { act: "finish", contactId: next } }));
    expect(
      refusalOf(await keepNotes(deps, { actor: other.actor, contactId: next, notes: "More", outcome: null })),
    ).toBe("NOT_AT_DESK");
  });

  test("opens nothing to whoever has it not: not by its new name, nor by its first", async () => {
    const { contactId, next } = await givenHandedOn();
    const { actor, talksWith } = await givenAgent();
    for (const contact of [contactId, next])
      expect(refusalOf(await showCaller(deps, { actor, contactId: contact }))).toBe("NOT_AT_DESK");
    talksWith(randomUUID());
    for (const contact of [contactId, next])
      expect(refusalOf(await keepNotes(deps, { actor, contactId: contact, notes: "x", outcome: null }))).toBe(
        "NOT_AT_DESK",
      );
  });

  test("of which the contact centre does not say where it came from, proves nobody; asked again, it is told", async () => {
    const { next, other } = await givenHandedOn();
    deps.contactCentre.faults.fail("describeContact", "throttle");
    expect((await shown(other.actor, next)).caller.kind).toBe("unknown");
    expect((await shown(other.actor, next)).caller.kind).toBe("customer");
  });
});

describe("what an agent notes", () => {
  test("is there after a reload, and with the customer's next call, for whoever takes that", async () => {
    const [one, other] = [await givenAgent(), await givenAgent()];
    const customerId = await givenCustomer();
    const first = await givenCall(customerId, { over: true });
    one.talksWith(first.contactId);
    await shown(one.actor, first.contactId);
    granted(
      await keepNotes(deps, {
        actor: one.actor,
        contactId: first.contactId,
        notes: "Card shows twice.",
        outcome: "follow-up",
      }),
    );
    expect((await shown(one.actor, first.contactId)).noted).toMatchObject({
      notes: "Card shows twice.",
      outcome: "follow-up",
      savedAt: expect.any(String),
    });
    const second = await givenCall(customerId);
    other.talksWith(second.contactId);
    expect((await shown(other.actor, second.contactId)).history).toMatchObject([
      {
        callId: first.callId,
        talkedSeconds: 90,
        verified: true,
        outcome: "follow-up",
        notes: "Card shows twice.",
      },
    ]);
  });

  test("lies sealed, and is in no record of the audit", async () => {
    const { actor, talksWith } = await givenAgent();
    const { contactId } = await givenCall(await givenCustomer());
    talksWith(contactId);
    await shown(actor, contactId);
    await keepNotes(deps, { actor, contactId, notes: "Very private", outcome: null });
    const [row] = await deps.db.asActor(system, (tx) =>
      tx.select().from(deskContacts).where(eq(deskContacts.contactId, contactId)),
    );
    expect(row?.notes?.toString("latin1")).not.toContain("private");
    expect(JSON.stringify(await eventsOf(contactId))).not.toContain("rivate");
  });

  test("is kept while the contact centre is away; and is closed to others, and to them when the call has left", async () => {
    const [one, other] = [await givenAgent(), await givenAgent()];
    const { contactId } = await givenCall(await givenCustomer());
    one.talksWith(contactId);
    await shown(one.actor, contactId);
    const note = (actor: Colleague) => keepNotes(deps, { actor, contactId, notes: "x", outcome: "solved" });
    deps.agentDoor.away = true;
    expect(refusalOf(await note(one.actor))).toBeNull();
    deps.agentDoor.away = false;
    expect(refusalOf(await note(other.actor))).toBe("NOT_AT_DESK");
    granted(await actAtDesk(deps, { actor: one.actor, act: { act: "finish", contactId } }));
    expect(refusalOf(await note(one.actor))).toBe("NOT_AT_DESK");
  });
});

describe("a visit at a desk", () => {
  async function givenVisitHere() {
    const { actor, talksWith } = await givenAgent("clinician");
    const { visitId } = await makeVisit(deps, { route: "connect" });
    const contactId = randomUUID();
    await deps.db.asActor(system, (tx) =>
      tx
        .update(videoVisits)
        .set({ connectContactId: contactId, startedAt: new Date() })
        .where(eq(videoVisits.id, visitId)),
    );
    talksWith(contactId);
    const act = (act: "accept" | "hang-up", by = actor) =>
      actAtDesk(deps, { actor: by, act: { act, contactId } });
    const told = () =>
      deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
        tx
          .select({ event: auditLog.eventType, actor: auditLog.actorId })
          .from(auditLog)
          .where(
            sql`${auditLog.visitId} = ${visitId} AND ${auditLog.eventType} IN ('VISIT_ANSWERED', 'VISIT_ENDED')`,
          )
          .orderBy(auditLog.occurredAt),
      );
    return { actor, visitId, act, told };
  }

  test("is told in its time line when it is answered, and ended by whoever hangs up", async () => {
    const { actor, visitId, act, told } = await givenVisitHere();
    granted(await act("accept"));
    granted(await act("hang-up"));
    expect(await told()).toEqual([
      { event: "VISIT_ANSWERED", actor: actor.id },
      { event: "VISIT_ENDED", actor: actor.id },
    ]);
    const [line] = await deps.db.asActor(person(randomUUID(), "scheduler"), (tx) =>
      tx.execute<{ count: number }>(
        sql`SELECT count(*)::integer FROM visit_time_line(${visitId}, 50) WHERE event = 'VISIT_ANSWERED'`,
      ),
    );
    expect(line?.count).toBe(1);
  });

  test("is not ended by a colleague who is only asked about it", async () => {
    const { visitId, told } = await givenVisitHere();
    const other = await givenAgent("clinician");
    const rows = await deps.db.asActor(system, (tx) =>
      tx
        .select({ contactId: videoVisits.connectContactId })
        .from(videoVisits)
        .where(eq(videoVisits.id, visitId)),
    );
    const contactId = rows[0]?.contactId ?? "";
    deps.agentDoor.at.set(other.actor.id, {
      ...quietPhone,
      contact: {
        ...talkingOf(contactId),
        consultation: { as: "asked", phase: "talking", with: "Dr. Jane" },
      },
    });
    await actAtDesk(deps, { actor: other.actor, act: { act: "hang-up", contactId } });
    await noteAct(deps, { actor: other.actor, act: { act: "hang-up", contactId } });
    expect(await told()).toEqual([]);
  });

  test("is ended by nobody at whose desk it is not", async () => {
    const { act, told } = await givenVisitHere();
    const other = await givenAgent("clinician");
    expect(refusalOf(await act("hang-up", other.actor))).toBe("NOT_AT_DESK");
    expect(await told()).toEqual([]);
  });
});

describe("a consultation", () => {
  test("is told on its caller's page as a hold, until they are spoken with again; and to the audit, with whom", async () => {
    const { actor, talksWith } = await givenAgent();
    const { callId, contactId } = await givenCall(await givenCustomer());
    talksWith(contactId);
    const to = { kind: "agent" as const, id: randomUUID() };
    const isHeld = async () => {
      const rows = await deps.db.asActor(system, (tx) =>
        tx.select({ at: supportCalls.heldAt }).from(supportCalls).where(eq(supportCalls.id, callId)),
      );
      return rows[0]?.at != null;
    };
    for (const back of ["take-back", "hand-over"] as const) {
      granted(await actAtDesk(deps, { actor, act: { act: "consult", contactId, to } }));
      expect(await isHeld()).toBe(true);
      granted(await actAtDesk(deps, { actor, act: { act: back, contactId } }));
      expect(await isHeld()).toBe(false);
    }
    expect((await eventsOf(contactId)).map(({ facts }) => facts)).toContainEqual({
      act: "consult",
      contact: contactId,
      to: "agent",
      id: to.id,
    });
  });
});

describe("an act", () => {
  test("is done as the agent who is signed in, and recorded; a microphone's and keys are not", async () => {
    const { actor, talksWith } = await givenAgent();
    const contactId = randomUUID();
    talksWith(contactId);
    granted(await actAtDesk(deps, { actor, act: { act: "keys", contactId, keys: "4711" } }));
    for (const act of ["accept", "mute", "hold"] as const)
      granted(await actAtDesk(deps, { actor, act: { act, contactId } }));
    expect(deps.agentDoor.acts.slice(-3).map(({ staffId }) => staffId)).toEqual(Array(3).fill(actor.id));
    expect((await eventsOf(contactId)).map(({ facts }) => facts)).toEqual([
      { act: "accept", contact: contactId },
      { act: "hold", contact: contactId },
    ]);
  });

  test("on another agent's call is none, and nobody but agents, clinicians and admins has a desk", async () => {
    const { actor } = await givenAgent();
    const act = { act: "hang-up", contactId: randomUUID() } as const;
    expect(refusalOf(await actAtDesk(deps, { actor, act }))).toBe("NOT_AT_DESK");
    for (const role of ["scheduler", "auditor", "customer"] as const) {
      const other = person(randomUUID(), role) as Colleague;
      expect(refusalOf(await actAtDesk(deps, { actor: other, act }))).toBe("FORBIDDEN");
    }
    expect(refusalOf(await actAtDesk({ ...deps, agentDoor: null }, { actor, act }))).toBe("DESK_ELSEWHERE");
    deps.agentDoor.away = true;
    expect(refusalOf(await actAtDesk(deps, { actor, act }))).toBe("PHONE_AWAY");
  });
});

describe("an act in the contact centre's own panel", () => {
  const noted = (actor: Colleague, act: NotedAct) => noteAct(deps, { actor, act });

  test("is recorded as one of ours is: its caller's page hears of a hold, and what is finished leaves the desk", async () => {
    const { actor, talksWith } = await givenAgent();
    const { callId, contactId } = await givenCall(await givenCustomer());
    talksWith(contactId);
    await shown(actor, contactId);
    const heldAt = async () => {
      const rows = await deps.db.asActor(system, (tx) =>
        tx.select({ at: supportCalls.heldAt }).from(supportCalls).where(eq(supportCalls.id, callId)),
      );
      return rows[0]?.at ?? null;
    };
    granted(await noted(actor, { act: "hold", contactId }));
    expect(await heldAt()).not.toBeNull();
    granted(await noted(actor, { act: "resume", contactId }));
    expect(await heldAt()).toBeNull();
    granted(await noted(actor, { act: "finish", contactId }));
    expect(refusalOf(await keepNotes(deps, { actor, contactId, notes: "late", outcome: null }))).toBe(
      "NOT_AT_DESK",
    );
    const acted = (await eventsOf(contactId)).filter(({ event }) => event === "AGENT_ACTED");
    expect(acted.map(({ facts }) => facts)).toEqual(
      expect.arrayContaining(["hold", "resume", "finish"].map((act) => ({ act, contact: contactId }))),
    );
    expect(acted).toHaveLength(3);
  });

  test("ends a visit before its contact; of a call at another desk, or one that nobody knows of, nothing is noted", async () => {
    const { actor, talksWith } = await givenAgent("clinician");
    const other = await givenAgent("clinician");
    const { visitId } = await makeVisit(deps, { route: "connect" });
    const contactId = randomUUID();
    await deps.db.asActor(system, (tx) =>
      tx
        .update(videoVisits)
        .set({ connectContactId: contactId, startedAt: new Date() })
        .where(eq(videoVisits.id, visitId)),
    );
    talksWith(contactId);
    const endedAt = async () => {
      const rows = await deps.db.asActor(system, (tx) =>
        tx.select({ at: videoVisits.endedAt }).from(videoVisits).where(eq(videoVisits.id, visitId)),
      );
      return rows[0]?.at ?? null;
    };
    expect(refusalOf(await noted(other.actor, { act: "hang-up", contactId }))).toBe("NOT_AT_DESK");
    deps.agentDoor.away = true;
    expect(refusalOf(await noted(actor, { act: "hang-up", contactId }))).toBe("PHONE_AWAY");
    deps.agentDoor.away = false;
    const scheduler = person(randomUUID(), "scheduler") as Colleague;
    expect(refusalOf(await noted(scheduler, { act: "hang-up", contactId }))).toBe("FORBIDDEN");
    expect(
      refusalOf(await noteAct({ ...deps, deskWitness: null }, { actor, act: { act: "hang-up", contactId } })),
    ).toBe("DESK_ELSEWHERE");
    expect([await endedAt(), await eventsOf(contactId)]).toEqual([null, []]);
    granted(await noted(actor, { act: "hang-up", contactId }));
    expect(await endedAt()).not.toBeNull();
  });
});
