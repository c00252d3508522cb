import { randomUUID } from "node:crypto";
import {
  ConnectClient,
  DescribeContactCommand,
  GetContactAttributesCommand,
  GetContactMetricsCommand,
  GetCurrentMetricDataCommand,
  GetEffectiveHoursOfOperationsCommand,
  ListQueuesCommand,
  ListUsersCommand,
  SearchUsersCommand,
  StartWebRTCContactCommand,
  StopContactCommand,
  UpdateContactAttributesCommand,
} from "@aws-sdk/client-connect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";

const InstanceId = "11111111-1111-4111-8111-111111111111";
const arn = `arn:aws:connect:us-east-1:000000000000:instance/${InstanceId}`;
const secret = randomUUID();
const ContactFlowId = "22222222-2222-4222-8222-222222222222";

let laptop: TestLaptop;
let connect: ConnectClient;
beforeAll(async () => {
  laptop = await startTestLaptop({ LAPTOP_AGENT_SECRET: secret });
  connect = new ConnectClient(laptop.client);
});
afterAll(async () => {
  connect.destroy();
  await laptop.stop();
});

const start = (more: object = {}) =>
  connect.send(
    new StartWebRTCContactCommand({
      InstanceId,
      ContactFlowId,
      ParticipantDetails: { DisplayName: "Visitor 7K" },
      Attributes: { visit_ref: "v1" },
      AllowedCapabilities: { Customer: { Video: "SEND" }, Agent: { Video: "SEND" } },
      ...more,
    }),
  );
const describeIt = (ContactId?: string, instance = InstanceId) =>
  connect.send(new DescribeContactCommand({ InstanceId: instance, ContactId }));

describe("starting a contact", () => {
  test("gives a meeting that exists, and what it takes to join it", async () => {
    const { ConnectionData, ContactId, ParticipantToken } = await start();
    expect(ConnectionData?.Meeting?.MediaPlacement?.SignalingUrl).toMatch(/^ws:/);
    expect(ConnectionData?.Attendee?.JoinToken).toBeTruthy();
    expect([ContactId, ParticipantToken].every(Boolean)).toBe(true);
    const meeting = await fetch(`${laptop.url}/meetings/${ConnectionData?.Meeting?.MeetingId}`);
    expect(meeting.status).toBe(200);
  });

  test("twenty tries at once with one client token are one contact", async () => {
    const ClientToken = randomUUID();
    const all = await Promise.all(Array.from({ length: 20 }, () => start({ ClientToken })));
    expect(new Set(all.map(({ ContactId }) => ContactId)).size).toBe(1);
    expect(new Set(all.map(({ ConnectionData }) => ConnectionData?.Attendee?.JoinToken)).size).toBe(1);
  });

  test.each([
    ["no name", { ParticipantDetails: { DisplayName: "" } }, "InvalidRequestException"],
    ["a bad attribute name", { Attributes: { "a b": "x" } }, "InvalidRequestException"],
    ["33 KB of attributes", { Attributes: { a: "x".repeat(33_000) } }, "InvalidRequestException"],
    ["another instance", { InstanceId: randomUUID() }, "ResourceNotFoundException"],
    ["an unknown flow", { ContactFlowId: randomUUID() }, "ResourceNotFoundException"],
  ])("%s: refused", async (_, wrong, name) => {
    await expect(start(wrong)).rejects.toMatchObject({ name });
  });

  test("without allowed capabilities there is no picture", async () => {
    const { ConnectionData } = await start({ AllowedCapabilities: undefined });
    const { MeetingId } = ConnectionData?.Meeting ?? {};
    const answer = await fetch(
      `${laptop.url}/meetings/${MeetingId}/attendees/${ConnectionData?.Attendee?.AttendeeId}`,
    );
    expect(await answer.json()).toMatchObject({
      Attendee: { Capabilities: { Audio: "SendReceive", Video: "None" } },
    });
  });
});

describe("a contact's life", () => {
  test("it is described by id and by ARN; stopped, its meeting is over, and stopping again says so", async () => {
    const { ContactId, ConnectionData } = await start();
    for (const instance of [InstanceId, arn])
      expect((await describeIt(ContactId, instance)).Contact).toMatchObject({
        Id: ContactId,
        InitiationMethod: "WEBRTC_API",
      });
    await connect.send(new StopContactCommand({ InstanceId, ContactId }));
    expect((await describeIt(ContactId)).Contact?.DisconnectTimestamp).toBeInstanceOf(Date);
    expect((await fetch(`${laptop.url}/meetings/${ConnectionData?.Meeting?.MeetingId}`)).status).toBe(404);
    await expect(connect.send(new StopContactCommand({ InstanceId, ContactId }))).rejects.toMatchObject({
      name: "ContactNotFoundException",
      $metadata: { httpStatusCode: 410 },
    });
  });

  test("attributes are added to; together they keep to 32 KB", async () => {
    const { ContactId } = await start({ Attributes: { a: "1" } });
    const update = (Attributes: Record<string, string>) =>
      connect.send(
        new UpdateContactAttributesCommand({ InstanceId, InitialContactId: ContactId, Attributes }),
      );
    await update({ b: "x".repeat(20_000) });
    await expect(update({ c: "x".repeat(20_000) })).rejects.toMatchObject({
      name: "InvalidRequestException",
    });
    const contacts = (await (await fetch(`${laptop.url}/_laptop/contacts`)).json()) as object[];
    expect(contacts).toContainEqual(
      expect.objectContaining({ contactId: ContactId, attributes: { a: "1", b: expect.any(String) } }),
    );
    expect(JSON.stringify(contacts)).not.toMatch(/participantToken|JoinToken/);
  });

  test("an unknown contact is unknown", async () => {
    await expect(describeIt(randomUUID())).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("a fault for one operation leaves the others alone", async () => {
    const { ContactId } = await start();
    await laptop.fault({ service: "connect", operation: "DescribeContact", throttle: true });
    await expect(describeIt(ContactId)).rejects.toMatchObject({ name: "ThrottlingException" });
    await connect.send(new StopContactCommand({ InstanceId, ContactId }));
    await laptop.fault({ service: "connect", operation: "DescribeContact" });
    expect((await describeIt(ContactId)).Contact?.Id).toBe(ContactId);
  });
});

describe("an agent's desk", () => {
  const door = (step: string, bearer: string, body?: object) =>
    fetch(`${laptop.url}/_laptop/connect/agents${step}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${bearer}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  /** Whom the tests before this one left waiting. */
  async function stillThere(): Promise<Array<{ ContactId: string }>> {
    const contacts = (await (await fetch(`${laptop.url}/_laptop/contacts`)).json()) as Array<{
      contactId: string;
      disconnectedAt: number | null;
    }>;
    return contacts
      .filter(({ disconnectedAt }) => disconnectedAt === null)
      .map(({ contactId }) => ({ ContactId: contactId }));
  }

  /** Reads the events of a desk until one is as wanted. */
  async function until(stream: Response, wanted: (state: { contact: { phase: string } | null }) => boolean) {
    let text = "";
    for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
      const state = /data: (.*)\n\n$/.exec(text)?.[1];
      if (state && wanted(JSON.parse(state))) return JSON.parse(state);
    }
  }

  test("rings within 700 ms of the call, joins its meeting, and tells the vendor's client", async () => {
    for (const { ContactId } of await stillThere())
      await connect.send(new StopContactCommand({ InstanceId, ContactId }));
    const username = "jane@vouchsafe.test";
    const signedIn = await door("", secret, { username, name: "Dr. Jane", profile: "Visits" });
    const { agentId, token } = (await signedIn.json()) as { agentId: string; token: string };
    await door("/me/status", token, { status: "Available" });
    const events = await door("/me/events", token);

    const began = performance.now();
    const { ContactId, ConnectionData } = await start();
    const { contact } = await until(events, ({ contact }) => contact?.phase === "ringing");
    expect(performance.now() - began).toBeLessThan(700);
    expect(contact).toMatchObject({ contactId: ContactId, queue: "Visits", attributes: { visit_ref: "v1" } });

    const metrics = await connect.send(
      new GetContactMetricsCommand({ InstanceId, ContactId, Metrics: [{ Name: "POSITION_IN_QUEUE" }] }),
    );
    expect(metrics.MetricResults).toEqual([{ Name: "POSITION_IN_QUEUE", Value: { Number: 1 } }]);

    const accepted = await door("/me/accept", token, { contactId: ContactId });
    const { contact: taken } = (await accepted.json()) as {
      contact: { media: { attendee: { AttendeeId: string; JoinToken: string } } };
    };
    expect(taken.media.attendee.JoinToken).toBeTruthy();
    const { MeetingId } = ConnectionData?.Meeting ?? {};
    const attendee = await fetch(
      `${laptop.url}/meetings/${MeetingId}/attendees/${taken.media.attendee.AttendeeId}`,
    );
    expect(attendee.status).toBe(200);
    expect((await describeIt(ContactId)).Contact?.AgentInfo).toMatchObject({
      Id: agentId,
      ConnectedToAgentTimestamp: expect.any(Date),
    });
    const listed = await (await fetch(`${laptop.url}/_laptop/contacts`)).text();
    expect(listed).not.toContain(taken.media.attendee.JoinToken);

    const users = await connect.send(new ListUsersCommand({ InstanceId }));
    expect(users.UserSummaryList).toMatchObject([{ Id: agentId, Username: username }]);
    const named = (Value: string) =>
      connect.send(
        new SearchUsersCommand({
          InstanceId,
          SearchCriteria: {
            StringCondition: { FieldName: "Username", Value, ComparisonType: "EXACT" },
          },
        }),
      );
    expect((await named(username)).Users).toMatchObject([{ Id: agentId, Username: username }]);
    expect((await named("nobody")).Users).toEqual([]);
    const queues = await connect.send(new ListQueuesCommand({ InstanceId }));
    expect(queues.QueueSummaryList?.map(({ Name }) => Name)).toContain("Personal bankers");
    const attributes = await connect.send(
      new GetContactAttributesCommand({ InstanceId, InitialContactId: ContactId }),
    );
    expect(attributes.Attributes).toMatchObject({ visit_ref: "v1" });

    await door("/me/hang-up", token, { contactId: ContactId });
    expect((await describeIt(ContactId)).Contact?.DisconnectReason).toBe("AGENT_DISCONNECT");
    expect((await fetch(`${laptop.url}/meetings/${MeetingId}`)).status).toBe(404);
  });

  test("is nobody's without the secret", async () => {
    expect((await door("", "guess", { username: "eve", name: "Eve" })).status).toBe(401);
    const page = await fetch(`${laptop.url}/_laptop/connect/agents/me`, { headers: { origin: laptop.url } });
    expect(page.status).toBe(403);
  });
});

describe("a caller's keypad, from a page of any origin", () => {
  const send = (method: string, path: string, bearer: string, body?: object) =>
    fetch(laptop.url + path, {
      method,
      headers: { origin: "https://app.example", "x-amz-bearer": bearer, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  test("is let in by the participant's token alone", async () => {
    const asked = await send("OPTIONS", "/participant/message", "");
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);

    const { ParticipantToken = "" } = await start();
    const credentials = { Type: ["CONNECTION_CREDENTIALS"] };
    const connected = await send("POST", "/participant/connection", ParticipantToken, credentials);
    const { ConnectionCredentials } = (await connected.json()) as {
      ConnectionCredentials: { ConnectionToken: string };
    };
    const keys = { ContentType: "audio/dtmf", Content: "12#" };
    const sent = await send("POST", "/participant/message", ConnectionCredentials.ConnectionToken, keys);
    expect([sent.status, sent.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);

    for (const wrong of ["", "guess", ParticipantToken])
      expect((await send("POST", "/participant/message", wrong, keys)).status).toBe(403);
    const text = { ContentType: "text/plain", Content: "hello" };
    expect(
      (await send("POST", "/participant/message", ConnectionCredentials.ConnectionToken, text)).status,
    ).toBe(400);
    expect((await send("POST", "/contact/stop", "", {})).status).toBe(403);
  });

  test("hangs up", async () => {
    const { ContactId, ParticipantToken = "" } = await start();
    const connected = await send("POST", "/participant/connection", ParticipantToken, {
      Type: ["CONNECTION_CREDENTIALS"],
    });
    const { ConnectionCredentials } = (await connected.json()) as {
      ConnectionCredentials: { ConnectionToken: string };
    };
    await send("POST", "/participant/disconnect", ConnectionCredentials.ConnectionToken, {});
    expect((await describeIt(ContactId)).Contact?.DisconnectReason).toBe("CUSTOMER_DISCONNECT");
  });
});

describe("before anybody calls", () => {
  const HoursOfOperationId = "00000000-0000-4000-8000-0e0e00000001";
  const hoursOf = (more: object = {}) =>
    connect.send(
      new GetEffectiveHoursOfOperationsCommand({
        InstanceId,
        HoursOfOperationId,
        FromDate: "2026-11-22",
        ToDate: "2026-11-24",
        ...more,
      }),
    );
  const putHours = (hours: object) =>
    fetch(`${laptop.url}/_laptop/connect/hours`, { method: "PUT", body: JSON.stringify(hours) });

  test("the hours of each day are given by the clocks of their zone; a closed day has none", async () => {
    const slice = (Hours: number) => ({ Hours, Minutes: 0 });
    expect((await hoursOf()).EffectiveHoursOfOperationList?.[0]).toEqual({
      Date: "2026-11-22",
      OperationalHours: [{ Start: slice(0), End: slice(0) }],
    });
    const hours = { timeZone: "America/New_York", days: ["MONDAY"], from: "08:00", until: "20:00" };
    expect((await putHours(hours)).status).toBe(200);
    const { EffectiveHoursOfOperationList: days, TimeZone } = await hoursOf();
    expect(TimeZone).toBe("America/New_York");
    expect(days).toEqual([
      { Date: "2026-11-22", OperationalHours: [] },
      { Date: "2026-11-23", OperationalHours: [{ Start: slice(8), End: slice(20) }] },
      { Date: "2026-11-24", OperationalHours: [] },
    ]);
    expect((await putHours({ until: "07:00" })).status).toBe(400);
    expect(await (await fetch(`${laptop.url}/_laptop/connect/hours`)).json()).toEqual(hours);
  });

  test.each([
    ["other hours", { HoursOfOperationId: randomUUID() }, "ResourceNotFoundException"],
    ["another instance", { InstanceId: randomUUID() }, "ResourceNotFoundException"],
    ["no date", { FromDate: "Monday" }, "InvalidRequestException"],
    ["the wrong way round", { ToDate: "2026-11-21" }, "InvalidRequestException"],
  ])("%s: refused", async (_, wrong, name) => {
    await expect(hoursOf(wrong)).rejects.toMatchObject({ name });
  });

  const queue = "00000000-0000-4000-8000-9e0e00000001";
  const lineOf = (more: object = {}) =>
    connect.send(
      new GetCurrentMetricDataCommand({
        InstanceId,
        Filters: { Queues: [queue], Channels: ["VOICE"] },
        Groupings: ["QUEUE", "CHANNEL"],
        CurrentMetrics: [
          { Name: "AGENTS_STAFFED", Unit: "COUNT" },
          { Name: "CONTACTS_IN_QUEUE", Unit: "COUNT" },
          { Name: "ESTIMATED_WAIT_TIME", Unit: "SECONDS" },
        ],
        ...more,
      }),
    );

  test("nobody at the desk: no guess; somebody free: no wait", async () => {
    const { MetricResults } = await lineOf();
    expect(MetricResults?.[0]?.Dimensions).toEqual({
      Queue: { Id: queue, Arn: `${arn}/queue/${queue}` },
      Channel: "VOICE",
    });
    const valuesOf = async () =>
      (await lineOf()).MetricResults?.[0]?.Collections?.map(({ Value }) => Value ?? null);
    expect(await valuesOf()).toEqual([0, 0, null]);
    const signIn = await fetch(`${laptop.url}/_laptop/connect/agents`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify({ username: randomUUID(), name: "Sam", profile: "Support" }),
    });
    const { token } = (await signIn.json()) as { token: string };
    const setStatus = (status: string) =>
      fetch(`${laptop.url}/_laptop/connect/agents/me/status`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ status }),
      });
    await setStatus("Available");
    expect(await valuesOf()).toEqual([1, 0, 0]);
    await setStatus("Offline");
  });

  test.each([
    ["no grouping", { Groupings: undefined }, "InvalidRequestException"],
    [
      "an unknown queue",
      { Filters: { Queues: [randomUUID()], Channels: ["VOICE"] } },
      "ResourceNotFoundException",
    ],
    ["an unknown metric", { CurrentMetrics: [{ Name: "MOOD" }] }, "InvalidRequestException"],
  ])("%s: refused", async (_, wrong, name) => {
    await expect(lineOf(wrong)).rejects.toMatchObject({ name });
  });
});
