import fc from "fast-check";
import { expect, test } from "vitest";
import { route } from "./route";
import type { ApiRequest } from "./wire";

const call = (method: string, target: string, headers: Record<string, string> = {}): ApiRequest => {
  const [path = "/", query = ""] = target.split("?");
  return { method, path, query: new URLSearchParams(query), headers, body: new Uint8Array() };
};
const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

test.each([
  ["POST", "/", { "x-amz-target": "TrentService.Sign" }, "kms", "Sign"],
  ["POST", "/", { "x-amz-target": "PinpointSMSVoiceV2.SendTextMessage" }, "sms", "SendTextMessage"],
  ["POST", "/", { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" }, "cognito", "SignUp"],
  ["POST", "/v2/email/outbound-emails", signed("ses"), "ses", "SendEmail"],
  ["PUT", "/contact/webrtc", signed("connect"), "connect", "StartWebRTCContact"],
  ["GET", "/contacts/i/c", signed("connect"), "connect", "DescribeContact"],
  ["POST", "/metrics/current/i", signed("connect"), "connect", "GetCurrentMetricData"],
  [
    "GET",
    "/effective-hours-of-operations/i/h?fromDate=2026-11-23",
    signed("connect"),
    "connect",
    "GetEffectiveHoursOfOperations",
  ],
  ["POST", "/meetings", signed("chime"), "chime", "CreateMeeting"],
  ["POST", "/meetings?operation=create-attendees", signed("chime"), "chime", "CreateMeetingWithAttendees"],
  ["POST", "/meetings/m/attendees", signed("chime"), "chime", "CreateAttendee"],
  ["POST", "/meetings/m/attendees?operation=batch-create", signed("chime"), "chime", "BatchCreateAttendee"],
  ["PUT", "/meetings/m/attendees/a/capabilities", signed("chime"), "chime", "UpdateAttendeeCapabilities"],
  [
    "POST",
    "/meetings/m/transcription?operation=start",
    signed("chime"),
    "chime",
    "StartMeetingTranscription",
  ],
  ["POST", "/meetings/m/transcription?operation=stop", signed("chime"), "chime", "StopMeetingTranscription"],
  ["DELETE", "/meetings/m", {}, "chime", "DeleteMeeting"],
  ["POST", "/sip-media-applications/a/calls", signed("chime"), "voice", "CreateSipMediaApplicationCall"],
  ["POST", "/sip-media-applications/a/calls/t", signed("chime"), "voice", "UpdateSipMediaApplicationCall"],
  ["GET", "/sip-media-applications/a", {}, "voice", "GetSipMediaApplication"],
])("%s %s is for whom the client meant", (method, path, headers, service, operation) => {
  expect(route(call(method, path, headers as Record<string, string>))).toEqual({ service, operation });
});

test.each([
  ["GET", "/"],
  ["GET", "/_laptop/inbox"],
  ["GET", "/console/meetings"],
])("%s %s is no API's", (method, path) => {
  expect(route(call(method, path))).toBeNull();
});

test("a service's unknown path is refused by that service, not taken for a page", () => {
  expect(route(call("GET", "/v2/email/identities", signed("ses")))).toEqual({
    service: "ses",
    operation: null,
  });
});

test("no header and no path from outside makes it throw", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (method, path, target, authorization) => {
      route(call(method, `/${path}`, { "x-amz-target": target, authorization }));
    }),
    { numRuns: 10_000 },
  );
});
