import {
  BatchCreateAttendeeCommand,
  BatchUpdateAttendeeCapabilitiesExceptCommand,
  CreateAttendeeCommand,
  CreateMeetingCommand,
  type CreateMeetingCommandInput,
  CreateMeetingWithAttendeesCommand,
  DeleteAttendeeCommand,
  DeleteMeetingCommand,
  GetAttendeeCommand,
  GetMeetingCommand,
  ListAttendeesCommand,
  UpdateAttendeeCapabilitiesCommand,
} from "@aws-sdk/client-chime-sdk-meetings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "../testing/start-cloud";
import { everything } from "./capabilities";

let cloud: Cloud;
const nowMs = Date.parse("2026-11-21T09:00:00Z");
beforeAll(async () => {
  cloud = await startCloud({ clock: () => nowMs });
});
afterAll(() => cloud.stop());

let count = 0;
const request = (more: Partial<CreateMeetingCommandInput> = {}): CreateMeetingCommandInput => ({
  ClientRequestToken: `token-${++count}`,
  ExternalMeetingId: "a visit",
  MediaRegion: "us-east-1",
  ...more,
});
const create = async (more: Partial<CreateMeetingCommandInput> = {}) =>
  (await cloud.sdk.send(new CreateMeetingCommand(request(more)))).Meeting!;
const addAttendee = async (MeetingId: string, ExternalUserId = "somebody") =>
  (await cloud.sdk.send(new CreateAttendeeCommand({ MeetingId, ExternalUserId }))).Attendee!;
const refused = (name: string, status: number) =>
  expect.objectContaining({
    name,
    Code: expect.any(String),
    $metadata: expect.objectContaining({ httpStatusCode: status }),
  });

describe("meetings", () => {
  test("one that was made can be fetched, with all that a second joiner needs", async () => {
    const meeting = await create({ MeetingFeatures: { Attendee: { MaxCount: 6 } } });
    expect(meeting.MediaPlacement?.SignalingUrl).toBe(
      `${cloud.url.replace("http", "ws")}/control/${meeting.MeetingId}`,
    );
    expect(meeting.MediaPlacement?.AudioHostUrl).toBeTruthy();
    const { Meeting } = await cloud.sdk.send(new GetMeetingCommand({ MeetingId: meeting.MeetingId }));
    expect(Meeting).toEqual(meeting);
    expect(Meeting?.MeetingFeatures?.Attendee?.MaxCount).toBe(6);
  });

  test("the same token makes one meeting, however often; with another request it is refused", async () => {
    const same = request();
    const [first, second] = await Promise.all(
      [same, same].map((input) => cloud.sdk.send(new CreateMeetingCommand(input))),
    );
    expect(second?.Meeting).toEqual(first?.Meeting);
    await expect(
      cloud.sdk.send(new CreateMeetingCommand({ ...same, ExternalMeetingId: "another visit" })),
    ).rejects.toEqual(refused("ConflictException", 409));
  });

  test.each([
    ["a token of one letter", { ClientRequestToken: "x" }],
    ["a token of 65", { ClientRequestToken: "x".repeat(65) }],
    ["no id of ours (seed 2's 500)", { ExternalMeetingId: undefined }],
    ["an id of one letter", { ExternalMeetingId: "x" }],
    ["a reserved id", { ExternalMeetingId: "AWS:mine" }],
    ["an unknown Region", { MediaRegion: "mars-north-1" }],
    ["no room for anybody", { MeetingFeatures: { Attendee: { MaxCount: 0 } } }],
    ["too many people", { MeetingFeatures: { Attendee: { MaxCount: 251 } } }],
    [
      "too many people for FHD",
      { MeetingFeatures: { Video: { MaxResolution: "FHD" as const }, Attendee: { MaxCount: 26 } } },
    ],
    ["an unknown resolution", { MeetingFeatures: { Video: { MaxResolution: "8K" as never } } }],
  ])("%s is a bad request", async (_what, wrong) => {
    await expect(create(wrong)).rejects.toEqual(refused("BadRequestException", 400));
  });

  test("one that was deleted is gone, and deleting it again says so", async () => {
    const { MeetingId } = await create();
    await cloud.sdk.send(new DeleteMeetingCommand({ MeetingId }));
    for (const command of [new GetMeetingCommand({ MeetingId }), new DeleteMeetingCommand({ MeetingId })])
      await expect(cloud.sdk.send(command as GetMeetingCommand)).rejects.toEqual(
        refused("NotFoundException", 404),
      );
    await expect(addAttendee(MeetingId!)).rejects.toEqual(refused("NotFoundException", 404));
  });

  test("one comes with its attendees where asked", async () => {
    const made = await cloud.sdk.send(
      new CreateMeetingWithAttendeesCommand({
        ...request(),
        Attendees: [{ ExternalUserId: "aa" }, { ExternalUserId: "bb" }],
      }),
    );
    expect(made.Attendees?.map(({ ExternalUserId }) => ExternalUserId)).toEqual(["aa", "bb"]);
  });
});

describe("attendees", () => {
  test("one gets a token, keeps it, and may do everything unless said otherwise", async () => {
    const { MeetingId } = await create();
    const attendee = await addAttendee(MeetingId!);
    expect(attendee.Capabilities).toEqual(everything);
    expect(attendee.JoinToken).toMatch(/^[\w.-]+$/);
    const again = await cloud.sdk.send(
      new GetAttendeeCommand({ MeetingId, AttendeeId: attendee.AttendeeId }),
    );
    expect(again.Attendee).toEqual(attendee);
  });

  test("of a batch each succeeds or fails by itself", async () => {
    const { MeetingId } = await create();
    const made = await cloud.sdk.send(
      new BatchCreateAttendeeCommand({
        MeetingId,
        Attendees: [{ ExternalUserId: "good" }, { ExternalUserId: "x" }],
      }),
    );
    expect(made.Attendees).toHaveLength(1);
    expect(made.Errors).toEqual([
      { ExternalUserId: "x", ErrorCode: "BadRequest", ErrorMessage: expect.any(String) },
    ]);
  });

  test("a long list comes in pages that lose nobody", async () => {
    const { MeetingId } = await create();
    for (const name of ["a1", "b2", "c3", "d4", "e5"]) await addAttendee(MeetingId!, name);
    const seen: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloud.sdk.send(new ListAttendeesCommand({ MeetingId, MaxResults: 2, NextToken }));
      seen.push(...(page.Attendees ?? []).map(({ ExternalUserId }) => ExternalUserId ?? ""));
      NextToken = page.NextToken;
    } while (NextToken);
    expect(seen).toEqual(["a1", "b2", "c3", "d4", "e5"]);
    await expect(cloud.sdk.send(new ListAttendeesCommand({ MeetingId, MaxResults: 101 }))).rejects.toEqual(
      refused("BadRequestException", 400),
    );
  });

  test("rights change for one, or for all but some", async () => {
    const { MeetingId } = await create();
    const [one, other] = [await addAttendee(MeetingId!), await addAttendee(MeetingId!)];
    const waiting = { Audio: "None", Video: "None", Content: "None" } as const;
    const { Attendee } = await cloud.sdk.send(
      new UpdateAttendeeCapabilitiesCommand({ MeetingId, AttendeeId: one.AttendeeId, Capabilities: waiting }),
    );
    expect(Attendee?.Capabilities).toEqual(waiting);
    const listening = { Audio: "Receive", Video: "Receive", Content: "Receive" } as const;
    await cloud.sdk.send(
      new BatchUpdateAttendeeCapabilitiesExceptCommand({
        MeetingId,
        ExcludedAttendeeIds: [{ AttendeeId: one.AttendeeId }],
        Capabilities: listening,
      }),
    );
    const { Attendees } = await cloud.sdk.send(new ListAttendeesCommand({ MeetingId }));
    expect(Attendees?.find(({ AttendeeId }) => AttendeeId === one.AttendeeId)?.Capabilities).toEqual(waiting);
    expect(Attendees?.find(({ AttendeeId }) => AttendeeId === other.AttendeeId)?.Capabilities).toEqual(
      listening,
    );
  });

  test("rights that contradict each other, or the meeting, are a bad request", async () => {
    const { MeetingId } = await create({ MeetingFeatures: { Video: { MaxResolution: "None" } } });
    const attendee = await addAttendee(MeetingId!);
    expect(attendee.Capabilities).toEqual({ ...everything, Video: "Receive" });
    for (const Capabilities of [
      everything,
      { Audio: "Send", Video: "None", Content: "Receive" },
      { Audio: "Send", Video: "None" },
      { Audio: "Loud", Video: "None", Content: "None" },
    ])
      await expect(
        cloud.sdk.send(
          new UpdateAttendeeCapabilitiesCommand({
            MeetingId,
            AttendeeId: attendee.AttendeeId,
            Capabilities: Capabilities as typeof everything,
          }),
        ),
      ).rejects.toEqual(refused("BadRequestException", 400));
  });

  test("one that was removed does not exist", async () => {
    const { MeetingId } = await create();
    const { AttendeeId } = await addAttendee(MeetingId!);
    await cloud.sdk.send(new DeleteAttendeeCommand({ MeetingId, AttendeeId }));
    await expect(cloud.sdk.send(new GetAttendeeCommand({ MeetingId, AttendeeId }))).rejects.toEqual(
      refused("NotFoundException", 404),
    );
  });
});

test("everything is still there after a restart, and what had ended has ended", async () => {
  const kept = await create();
  const attendee = await addAttendee(kept.MeetingId!);
  const ended = await create();
  await cloud.sdk.send(new DeleteMeetingCommand({ MeetingId: ended.MeetingId }));
  const { port } = cloud;
  await cloud.stop();
  cloud = await startCloud({ clock: () => nowMs, load: cloud.saved(), port });
  expect(
    (await cloud.sdk.send(new GetMeetingCommand({ MeetingId: kept.MeetingId }))).Meeting?.ExternalMeetingId,
  ).toBe("a visit");
  const again = await cloud.sdk.send(
    new GetAttendeeCommand({ MeetingId: kept.MeetingId, AttendeeId: attendee.AttendeeId }),
  );
  expect(again.Attendee?.JoinToken).toBe(attendee.JoinToken);
  await expect(cloud.sdk.send(new GetMeetingCommand({ MeetingId: ended.MeetingId }))).rejects.toThrow();
});

test("services in this process make meetings as the API does", async () => {
  const ask = { externalMeetingId: "contact", clientRequestToken: "contact-1" };
  const meeting = await cloud.chime.createMeeting(ask);
  expect((await cloud.chime.createMeeting(ask)).MeetingId).toBe(meeting.MeetingId);
  const attendee = await cloud.chime.createAttendee(meeting.MeetingId, "customer");
  expect(attendee).toMatchObject({ ExternalUserId: "customer", Capabilities: everything });
  cloud.chime.endMeeting(meeting.MeetingId);
  cloud.chime.endMeeting(meeting.MeetingId);
  expect(cloud.chime.snapshot().meetings.map(({ id }) => id)).not.toContain(meeting.MeetingId);
});

test("no operation that the laptop lacks pretends to work", async () => {
  const answer = await fetch(`${cloud.url}/tags?operation=tag-resource`, { method: "POST" });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("x-amzn-errortype")).toBe("UnknownOperationException");
});
