import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Grants } from "./contacts";
import { instanceId, startTestConnect, videoFlow } from "./testing/start-test-connect";

type Test = ReturnType<typeof startTestConnect>;

const verified =
  (tier = "standard") =>
  async () => ({
    ok: true as const,
    payload: { auth_status: "verified", customer_id: "12345", first_name: "John", tier },
  });

let open: Test[] = [];
const start = (given: Parameters<typeof startTestConnect>[0] = {}) => {
  const test = startTestConnect({ lambda: verified(), ...given });
  open.push(test);
  return test;
};
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  for (const { connect } of open) connect.close();
  open = [];
  vi.useRealTimers();
});

/** A call that is with an agent. */
async function talking(test: Test, username = "ann") {
  const agent = await test.agent(username);
  const contact = await test.call();
  await pass(1);
  await agent.act("accept", { contactId: contact.contactId });
  return { agent, contact };
}
const grantsAt = (test: Test, meetingId: string, attendeeId = ""): Grants | undefined =>
  test.meetings.get(meetingId)?.attendees.get(attendeeId);

describe("a call", () => {
  test("rings at once, says who it is, and joins the agent to the caller's own meeting", async () => {
    const connect = start();
    const agent = await connect.agent("ann");
    const contact = await connect.call({ Attributes: { caller_context: "signed", auth_status: "verified" } });
    await pass(1);
    const { contact: ringing } = await agent.screen();
    expect(ringing).toMatchObject({
      phase: "ringing",
      queue: "Standard",
      attributes: { auth_status: "verified", customer_id: "12345", caller_context: "" },
      media: null,
    });
    const { contact: taken } = await agent.act("accept", { contactId: contact.contactId });
    expect(taken).toMatchObject({ phase: "connected", whisper: "Verified customer." });
    expect(taken?.media?.meeting.MeetingId).toBe(contact.meeting.MeetingId);
    expect(connect.contact(contact.contactId)).toMatchObject({ words: null, enqueuedAt: null });
  });

  test("whose Lambda is away rings too, after the questions, and the agent hears that nobody is verified", async () => {
    const connect = start({ lambda: async () => ({ ok: false, code: "TIMED_OUT", message: "late" }) });
    const agent = await connect.agent("ann");
    const contact = await connect.call({ Attributes: { auth_status: "verified", customer_id: "99" } });
    await pass(300);
    expect(connect.contact(contact.contactId).words).toContain("enter your account number");
    await pass(30_000);
    const { contact: taken } = await agent.act("accept", { contactId: contact.contactId });
    expect(taken).toMatchObject({ whisper: "Not verified.", attributes: { customer_id: "" } });
  });

  test("hears a greeting while it rings", async () => {
    const connect = start();
    const contact = await connect.call();
    await pass(300);
    expect(connect.contact(contact.contactId).words).toBe("Welcome back, John. Connecting you now.");
  });

  test("gives a typed account number to the second Lambda", async () => {
    const asked: unknown[] = [];
    const connect = start({
      lambda: async (arn, event) => {
        if (!arn.endsWith("verify-account")) return { ok: false, code: "UNHANDLED", message: "" };
        asked.push((event as { Details: { Parameters: unknown } }).Details.Parameters);
        return { ok: true, payload: { auth_status: "identified", customer_id: "12345" } };
      },
    });
    const contact = await connect.call();
    await pass(10);
    const bearer = { "x-amz-bearer": contact.participantToken };
    const { ConnectionCredentials } = await connect.operate(
      "CreateParticipantConnection",
      { Type: ["CONNECTION_CREDENTIALS"] },
      "/",
      bearer,
    );
    const { ConnectionToken } = ConnectionCredentials as { ConnectionToken: string };
    const send = (token: string) =>
      connect.operate("SendMessage", { ContentType: "audio/dtmf", Content: "4711#" }, "/", {
        "x-amz-bearer": token,
      });
    await expect(send(contact.participantToken)).rejects.toMatchObject({ code: "AccessDeniedException" });
    await send(ConnectionToken);
    await pass(10);
    expect(asked).toEqual([{ account_number: "4711" }]);
    expect(connect.contact(contact.contactId).attributes.auth_status).toBe("identified");
  });

  test("is told that support is closed, and is hung up on", async () => {
    const connect = start();
    connect.connect.hours.set({ ...connect.connect.hours.get(), days: [] });
    const contact = await connect.call();
    await pass(300);
    expect(connect.contact(contact.contactId).words).toContain("We are closed");
    await pass(20_000);
    expect(connect.contact(contact.contactId).disconnectReason).toBe("CONTACT_FLOW_DISCONNECT");
    expect(connect.meetings.size).toBe(0);
  });
});

describe("agents", () => {
  test("the one who has been idle longest is asked first", async () => {
    const connect = start();
    const ann = await connect.agent("ann");
    await pass(1_000);
    const bob = await connect.agent("bob");
    await connect.call();
    await pass(1);
    expect([(await ann.screen()).agent.state, (await bob.screen()).agent.state]).toEqual([
      "PendingBusy",
      "Available",
    ]);
  });

  test.each([
    ["rings in vain for 20 seconds", async (_: Awaited<ReturnType<Test["agent"]>>) => pass(20_001)],
    [
      "is declined",
      async (agent: Awaited<ReturnType<Test["agent"]>>) => {
        const { contact } = await agent.screen();
        await agent.act("reject", { contactId: contact?.contactId });
      },
    ],
  ])("a call that %s goes on to the next agent, and rings no more at the first", async (_, decline) => {
    const connect = start();
    const ann = await connect.agent("ann");
    await pass(1_000);
    const bob = await connect.agent("bob");
    const contact = await connect.call();
    await pass(1);
    await decline(ann);
    expect((await ann.screen()).agent.state).toBe("MissedCallAgent");
    expect((await bob.screen()).contact?.contactId).toBe(contact.contactId);
    await expect(ann.act("accept", { contactId: contact.contactId })).rejects.toMatchObject({
      code: "NOT_NOW",
      status: 409,
    });
  });

  test("the personal bankers' queue comes before the others, whoever waited longer", async () => {
    const tiers = ["standard", "gold"];
    const connect = start({ lambda: () => verified(tiers.shift())() });
    await connect.call();
    await pass(1_000);
    const gold = await connect.call();
    await pass(1);
    const agent = await connect.agent("ann");
    expect((await agent.screen()).contact).toMatchObject({
      contactId: gold.contactId,
      queue: "Personal bankers",
    });
  });

  test("whoever is at work chooses what comes afterwards", async () => {
    const connect = start();
    const { agent, contact } = await talking(connect);
    expect((await agent.act("status", { status: "Break" })).agent).toMatchObject({
      state: "Busy",
      nextStatus: "Break",
    });
    await agent.act("hang-up", { contactId: contact.contactId });
    expect((await agent.screen()).agent.state).toBe("AfterCallWork");
    await connect.call();
    await pass(1);
    expect((await agent.act("finish", { contactId: contact.contactId })).agent.state).toBe("Break");
  });

  test("a clinician hears of visits alone", async () => {
    const connect = start();
    const jane = await connect.agent("jane", "Visits");
    const visit = await connect.call({
      ContactFlowId: videoFlow,
      AllowedCapabilities: { Customer: { Video: "SEND" }, Agent: { Video: "SEND" } },
    });
    await connect.call();
    await pass(1);
    const { contact } = await jane.act("accept", { contactId: visit.contactId });
    expect(grantsAt(connect, visit.meeting.MeetingId, contact?.media?.attendee.AttendeeId)).toMatchObject({
      Video: "SendReceive",
    });
    expect((await jane.screen()).queues).toEqual([expect.objectContaining({ name: "Visits", waiting: 0 })]);
  });

  test("a visit that names its clinician's agent rings there and nowhere else", async () => {
    const connect = start();
    await connect.agent("ann", "Everything");
    const jane = await connect.agent("jane", "Visits");
    const visit = await connect.call({
      ContactFlowId: videoFlow,
      Attributes: { clinician_agent: jane.agentId },
    });
    await pass(1);
    expect((await jane.screen()).contact?.contactId).toBe(visit.contactId);
  });
});

describe("while they talk", () => {
  test("hold lets neither hear the other, and tells the caller in music; resume gives it back", async () => {
    const connect = start();
    const { agent, contact } = await talking(connect);
    const at = (screen: Awaited<ReturnType<typeof agent.screen>>) =>
      grantsAt(connect, contact.meeting.MeetingId, screen.contact?.media?.attendee.AttendeeId);
    const held = await agent.act("hold", { contactId: contact.contactId });
    expect(at(held)).toEqual({ Audio: "None", Video: "None", Content: "None" });
    expect(connect.contact(contact.contactId).words).toBe("♪ Music");
    const resumed = await agent.act("resume", { contactId: contact.contactId });
    expect(at(resumed)?.Audio).toBe("SendReceive");
    expect(connect.contact(contact.contactId).words).toBeNull();
  });

  test("mute outlasts a hold", async () => {
    const connect = start();
    const { agent, contact } = await talking(connect);
    const { contactId } = contact;
    await agent.act("hold", { contactId });
    await agent.act("mute", { contactId });
    const { contact: now } = await agent.act("resume", { contactId });
    expect(now).toMatchObject({ muted: true, held: false });
    expect(grantsAt(connect, contact.meeting.MeetingId, now?.media?.attendee.AttendeeId)?.Audio).toBe(
      "Receive",
    );
  });

  test("a transfer takes the agent out, keeps the caller, and rings at the other", async () => {
    const connect = start();
    const { agent: ann, contact } = await talking(connect);
    const bob = await connect.agent("bob");
    const { contactId } = contact;
    const before = (await ann.screen()).contact?.media?.attendee.AttendeeId ?? "";
    await ann.act("transfer", { contactId, agentId: bob.agentId });
    expect(grantsAt(connect, contact.meeting.MeetingId, before)).toBeUndefined();
    expect((await ann.screen()).contact).toMatchObject({ phase: "wrap-up", media: null });
    // A contact of its own, as the vendor's: the first is over, the call is not.
    const next = (await bob.screen()).contact?.contactId ?? "";
    expect(connect.contact(next)).toMatchObject({
      initialContactId: contactId,
      previousContactId: contactId,
    });
    expect((await bob.act("accept", { contactId: next })).contact?.media?.meeting.MeetingId).toBe(
      contact.meeting.MeetingId,
    );
    expect(contact.disconnectedAt).not.toBeNull();
    expect((await ann.screen()).contact).toMatchObject({ endedAt: null, endReason: null });
  });

  test("nothing goes to an agent who left, or to a queue that is not there", async () => {
    const connect = start();
    const { agent, contact } = await talking(connect);
    const bob = await connect.agent("bob");
    await bob.act("status", { status: "Offline" });
    const { contactId } = contact;
    await expect(agent.act("transfer", { contactId, agentId: bob.agentId })).rejects.toMatchObject({
      code: "AGENT_OFFLINE",
    });
    await expect(agent.act("transfer", { contactId, queueId: "none" })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    expect((await agent.screen()).contact?.phase).toBe("connected");
  });
});

describe("the end", () => {
  test("a caller who hangs up while it rings frees the agent for the next", async () => {
    const connect = start();
    const agent = await connect.agent("ann");
    const first = await connect.call();
    const second = await connect.call();
    await pass(1);
    await connect.operate("StopContact", { ContactId: first.contactId });
    expect((await agent.screen()).contact?.contactId).toBe(second.contactId);
  });

  test("a caller who is away for a minute has hung up; the agent wraps up", async () => {
    const connect = start();
    const { agent, contact } = await talking(connect);
    await pass(500);
    connect.meetings.get(contact.meeting.MeetingId)?.present.clear();
    await pass(55_000);
    expect((await agent.screen()).contact?.phase).toBe("connected");
    await pass(6_000);
    expect((await agent.screen()).contact).toMatchObject({
      phase: "wrap-up",
      endReason: "CUSTOMER_DISCONNECT",
    });
  });

  test("is told to whoever describes the contact", async () => {
    const connect = start();
    const { agent, contact } = await talking(connect);
    await agent.act("hang-up", { contactId: contact.contactId });
    await agent.act("finish", { contactId: contact.contactId });
    const { Contact } = await connect.operate(
      "DescribeContact",
      {},
      `/contacts/11111111-1111-4111-8111-111111111111/${contact.contactId}`,
    );
    expect(Contact).toMatchObject({
      DisconnectReason: "AGENT_DISCONNECT",
      QueueInfo: { Id: expect.any(String), EnqueueTimestamp: expect.any(Number) },
      AgentInfo: {
        Id: agent.agentId,
        ConnectedToAgentTimestamp: expect.any(Number),
        AfterContactWorkEndTimestamp: expect.any(Number),
      },
    });
  });
});

describe("waiting", () => {
  test("tells its place and how long, until it is over", async () => {
    const connect = start();
    const [first, second] = [await connect.call(), await connect.call()];
    await pass(1);
    const place = async (ContactId: string) =>
      (
        await connect.operate("GetContactMetrics", {
          ContactId,
          Metrics: [{ Name: "POSITION_IN_QUEUE" }, { Name: "ESTIMATED_WAIT_TIME" }],
        })
      ).MetricResults;
    expect(await place(second.contactId)).toEqual([
      { Name: "POSITION_IN_QUEUE", Value: { Number: 2 } },
      { Name: "ESTIMATED_WAIT_TIME", Value: { Number: 360 } },
    ]);
    await connect.operate("StopContact", { ContactId: first.contactId });
    expect(await place(second.contactId)).toMatchObject([{ Value: { Number: 1 } }, {}]);
    expect(await place(first.contactId)).toEqual([]);
  });

  test("a call that was missed is first in line still, before who came later, and rings there again once its agent says so", async () => {
    const connect = start();
    const ann = await connect.agent("ann");
    const first = await connect.call();
    await pass(1);
    const later = await connect.call();
    await pass(20_001);
    expect(await ann.screen()).toMatchObject({ agent: { state: "MissedCallAgent" }, contact: null });
    const { MetricResults } = await connect.operate("GetContactMetrics", {
      ContactId: first.contactId,
      Metrics: [{ Name: "POSITION_IN_QUEUE" }],
    });
    expect(MetricResults).toMatchObject([{ Value: { Number: 1 } }]);
    await pass(60_000);
    expect((await ann.screen()).contact).toBeNull();
    const { contact } = await ann.act("status", { status: "Available" });
    expect(contact).toMatchObject({ contactId: first.contactId, phase: "ringing" });
    await connect.operate("StopContact", { ContactId: first.contactId });
    expect((await ann.screen()).contact?.contactId).toBe(later.contactId);
  });

  test("a restart loses nobody: who waited rings again, who talked still talks", async () => {
    const before = start();
    const { agent, contact: talked } = await talking(before);
    const waited = await before.call();
    await pass(1);
    const now = startTestConnect({ lambda: verified(), ...structuredClone(before.saved) });
    open.push(now);
    for (const { contactId } of [talked, waited])
      now.meetings.set(now.contact(contactId).meeting.MeetingId, {
        attendees: new Map(),
        present: new Set(),
      });
    const screen = (await now.door("GET", "/me", agent.token)).body;
    expect(screen).toMatchObject({ contact: { contactId: talked.contactId, phase: "connected" } });
    const bob = await now.agent("bob");
    expect((await bob.screen()).contact?.contactId).toBe(waited.contactId);
  });
});

describe("the vendor's limits", () => {
  test("two calls a second and five at once, where quotas are on; a repeated token counts as well", async () => {
    const connect = start({ quotas: true });
    for (let count = 0; count < 4; count++) await connect.call({ ClientToken: `t${count}` });
    await connect.call({ ClientToken: "t0" });
    await expect(connect.call()).rejects.toMatchObject({ code: "TooManyRequestsException", status: 429 });
    await pass(500);
    await connect.call();
  });

  test("each operation has a quota of its own, and nothing else is used up with it", async () => {
    const connect = start({ quotas: true });
    const { contactId } = await connect.call();
    const allowed = async (operation: string, input: object, path = "/") => {
      for (let count = 0; ; count++)
        try {
          await connect.operate(operation, { ContactId: contactId, ...input }, path);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "TooManyRequestsException" });
          return count;
        }
    };
    expect({
      described: await allowed("DescribeContact", {}, `/contacts/${instanceId}/${contactId}`),
      placed: await allowed("GetContactMetrics", { Metrics: [{ Name: "POSITION_IN_QUEUE" }] }),
      attributes: await allowed("UpdateContactAttributes", {
        InitialContactId: contactId,
        Attributes: { a: "b" },
      }),
    }).toEqual({ described: 5, placed: 5, attributes: 15 });
    await pass(1_000);
    expect(await allowed("DescribeContact", {}, `/contacts/${instanceId}/${contactId}`)).toBe(2);
  });

  test("participants are added once an agent is there, six in all", async () => {
    const connect = start();
    const agent = await connect.agent("ann");
    const contact = await connect.call();
    await pass(1);
    const add = () =>
      connect.operate("CreateParticipant", {
        ContactId: contact.contactId,
        ParticipantDetails: { ParticipantRole: "CUSTOMER", DisplayName: "Daughter" },
      });
    await expect(add()).rejects.toMatchObject({ code: "InvalidRequestException" });
    await agent.act("accept", { contactId: contact.contactId });
    const { ParticipantCredentials } = await add();
    const { WebRTCConnection } = await connect.operate(
      "CreateParticipantConnection",
      { Type: ["WEBRTC_CONNECTION"] },
      "/",
      { "x-amz-bearer": (ParticipantCredentials as { ParticipantToken: string }).ParticipantToken },
    );
    expect(WebRTCConnection).toMatchObject({ Meeting: { MeetingId: contact.meeting.MeetingId } });
    for (let count = 1; count < 4; count++) await add();
    await expect(add()).rejects.toMatchObject({ code: "LimitExceededException" });
  });
});

describe("the agents' door", () => {
  test.each([
    ["a wrong secret", "guess", {}, 401],
    ["no secret", "", {}, 401],
    ["a page, even with the secret", "the-desk-knows-it", { origin: "http://127.0.0.1:4600" }, 403],
    ["a page that hides its origin", "the-desk-knows-it", { "sec-fetch-site": "same-origin" }, 403],
  ])("stays shut for %s", async (_, bearer, headers, status) => {
    const { door } = start();
    const answer = await door("POST", "", bearer, { username: "ann", name: "Ann" }, headers);
    expect(answer.status).toBe(status);
  });

  test("an agent's token is that agent's, for twelve hours", async () => {
    const connect = start();
    const { token } = await connect.agent("ann");
    const [agentId = "", expires = "", mac = ""] = token.split(".");
    const forged = [
      `${crypto.randomUUID()}.${expires}.${mac}`,
      `${agentId}.${Number(expires) + 1}.${mac}`,
      "x",
    ];
    for (const bearer of forged) expect((await connect.door("GET", "/me", bearer)).status).toBe(401);
    expect((await connect.door("GET", "/me", token)).status).toBe(200);
    vi.setSystemTime(Date.now() + 12 * 3_600_000);
    expect((await connect.door("GET", "/me", token)).status).toBe(401);
  });

  test("the caller's credentials are on no screen before the call is taken", async () => {
    const connect = start();
    const agent = await connect.agent("ann");
    const contact = await connect.call();
    await pass(1);
    const seen = JSON.stringify(await agent.screen());
    for (const secret of [contact.participantToken, "JoinToken"]) expect(seen).not.toContain(secret);
  });
});
