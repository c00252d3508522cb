import { randomUUID } from "node:crypto";
import {
  ConnectClient,
  DescribeContactCommand,
  StartWebRTCContactCommand,
  StopContactCommand,
  UpdateContactAttributesCommand,
} from "@aws-sdk/client-connect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";

const InstanceId = "11111111-1111-4111-8111-111111111111";
const arn = `arn:aws:connect:us-east-1:000000000000:instance/${InstanceId}`;
const ContactFlowId = "22222222-2222-4222-8222-222222222222";

let laptop: TestLaptop;
let connect: ConnectClient;
beforeAll(async () => {
  laptop = await startTestLaptop();
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
