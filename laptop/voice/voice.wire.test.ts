import {
  ChimeSDKVoiceClient,
  CreateSipMediaApplicationCallCommand,
  GetSipMediaApplicationCommand,
  UpdateSipMediaApplicationCallCommand,
} from "@aws-sdk/client-chime-sdk-voice";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "../chime/testing/start-cloud";
import { ear, play } from "../chime/testing/tone";
import { startTestLaptop, type TestLaptop } from "../testing/start-test-laptop";
import type { ApiRequest } from "../wire";
import { startVoice } from "./index";
import { header } from "./sip/message";
import { ringing, startTelephone, type Telephone } from "./testing/telephone";

const applicationId = "44444444-4444-4444-8444-444444444444";
const voiceConnectorArn = "arn:aws:chime:us-east-1:000000000000:vc/laptopvoiceconnector";
const meetingNumber = "+17035550122";
const [us, desk] = ["+15550100200", "+15550100300"];

type Event = {
  Sequence: number;
  InvocationEventType: string;
  ActionData?: {
    Type: string;
    ErrorType?: string;
    ReceivedDigits?: string;
    Parameters: Record<string, unknown>;
  };
  CallDetails: {
    TransactionAttributes?: Record<string, string>;
    Participants: Array<{ ParticipantTag: string; CallId: string; Status: string }>;
  };
};
type Answer = { Actions?: object[]; TransactionAttributes?: Record<string, string> | null };

const open: Array<{ close(): void }> = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.stop());

const toDesk = (token = "a.signed.token", more: object = {}) => ({
  Type: "CallAndBridge",
  Parameters: {
    CallTimeoutSeconds: 5,
    CallerIdNumber: us,
    Endpoints: [{ BridgeEndpointType: "AWS", Arn: voiceConnectorArn, Uri: desk }],
    SipHeaders: { "X-Auth-Token": token },
    ...more,
  },
});
const hangUp = (ParticipantTag: string) => ({
  Type: "Hangup",
  Parameters: { SipResponseCode: "0", ParticipantTag },
});
/** As a function does that bridges: whoever hangs up, the other goes too. */
const bridging = (event: Event): Answer => {
  if (event.InvocationEventType === "CALL_ANSWERED") return { Actions: [toDesk()] };
  const ended = event.ActionData?.Parameters.ParticipantTag;
  if (event.InvocationEventType === "ACTION_FAILED") return { Actions: [hangUp("LEG-A")] };
  const others = event.CallDetails.Participants.filter(
    ({ Status, ParticipantTag }) => Status === "Connected" && ParticipantTag !== ended,
  );
  return event.InvocationEventType === "HANGUP"
    ? { Actions: others.map(({ ParticipantTag }) => hangUp(ParticipantTag)) }
    : {};
};

/** A customer in a meeting, a function, a telephone behind the trunk, and the call between them. */
async function begin(
  answer: (event: Event) => Answer | "broken" | "down",
  more: { phone?: Telephone | null; headers?: Record<string, string> } = {},
) {
  const phone = more.phone === undefined ? await startTelephone() : more.phone;
  const events: Event[] = [];
  const faults: object[] = [];
  const voice = await startVoice({
    settings: {
      applicationId,
      voiceConnectorArn,
      functionArn: "bridge",
      region: "us-east-1",
      host: "127.0.0.1",
      trunk: phone && { host: "127.0.0.1", port: phone.port, transport: "udp", login: null, ca: null },
    },
    openLine: cloud.chime.openLine,
    log: (line) => faults.push(line),
    async invoke(_, given) {
      const event = JSON.parse(JSON.stringify(given)) as Event;
      events.push(event);
      const said = answer(event);
      if (said === "down") return { ok: false, code: "TIMED_OUT", message: "No answer" };
      return {
        ok: true,
        payload: said === "broken" ? { Actions: "none" } : { SchemaVersion: "1.0", ...said },
      };
    },
  });
  open.push(voice, ...(phone ? [phone] : []));
  const id = `voice-${Math.random().toString(36).slice(2)}`;
  const meeting = await cloud.chime.createMeeting({ externalMeetingId: id, clientRequestToken: id });
  const customer = await cloud.chime.openLine(meeting.MeetingId, { externalUserId: "customer" });
  const seat = await cloud.chime.createAttendee(meeting.MeetingId, "telephone");
  const call = (operation: string, path: string, body: object) =>
    JSON.parse(
      String(
        voice.handle(operation, {
          method: "POST",
          path: `/sip-media-applications/${applicationId}/calls${path}`,
          query: new URLSearchParams(),
          headers: {},
          body: Buffer.from(JSON.stringify(body)),
        } satisfies ApiRequest).body,
      ),
    ) as { SipMediaApplicationCall?: { TransactionId: string } };
  const made = call("CreateSipMediaApplicationCall", "", {
    FromPhoneNumber: us,
    ToPhoneNumber: meetingNumber,
    SipHeaders: more.headers ?? {
      "X-chime-meeting-id": meeting.MeetingId,
      "X-chime-join-token": seat.JoinToken,
    },
    ArgumentsMap: { meetingId: meeting.MeetingId },
  });
  const types = () => events.map(({ InvocationEventType }) => InvocationEventType);
  return {
    phone: phone as Telephone,
    events,
    faults,
    customer,
    heard: ear((hear) => customer.onSound(hear)),
    meetingId: meeting.MeetingId,
    types,
    told: (type: string) => expect.poll(types, { interval: 5, timeout: 3_000 }).toContain(type),
    over: () => expect.poll(() => voice.calls(), { interval: 5 }).toEqual([]),
    update: (Arguments: Record<string, string>) =>
      call("UpdateSipMediaApplicationCall", `/${made.SipMediaApplicationCall?.TransactionId}`, { Arguments }),
  };
}
const hears = (listener: { share(hz: number): number }, hz: number) =>
  expect.poll(() => listener.share(hz), { interval: 10, timeout: 3_000 }).toBeGreaterThan(0.8);

describe("a call from a meeting to a telephone", () => {
  test("rings with the token, carries sound both ways, and is over everywhere when the telephone hangs up", async () => {
    const { phone, customer, heard, events, types, told, over } = await begin(bridging);
    await told("ACTION_SUCCESSFUL");
    expect(header(phone.got("INVITE")[0]!, "x-auth-token")).toBe("a.signed.token");
    const stop = [play(440, customer.write), phone.speak(1000)];
    await hears(phone, 440);
    await hears(heard, 1000);
    for (const end of stop) end();
    phone.ask("BYE");
    await over();
    expect(types()).toEqual([
      "NEW_OUTBOUND_CALL",
      "RINGING",
      "CALL_ANSWERED",
      "ACTION_SUCCESSFUL",
      "HANGUP",
      "HANGUP",
    ]);
    expect(events.map(({ Sequence }) => Sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(events[0]?.ActionData?.Parameters).toMatchObject({ Arguments: { meetingId: expect.any(String) } });
    expect(events.at(-1)?.CallDetails.Participants.map(({ Status }) => Status)).toEqual([
      "Disconnected",
      "Disconnected",
    ]);
  });

  test("the meeting's end hangs up on the telephone within a second", async () => {
    const { phone, meetingId, told, over } = await begin(bridging);
    await told("ACTION_SUCCESSFUL");
    cloud.chime.endMeeting(meetingId);
    await expect.poll(() => phone.got("BYE").length, { interval: 5, timeout: 1_000 }).toBe(1);
    await over();
  });

  test("the meeting ends while the telephone rings: the ringing stops", async () => {
    const phone = await startTelephone({ behave: ringing });
    const { meetingId, over } = await begin(bridging, { phone });
    await expect.poll(() => phone.got("INVITE").length, { interval: 5 }).toBe(1);
    cloud.chime.endMeeting(meetingId);
    await expect.poll(() => phone.got("CANCEL").length, { interval: 5 }).toBe(1);
    await over();
  });

  test.each([486, 503])(
    "the telephone says %i: the function is told why, and ends the call",
    async (status) => {
      const phone = await startTelephone({
        behave: (it, request) => request.method === "INVITE" && it.answer(request, status),
      });
      const { events, told, over } = await begin(bridging, { phone });
      await told("ACTION_FAILED");
      await over();
      const failed = events.find(({ InvocationEventType }) => InvocationEventType === "ACTION_FAILED");
      expect(failed?.ActionData).toMatchObject({ Type: "CallAndBridge", ErrorType: "CallNotAnswered" });
    },
  );

  test("keys: told by an update and pressed at the telephone; pressed there and told to the function", async () => {
    const { phone, events, told, update } = await begin((event) => {
      if (event.InvocationEventType === "CALL_ANSWERED") return { Actions: [toDesk()] };
      if (event.InvocationEventType === "ACTION_SUCCESSFUL" && event.ActionData?.Type === "CallAndBridge")
        return {
          Actions: [
            {
              Type: "ReceiveDigits",
              Parameters: { ParticipantTag: "LEG-B", InputDigitsRegex: "^[0-9]{2}#$" },
            },
          ],
        };
      if (event.InvocationEventType !== "CALL_UPDATE_REQUESTED") return {};
      const { keys } = (event.ActionData?.Parameters.Arguments ?? {}) as { keys?: string };
      return {
        Actions: [
          {
            Type: "SendDigits",
            Parameters: { ParticipantTag: "LEG-B", Digits: keys, ToneDurationInMilliseconds: 60 },
          },
        ],
      };
    });
    await expect.poll(() => events.at(-1)?.ActionData?.Type, { timeout: 3_000 }).toBe("ReceiveDigits");
    update({ keys: "42#" });
    await expect.poll(() => phone.keys.join(""), { timeout: 3_000 }).toBe("42#");
    phone.media.sendKeys("17#", 60, () => {});
    await told("DIGITS_RECEIVED");
    expect(events.at(-1)?.ActionData?.ReceivedDigits).toBe("17#");
  });
});

describe("a function that misbehaves", () => {
  test.each(["broken", "down"] as const)(
    "%s at the answer: told once more, then everybody is hung up on",
    async (how) => {
      const { types, over, faults } = await begin((event) =>
        event.InvocationEventType === "RINGING" || event.InvocationEventType === "NEW_OUTBOUND_CALL"
          ? {}
          : how,
      );
      await over();
      expect(types()).toEqual(["NEW_OUTBOUND_CALL", "RINGING", "CALL_ANSWERED", "INVALID_LAMBDA_RESPONSE"]);
      expect(faults).toHaveLength(1);
    },
  );

  test("what it answers to NEW_OUTBOUND_CALL and RINGING is not done, only its attributes are kept", async () => {
    const { types, told, events } = await begin((event) => ({
      Actions: ["NEW_OUTBOUND_CALL", "RINGING"].includes(event.InvocationEventType) ? [hangUp("LEG-A")] : [],
      TransactionAttributes: { seen: event.InvocationEventType },
    }));
    await told("CALL_ANSWERED");
    expect(types()).not.toContain("HANGUP");
    expect(events.map(({ CallDetails }) => CallDetails.TransactionAttributes?.seen)).toEqual([
      undefined,
      "NEW_OUTBOUND_CALL",
      "RINGING",
    ]);
  });

  test.each([
    [
      "another Voice Connector",
      { Endpoints: [{ BridgeEndpointType: "AWS", Arn: "arn:elsewhere", Uri: desk }] },
    ],
    ["a reserved header", { SipHeaders: { "X-AMZN-Trace": "x" } }],
    ["a header of SIP's own", { SipHeaders: { Via: "SIP/2.0/UDP evil" } }],
    ["a line end in a header", { SipHeaders: { "X-Auth-Token": "t\r\nX-Auth-Token: forged" } }],
    ["no number", { Endpoints: [{ BridgeEndpointType: "AWS", Arn: voiceConnectorArn, Uri: "sip:evil@x" }] }],
    ["a time of an hour", { CallTimeoutSeconds: 3_600 }],
  ])("%s: the action fails, and no telephone rings", async (_, wrong) => {
    const { phone, events, told } = await begin((event) => ({
      Actions: event.InvocationEventType === "CALL_ANSWERED" ? [toDesk("t", wrong)] : [],
    }));
    await told("ACTION_FAILED");
    expect(events.at(-1)?.ActionData?.ErrorType).toBe("InvalidActionParameter");
    expect(phone.got("INVITE")).toEqual([]);
  });

  test("without a trunk the bridge fails, and says so", async () => {
    const { events, over } = await begin(bridging, { phone: null });
    await over();
    expect(JSON.stringify(events)).toContain("There is no trunk");
  });

  test("a join token that is none joins nothing: the call is over, nobody is dialled", async () => {
    const { phone, types, over } = await begin(bridging, {
      headers: { "X-chime-meeting-id": "m", "X-chime-join-token": "forged.token" },
    });
    await over();
    expect(types()).toEqual(["NEW_OUTBOUND_CALL", "RINGING", "HANGUP"]);
    expect(phone.got("INVITE")).toEqual([]);
  });
});

describe("the API, by the vendor's own client", () => {
  let laptop: TestLaptop;
  let client: ChimeSDKVoiceClient;
  beforeAll(async () => {
    laptop = await startTestLaptop();
    client = new ChimeSDKVoiceClient(laptop.client);
  });
  afterAll(async () => {
    client.destroy();
    await laptop.stop();
  });
  const create = (more: object = {}) =>
    client.send(
      new CreateSipMediaApplicationCallCommand({
        SipMediaApplicationId: applicationId,
        FromPhoneNumber: us,
        ToPhoneNumber: meetingNumber,
        ...more,
      }),
    );

  test("a call has a transaction, and the application its function", async () => {
    const { SipMediaApplicationCall, $metadata } = await create();
    expect($metadata.httpStatusCode).toBe(201);
    expect(SipMediaApplicationCall?.TransactionId).toMatch(/^[0-9a-f-]{36}$/);
    const command = new GetSipMediaApplicationCommand({ SipMediaApplicationId: applicationId });
    expect((await client.send(command)).SipMediaApplication?.Endpoints).toHaveLength(1);
    await expect.poll(async () => (await fetch(`${laptop.url}/_laptop/calls`)).json()).toEqual([]); // no such meeting, so it is over
  });

  test.each([
    ["another application", { SipMediaApplicationId: "other" }, "NotFoundException"],
    ["a name for a number", { ToPhoneNumber: "desk" }, "BadRequestException"],
    ["a header that may not be set", { SipHeaders: { From: "x" } }, "BadRequestException"],
    [
      "too many arguments",
      { ArgumentsMap: Object.fromEntries([...Array(21)].map((_, i) => [i, ""])) },
      "BadRequestException",
    ],
  ])("%s: refused", async (_, wrong, name) => {
    await expect(create(wrong)).rejects.toMatchObject({ name });
  });

  test("an update of a call that is not there is told so; a throttle is the vendor's", async () => {
    const update = () =>
      client.send(
        new UpdateSipMediaApplicationCallCommand({
          SipMediaApplicationId: applicationId,
          TransactionId: "none",
          Arguments: {},
        }),
      );
    await expect(update()).rejects.toMatchObject({ name: "NotFoundException" });
    await laptop.fault({ service: "voice", throttle: true });
    await expect(update()).rejects.toMatchObject({ name: "ThrottledClientException" });
    await laptop.fault({ service: "voice" });
  });
});
