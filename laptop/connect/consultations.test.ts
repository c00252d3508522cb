import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startTestConnect } from "./testing/start-test-connect";

const verified = async () => ({
  ok: true as const,
  payload: { auth_status: "verified", customer_id: "12345", first_name: "John", tier: "standard" },
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
let connect: ReturnType<typeof startTestConnect>;

beforeEach(() => {
  vi.useFakeTimers();
  connect = startTestConnect({ lambda: verified });
});
afterEach(() => {
  connect.connect.close();
  vi.useRealTimers();
});

/** Ann talks with a caller, Bob is free. */
async function givenTalk() {
  const ann = await connect.agent("ann");
  const contact = await connect.call();
  await pass(1);
  const { contactId } = contact;
  const mine = (await ann.act("accept", { contactId })).contact?.media?.meeting.MeetingId ?? "";
  const bob = await connect.agent("bob");
  return { ann, bob, contact, contactId, mine };
}
async function givenConsultation() {
  const given = await givenTalk();
  await given.ann.act("consult", { contactId: given.contactId, agentId: given.bob.agentId });
  await given.bob.act("accept", { contactId: given.contactId });
  return given;
}
const meetingsOf = (
  ...screens: Array<{ contact: null | { media: null | { meeting: { MeetingId: string } } } }>
) => screens.map(({ contact }) => contact?.media?.meeting.MeetingId);

describe("a colleague is asked", () => {
  test("while the caller is on hold: it rings at them alone, who asks is named, and the two speak where the caller is not", async () => {
    const { ann, bob, contactId, mine, contact } = await givenTalk();
    const asking = await ann.act("consult", { contactId, agentId: bob.agentId });
    expect(asking.contact).toMatchObject({
      held: true,
      consultation: { as: "asking", phase: "ringing", with: "bob" },
    });
    expect(connect.contact(contactId).words).toContain("Music");
    expect((await bob.screen()).contact).toMatchObject({
      phase: "ringing",
      consultation: { as: "asked", phase: "ringing", with: "ann" },
      media: null,
    });
    await bob.act("accept", { contactId });
    const [annIn, bobIn] = meetingsOf(await ann.screen(), await bob.screen());
    expect(annIn).toBe(bobIn);
    expect(annIn).not.toBe(mine);
    expect(connect.meetings.get(annIn ?? "")?.attendees.size).toBe(2);
    expect(connect.contact(contactId).meeting.MeetingId).toBe(contact.meeting.MeetingId);
  });

  test("and takes the call: they speak with the caller, and who asked has their work left", async () => {
    const { ann, bob, contactId, mine } = await givenConsultation();
    const [together = ""] = meetingsOf(await ann.screen());
    const after = await ann.act("hand-over", { contactId });
    expect(after).toMatchObject({
      agent: { state: "AfterCallWork" },
      contact: { phase: "wrap-up", media: null },
    });
    const bobs = await bob.screen();
    expect(bobs.contact).toMatchObject({ phase: "connected", held: false, consultation: null });
    expect(meetingsOf(bobs)).toEqual([mine]);
    expect(
      connect.meetings.get(mine)?.attendees.get(bobs.contact?.media?.attendee.AttendeeId ?? ""),
    ).toMatchObject({
      Audio: "SendReceive",
    });
    expect(connect.meetings.has(together)).toBe(false);
    expect(connect.contact(contactId).words).toBeNull();
  });

  test("and the call goes on with who asked; who was asked has left", async () => {
    const { ann, bob, contactId, mine } = await givenConsultation();
    const back = await ann.act("take-back", { contactId });
    expect(back.contact).toMatchObject({ held: false, consultation: null });
    expect(meetingsOf(back)).toEqual([mine]);
    expect((await bob.screen()).agent.state).toBe("AfterCallWork");
    await bob.act("finish", { contactId });
    expect((await bob.screen()).contact).toBeNull();
    expect((await ann.screen()).contact).toMatchObject({ phase: "connected" });
  });

  test("and leaves: the caller is still on hold, with who asked", async () => {
    const { ann, bob, contactId } = await givenConsultation();
    await bob.act("leave", { contactId });
    expect((await ann.screen()).contact).toMatchObject({
      held: true,
      consultation: null,
      phase: "connected",
    });
    await ann.act("resume", { contactId });
    expect((await ann.screen()).contact).toMatchObject({ held: false });
  });

  test("and says no, or does not answer: who asked still has their caller on hold, and nobody else is rung", async () => {
    const { ann, bob, contactId } = await givenTalk();
    const carl = await connect.agent("carl");
    await ann.act("consult", { contactId, agentId: bob.agentId });
    await bob.act("reject", { contactId });
    expect((await bob.screen()).agent.state).toBe("MissedCallAgent");
    expect((await ann.screen()).contact).toMatchObject({ held: true, consultation: null });
    expect((await carl.screen()).contact).toBeNull();
  });

  test("of a queue: the next one rings when the first does not answer", async () => {
    const { ann, bob, contactId } = await givenTalk();
    const carl = await connect.agent("carl");
    const queue = connect.connect.queueOf(connect.contact(contactId));
    const { transfers } = (await ann.screen()) as unknown as { transfers: { id: string; name: string }[] };
    await ann.act("consult", { contactId, queueId: transfers.find(({ name }) => name === queue)?.id });
    const first = (await bob.screen()).contact ? bob : carl;
    const second = first === bob ? carl : bob;
    expect((await second.screen()).contact).toBeNull();
    await pass(20_000);
    expect((await first.screen()).agent.state).toBe("MissedCallAgent");
    expect((await second.screen()).contact).toMatchObject({ contactId, phase: "ringing" });
  });
});

describe("a consultation is over", () => {
  test.each([false, true])("when the caller hangs up, for both (answered: %s)", async (isAnswered) => {
    const { ann, bob, contact, contactId } = await (isAnswered ? givenConsultation() : givenTalk());
    if (!isAnswered) await ann.act("consult", { contactId, agentId: bob.agentId });
    connect.meetings.delete(contact.meeting.MeetingId);
    await pass(300);
    expect((await ann.screen()).agent.state).toBe("AfterCallWork");
    expect((await bob.screen()).agent.state).toBe(isAnswered ? "AfterCallWork" : "Available");
    expect(connect.meetings.size).toBe(0);
  });

  test("by a restart: who was asked is free, and who asked has their caller on hold", async () => {
    const { contactId } = await givenConsultation();
    const { saved } = connect;
    connect.connect.close();
    connect = startTestConnect({ lambda: verified, ...saved });
    expect(connect.contact(contactId)).toMatchObject({
      consultation: null,
      handler: { heldSince: expect.any(Number) },
    });
    expect(connect.connect.agents().map(({ work }) => work.kind)).toEqual(["talking", "free"]);
  });
});

describe("no press hits what it was not meant for", () => {
  test("who is asked neither ends nor hands on a call that is another's", async () => {
    const { bob, ann, contactId } = await givenConsultation();
    for (const act of ["hang-up", "hold", "hand-over", "take-back"])
      await expect(bob.act(act, { contactId })).rejects.toMatchObject({ code: "NOT_NOW" });
    await bob.act("mute", { contactId });
    expect((await bob.screen()).contact).toMatchObject({ muted: true });
    expect((await ann.screen()).contact).toMatchObject({ muted: false });
  });

  test("nothing is handed over before somebody has answered, nobody is asked twice, and a hold waits for the end of it", async () => {
    const { ann, bob, contactId } = await givenTalk();
    await expect(ann.act("take-back", { contactId })).rejects.toMatchObject({ code: "NOT_NOW" });
    await ann.act("consult", { contactId, agentId: bob.agentId });
    await expect(ann.act("hand-over", { contactId })).rejects.toMatchObject({ code: "NOT_NOW" });
    await expect(ann.act("consult", { contactId, agentId: bob.agentId })).rejects.toMatchObject({
      code: "NOT_NOW",
    });
    await expect(ann.act("resume", { contactId })).rejects.toMatchObject({ code: "NOT_NOW" });
    await expect(bob.act("leave", { contactId })).rejects.toMatchObject({ code: "NOT_NOW" });
  });
});
