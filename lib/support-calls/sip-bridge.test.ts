import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bridgeCall, type SipEvent } from "./sip-bridge";

const args = {
  meetingId: "7a0b5c1e-0000-4000-8000-000000000001",
  voiceConnectorArn: "arn:aws:chime:us-east-1:000000000000:vc/abc",
  toNumber: "+15550100300",
  callerId: "+15550100200",
  callerContext: "signed.caller.context",
};
const participant = (ParticipantTag: string, Status = "Connected") => ({
  CallId: `call-${ParticipantTag}`,
  ParticipantTag,
  To: args.toNumber,
  From: args.callerId,
  Direction: "Outbound",
  StartTimeInMilliseconds: "1763820000000",
  Status,
});
/** As the vendor documents it. */
const event = (
  InvocationEventType: string,
  more: Partial<SipEvent> & { participants?: object[]; attributes?: Record<string, string> | null } = {},
): SipEvent => {
  const { participants = [participant("LEG-A")], attributes = args, ...rest } = more;
  return {
    SchemaVersion: "1.0",
    Sequence: 1,
    InvocationEventType,
    CallDetails: {
      TransactionId: "t",
      AwsAccountId: "000000000000",
      AwsRegion: "us-east-1",
      SipMediaApplicationId: "a",
      Participants: participants,
      ...(attributes ? { TransactionAttributes: attributes } : {}),
    },
    ...rest,
  } as SipEvent;
};
const action = (Type: string, Parameters: Record<string, unknown> = {}) => ({
  ActionData: { Type, Parameters },
});
const hungUp = (...tags: string[]) =>
  tags.map((ParticipantTag) => ({ Type: "Hangup", Parameters: { ParticipantTag, SipResponseCode: "0" } }));

describe("from a meeting to the contact centre", () => {
  test("what the web process said is kept until the leg is answered, and then the contact centre is rung with the token", () => {
    const created = bridgeCall(
      event("NEW_OUTBOUND_CALL", {
        attributes: null,
        ...action("CreateSipMediaApplicationCall", { Arguments: { ...args, more: "unasked" } }),
      }),
    );
    expect(created.answer).toEqual({ SchemaVersion: "1.0", Actions: [], TransactionAttributes: args });
    const { Actions } = bridgeCall(event("CALL_ANSWERED")).answer;
    expect(Actions).toEqual([
      {
        Type: "CallAndBridge",
        Parameters: {
          CallTimeoutSeconds: 30,
          CallerIdNumber: args.callerId,
          Endpoints: [{ BridgeEndpointType: "AWS", Arn: args.voiceConnectorArn, Uri: args.toNumber }],
          SipHeaders: { "X-Auth-Token": args.callerContext },
        },
      },
    ]);
  });

  test("once it was handed over, the token is forgotten; the meeting is not", () => {
    const { answer } = bridgeCall(event("ACTION_SUCCESSFUL", action("CallAndBridge")));
    expect(JSON.stringify(answer)).not.toContain(args.callerContext);
    expect(answer.TransactionAttributes.meetingId).toBe(args.meetingId);
  });

  test("ringing asks for nothing", () => {
    expect(bridgeCall(event("RINGING")).answer.Actions).toEqual([]);
  });

  test("keys are pressed at the contact centre's leg; what are no keys is not", () => {
    const keys = (text: string) =>
      bridgeCall(event("CALL_UPDATE_REQUESTED", action("CallUpdateRequest", { Arguments: { keys: text } })))
        .answer.Actions;
    expect(keys("12#")).toEqual([
      {
        Type: "SendDigits",
        Parameters: { ParticipantTag: "LEG-B", Digits: "12#", ToneDurationInMilliseconds: 100 },
      },
    ]);
    for (const none of ["", "x", "1".repeat(51), "1;2"]) expect(keys(none)).toEqual([]);
  });
});

describe("the end", () => {
  const both = [participant("LEG-A"), participant("LEG-B")];
  test.each([
    [
      "the contact centre hangs up",
      "HANGUP",
      [participant("LEG-A"), participant("LEG-B", "Disconnected")],
      ["LEG-A"],
    ],
    [
      "the customer leaves",
      "HANGUP",
      [participant("LEG-A", "Disconnected"), participant("LEG-B")],
      ["LEG-B"],
    ],
    [
      "the last one is gone",
      "HANGUP",
      [participant("LEG-A", "Disconnected"), participant("LEG-B", "Disconnected")],
      [],
    ],
    ["what we answered was nonsense", "INVALID_LAMBDA_RESPONSE", both, ["LEG-A", "LEG-B"]],
  ])("%s: the other goes too, and the meeting", (_, type, participants, tags) => {
    const { answer, endMeetingId } = bridgeCall(event(type, { participants }));
    expect(answer.Actions).toEqual(hungUp(...tags));
    expect(endMeetingId).toBe(args.meetingId);
  });

  test("the contact centre is busy, or away: the customer is not left alone in a meeting", () => {
    const { answer, endMeetingId } = bridgeCall(event("ACTION_FAILED", action("CallAndBridge")));
    expect(answer.Actions).toEqual(hungUp("LEG-A"));
    expect(endMeetingId).toBe(args.meetingId);
  });

  test("a key that could not be pressed ends nothing", () => {
    const { answer, endMeetingId } = bridgeCall(
      event("ACTION_FAILED", { participants: both, ...action("SendDigits") }),
    );
    expect([answer.Actions, endMeetingId]).toEqual([[], null]);
  });

  test("asked to by the web process", () => {
    const asked = action("CallUpdateRequest", { Arguments: { hangUp: "yes" } });
    const { answer, endMeetingId } = bridgeCall(
      event("CALL_UPDATE_REQUESTED", { participants: both, ...asked }),
    );
    expect(answer.Actions).toEqual(hungUp("LEG-A", "LEG-B"));
    expect(endMeetingId).toBe(args.meetingId);
  });

  test.each(Object.keys(args))("without its %s nobody is rung, and nobody waits", (name) => {
    const attributes = Object.fromEntries(Object.entries(args).filter(([known]) => known !== name));
    expect(bridgeCall(event("CALL_ANSWERED", { attributes })).answer.Actions).toEqual(hungUp("LEG-A"));
  });
});

test("whatever comes is answered within the vendor's shape", () => {
  fc.assert(
    fc.property(
      fc.record({
        InvocationEventType: fc.anything(),
        CallDetails: fc.constant(null),
        ActionData: fc.constant(null),
      }),
      (odd) => {
        expect(bridgeCall(odd).answer).toEqual({
          SchemaVersion: "1.0",
          Actions: [],
          TransactionAttributes: {},
        });
      },
    ),
  );
  expect(bridgeCall(event("HANGUP", { attributes: null })).endMeetingId).toBeNull();
});
