import { readSipHeaders } from "./headers";

/** The parameters of each action, within the vendor's limits. @returns a sentence where they are not. */
type Parameters = Record<string, unknown>;

const numberPattern = /^\+[1-9]\d{1,14}$/;
const pauseMaxMs = 3_600_000;
const patternMax = 200;

/** @see https://docs.aws.amazon.com/chime-sdk/latest/dg/call-and-bridge.html */
export function readCallAndBridge(parameters: Parameters, voiceConnectorArn: string) {
  const { CallTimeoutSeconds: seconds = 30, CallerIdNumber: from, Endpoints: endpoints } = parameters;
  const endpoint = Array.isArray(endpoints) && endpoints.length === 1 ? (endpoints[0] as Parameters) : {};
  const { BridgeEndpointType: kind, Arn, Uri: to } = endpoint;
  // To an ordinary number no header travels.
  const headers = readSipHeaders(kind === "AWS" ? parameters.SipHeaders : undefined);
  if (typeof from !== "string" || !numberPattern.test(from)) return "CallerIdNumber is no E.164 number";
  if (typeof to !== "string" || !numberPattern.test(to)) return "Uri is no E.164 number";
  if (typeof seconds !== "number" || !(seconds >= 1 && seconds <= 120))
    return "CallTimeoutSeconds is 1 to 120";
  if (kind !== "AWS" && kind !== "PSTN") return "BridgeEndpointType is AWS or PSTN";
  if (kind === "AWS" && Arn !== voiceConnectorArn) return "There is no such Voice Connector";
  return typeof headers === "string" ? headers : { from, to, headers, timeoutMs: seconds * 1_000 };
}

export function readHangup({ SipResponseCode: code = "0" }: Parameters) {
  return ["0", "480", "486"].includes(String(code))
    ? { status: Number(code) }
    : "SipResponseCode is 0, 480 or 486";
}

export function readPause({ DurationInMilliseconds }: Parameters) {
  const durationMs = Number(DurationInMilliseconds);
  return durationMs > 0 && durationMs <= pauseMaxMs
    ? { durationMs }
    : `DurationInMilliseconds is 1 to ${pauseMaxMs}`;
}

export function readSendDigits({ Digits: digits, ToneDurationInMilliseconds: toneMs = 250 }: Parameters) {
  if (typeof digits !== "string" || !/^[0-9*#A-D]{1,50}$/.test(digits)) return "Digits takes 1 to 50 keys";
  if (typeof toneMs !== "number" || !(toneMs >= 50 && toneMs <= 500))
    return "ToneDurationInMilliseconds is 50 to 500";
  return { digits, toneMs };
}

export function readReceiveDigits(parameters: Parameters) {
  const betweenMs = Number(parameters.InBetweenDigitsDurationInMilliseconds ?? 3_000);
  const flushMs = Number(parameters.FlushDigitsDurationInMilliseconds ?? 10_000);
  const pattern = readPattern(parameters.InputDigitsRegex);
  if (!pattern) return "InputDigitsRegex is no regular expression";
  return betweenMs > 0 && flushMs > 0 ? { pattern, betweenMs, flushMs } : "Durations are milliseconds";
}

function readPattern(text: unknown): RegExp | null {
  try {
    return typeof text === "string" && text.length <= patternMax ? new RegExp(text) : null;
  } catch {
    return null;
  }
}
