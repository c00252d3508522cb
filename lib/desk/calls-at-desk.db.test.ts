import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { auditLog, deskContacts, staff } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { openVisitFeed } from "@/lib/http/visit-feed";
import { supportCallChangedChannel } from "@/lib/kernel/change-channels";
import type { NotedAct, Phone, PhoneAct } from "@/lib/ports/agent-door";
import { quietPhone, talkingOf } from "@/lib/ports/testing/memory-agent-door";
import { readOwnCallNow } from "@/lib/support-calls/follow-own-call";
import { startCall } from "@/lib/support-calls/start-call";
import { makeCaller } from "@/lib/support-calls/testing";
import { givenVisits, granted, refusalOf } from "@/lib/visits/testing";
import { actAtDesk } from "./act-at-desk";
import type { Colleague } from "./deps";
import { noteAct } from "./note-act";
import { showCaller } from "./show-caller";

const deps = givenVisits();

async function givenAgent(firstName: string) {
  const id = randomUUID();
  await deps.db.asActor(system, (tx) =>
    tx.insert(staff).values({
      id,
      email: `${id}@clinic.test`,
      role: "agent",
      firstName,
      lastName: "Desk",
      timeZone: "UTC",
    }),
  );
  const actor = person(id, "agent") as Colleague;
  const has = (contact: Phone["contact"]) => void deps.agentDoor.at.set(id, { ...quietPhone, contact });
  return {
    actor,
    has,
    act: (act: Exclude<PhoneAct, { act: "status" }>) => actAtDesk(deps, { actor, act }),
    note: (act: NotedAct) => noteAct(deps, { actor, act }),
  };
}

async function givenCall() {
  const { customer, ...caller } = await makeCaller(deps.db);
  const { callId, contactId } = granted(await startCall(deps, { customer, ...caller }));
  const contact = contactId!;
  return {
    customer,
    callId,
    contact,
    talking: talkingOf(contact),
    page: async () => granted(await readOwnCallNow(deps, { customer, callId })),
  };
}
const eventsOf = (callId: string) =>
  deps.db.asActor(person(randomUUID(), "auditor"), (tx) =>
    tx
      .select({ event: auditLog.eventType, actor: auditLog.actorId })
      .from(auditLog)
      .where(eq(auditLog.tokenId, callId))
      .orderBy(auditLog.seq),
  );

describe("its caller's page", () => {
  test("says who answered, since when, and to whom it was handed; never at whom it only rang, or who was only asked", async () => {
    const { contact, talking, page, callId } = await givenCall();
    const [sam, bob, carol] = [await givenAgent("Sam"), await givenAgent("Bob"), await givenAgent("Carol")];
    const look = async ({ actor }: typeof sam) =>
      granted(await showCaller(deps, { actor, contactId: contact }));
    sam.has(talking);
    await look(sam);
    carol.has({ ...talking, phase: "ringing" });
    await look(carol); // and missed it
    expect(await page()).toMatchObject({ status: "waiting", agent: null });
    granted(await sam.act({ act: "accept", contactId: contact }));
    expect(await page()).toMatchObject({
      status: "connected",
      agent: "Sam",
      connectedAt: expect.any(String),
    });

    granted(await sam.act({ act: "consult", contactId: contact, to: { kind: "agent", id: "b" } }));
    bob.has({ ...talking, consultation: { as: "asked", phase: "talking", with: "Sam" } });
    await look(bob);
    granted(await bob.act({ act: "accept", contactId: contact }));
    expect(await page()).toMatchObject({ held: true, agent: "Sam" });
    // Carol's desk has another call by now.
    await deps.db.asActor(system, (tx) =>
      tx.update(deskContacts).set({ leftAt: new Date() }).where(eq(deskContacts.staffId, carol.actor.id)),
    );
    granted(await sam.act({ act: "hand-over", contactId: contact }));
    expect(await page()).toMatchObject({ held: false, agent: "Bob" });

    bob.has(talking);
    granted(await bob.act({ act: "hold", contactId: contact }));
    granted(await bob.act({ act: "transfer", contactId: contact, to: { kind: "queue", id: "q" } }));
    expect(await page()).toMatchObject({ status: "connected", held: false, handedOn: true, agent: null });
    granted(await sam.note({ act: "accept", contactId: contact }));
    expect(await page()).toMatchObject({ handedOn: false, agent: "Sam" });
    const answers = (await eventsOf(callId)).filter(({ event }) => event === "SUPPORT_CALL_CONNECTED");
    expect(answers).toEqual([{ event: "SUPPORT_CALL_CONNECTED", actor: sam.actor.id }]);
  });

  test("is told of each of these when it is done, and of nobody else's call", async () => {
    const [call, other] = [await givenCall(), await givenCall()];
    const sam = await givenAgent("Sam");
    sam.has(call.talking);
    const feed = openVisitFeed(deps.db, supportCallChangedChannel);
    const [told, others] = [vi.fn(), vi.fn()];
    for (const [callId, changed] of [
      [call.callId, told],
      [other.callId, others],
    ] as const)
      onTestFinished((await feed.follow(callId, changed))!);
    for (const act of ["accept", "hold", "resume"] as const) {
      const before = told.mock.calls.length;
      granted(await sam.act({ act, contactId: call.contact }));
      await vi.waitFor(() => expect(told.mock.calls.length).toBeGreaterThan(before));
    }
    const before = told.mock.calls.length;
    granted(await sam.act({ act: "mute", contactId: call.contact }));
    granted(await sam.act({ act: "hang-up", contactId: call.contact }));
    await vi.waitFor(() => expect(told.mock.calls.length).toBeGreaterThan(before));
    expect(others).not.toHaveBeenCalled();
  });
});

describe("a hang-up at the desk", () => {
  test.each(["act", "note"] as const)(
    "is the end of the call for its caller before anybody asks (%s), recorded as the agent's",
    async (way) => {
      const { contact, talking, page, callId } = await givenCall();
      const sam = await givenAgent("Sam");
      sam.has(talking);
      granted(await sam.act({ act: "accept", contactId: contact }));
      expect((await sam[way]({ act: "hang-up", contactId: contact })).ok).toBe(true);
      expect(await page()).toMatchObject({ status: "ended", agent: null });
      expect(deps.contactCentre.contacts.get(contact)?.disconnectedAt).not.toBeNull();
      expect((await eventsOf(callId)).at(-1)).toEqual({ event: "SUPPORT_CALL_ENDED", actor: sam.actor.id });
    },
  );

  test("ends nothing at whose desk it is not, for whom it rings or is over, or who is only asked", async () => {
    const { contact, talking, page } = await givenCall();
    const [sam, bob] = [await givenAgent("Sam"), await givenAgent("Bob")];
    sam.has(talking);
    granted(await sam.act({ act: "accept", contactId: contact }));
    const hangUp = { act: "hang-up", contactId: contact } as const;
    expect(refusalOf(await bob.act(hangUp))).toBe("NOT_AT_DESK");
    expect(refusalOf(await bob.note(hangUp))).toBe("NOT_AT_DESK");
    for (const has of [
      { ...talking, phase: "ringing" as const },
      { ...talking, phase: "wrap-up" as const },
      { ...talking, consultation: { as: "asked" as const, phase: "talking" as const, with: "Sam" } },
    ]) {
      bob.has(has);
      granted(await bob.note(hangUp));
    }
    expect((await page()).status).toBe("connected");
  });

  test("who has a call is the system's to write: no colleague takes one by the table", async () => {
    const { callId } = await givenCall();
    for (const role of ["agent", "admin", "customer"] as const)
      expect(
        await deps.db.asActor(person(randomUUID(), role), (tx) =>
          tx.execute(
            sql`UPDATE support_calls SET answered_by = NULL, handed_on_at = now() WHERE id = ${callId} RETURNING id`,
          ),
        ),
      ).toHaveLength(0);
  });
});
