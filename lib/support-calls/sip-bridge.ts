/**
 * Route `sip`: what a SIP media application's function answers to each event. Pure, so that every path is walked by a test.
 *
 * The customer's leg joins the meeting; once it is answered, the contact centre is rung through the Voice Connector, with the signed caller
 * context in `X-Auth-Token`. Whoever hangs up takes the other along, and the meeting.
 *
 * @see seed 0, step 3; https://docs.aws.amazon.com/chime-sdk/latest/dg/pstn-invocations.html
 */

/** The arguments of `CreateSipMediaApplicationCall`. Our own web process writes them, nobody else may call that API. */
const bridgeArguments = ["meetingId", "voiceConnectorArn", "toNumber", "callerId", "callerContext"] as const;
type Arguments = Record<(typeof bridgeArguments)[number], string>;

/** The vendor's event, as far as we read it: anything in it may be missing. */
export type SipEvent = {
  InvocationEventType?: unknown;
  ActionData?: { Type?: unknown; Parameters?: Record<string, unknown> | null } | null;
  CallDetails?: {
    TransactionAttributes?: Record<string, unknown> | null;
    Participants?: Array<{ ParticipantTag?: unknown; Status?: unknown }> | null;
  } | null;
};
type Action = { Type: string; Parameters: Record<string, unknown> };
export type SipAnswer = {
  SchemaVersion: "1.0";
  Actions: Action[];
  TransactionAttributes: Record<string, string>;
};
/** `endMeetingId`: this meeting is to be ended as well. */
export type BridgeStep = { answer: SipAnswer; endMeetingId: string | null };

/** A queue answers at once; who does not in this time will not. */
const ringSeconds = 30;
const toneMs = 100;
const legs = ["LEG-A", "LEG-B"] as const;

export function bridgeCall(event: SipEvent): BridgeStep {
  const attributes = textsIn(event?.CallDetails?.TransactionAttributes);
  const step = (Actions: Action[], kept = attributes): BridgeStep => ({
    answer: { SchemaVersion: "1.0", Actions, TransactionAttributes: kept },
    endMeetingId: null,
  });
  const goodbye = (): BridgeStep => ({
    ...step(hangUps(event)),
    endMeetingId: attributes.meetingId || null,
  });

  switch (event?.InvocationEventType) {
    case "NEW_OUTBOUND_CALL":
      return step([], readArguments(argumentsIn(event)) ?? {});
    case "CALL_ANSWERED": {
      const found = readArguments(attributes);
      return found ? step([ringContactCentre(found)]) : goodbye();
    }
    case "ACTION_SUCCESSFUL": {
      // It has arrived: the token need not lie about any longer.
      const { callerContext: _, ...rest } = attributes;
      return step([], event.ActionData?.Type === "CallAndBridge" ? rest : attributes);
    }
    case "CALL_UPDATE_REQUESTED": {
      const { hangUp, keys = "" } = textsIn(argumentsIn(event));
      if (hangUp === "yes") return goodbye();
      return step(/^[0-9*#]{1,50}$/.test(keys) ? [press(keys)] : []);
    }
    case "ACTION_FAILED":
      return event.ActionData?.Type === "SendDigits" ? step([]) : goodbye();
    case "HANGUP":
    case "INVALID_LAMBDA_RESPONSE":
      return goodbye();
    default:
      return step([]);
  }
}

const argumentsIn = (event: SipEvent) =>
  event.ActionData?.Parameters?.Arguments as Record<string, unknown> | null | undefined;

function textsIn(record: Record<string, unknown> | null | undefined): Record<string, string> {
  const texts = Object.entries(record ?? {}).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts) as Record<string, string>;
}

function readArguments(given: Record<string, unknown> | null | undefined): Arguments | null {
  const texts = textsIn(given);
  if (bridgeArguments.some((name) => !texts[name])) return null;
  return Object.fromEntries(bridgeArguments.map((name) => [name, texts[name]])) as Arguments;
}

const ringContactCentre = ({ voiceConnectorArn, toNumber, callerId, callerContext }: Arguments): Action => ({
  Type: "CallAndBridge",
  Parameters: {
    CallTimeoutSeconds: ringSeconds,
    CallerIdNumber: callerId,
    Endpoints: [{ BridgeEndpointType: "AWS", Arn: voiceConnectorArn, Uri: toNumber }],
    SipHeaders: { "X-Auth-Token": callerContext },
  },
});

const press = (keys: string): Action => ({
  Type: "SendDigits",
  Parameters: { ParticipantTag: "LEG-B", Digits: keys, ToneDurationInMilliseconds: toneMs },
});

/** Whoever is still there. */
function hangUps(event: SipEvent): Action[] {
  const there = (tag: string) =>
    (event.CallDetails?.Participants ?? []).some(
      ({ ParticipantTag, Status }) => ParticipantTag === tag && Status !== "Disconnected",
    );
  return legs
    .filter(there)
    .map((tag) => ({ Type: "Hangup", Parameters: { ParticipantTag: tag, SipResponseCode: "0" } }));
}
