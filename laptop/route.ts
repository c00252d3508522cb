import type { Service } from "./faults";
import { s3Operation } from "./s3/address";
import type { ApiRequest } from "./wire";

/** Which service a call is for, and its operation by the vendor's name; null where it is none that we know. */
export type Routed = { service: Service; operation: string | null };

const targets: Record<string, Service> = {
  TrentService: "kms",
  AWSCognitoIdentityProviderService: "cognito",
  PinpointSMSVoiceV2: "sms",
};

/** The service that the signature was scoped to (SigV4), in a header or in the address: SDKs of every language send it. */
const scope = /[^/,\s]+\/\d{8}\/[\w-]+\/([\w-]+)\/aws4_request/;
const scopes: Record<string, Service> = {
  chime: "chime",
  connect: "connect",
  ses: "ses",
  lambda: "lambda",
  s3: "s3",
};

type Rest = { service: Service; operation: string; method: string; path: RegExp; query?: string };
const rest: Rest[] = [
  ...(["Capture", "Concatenation"] as const).map((kind) => ({
    service: "pipelines" as const,
    operation: `CreateMedia${kind}Pipeline`,
    method: "POST",
    path: new RegExp(`^/sdk-media-${kind.toLowerCase()}-pipelines$`),
  })),
  ...(["Get", "Delete"] as const).map((verb) => ({
    service: "pipelines" as const,
    operation: `${verb}MediaCapturePipeline`,
    method: verb.toUpperCase(),
    path: /^\/sdk-media-capture-pipelines\/[^/]+$/,
  })),
  {
    service: "lambda",
    operation: "Invoke",
    method: "POST",
    path: /^\/2015-03-31\/functions\/[^/]+\/invocations$/,
  },
  {
    service: "voice",
    operation: "CreateSipMediaApplicationCall",
    method: "POST",
    path: /^\/sip-media-applications\/[^/]+\/calls$/,
  },
  {
    service: "voice",
    operation: "UpdateSipMediaApplicationCall",
    method: "POST",
    path: /^\/sip-media-applications\/[^/]+\/calls\/[^/]+$/,
  },
  {
    service: "voice",
    operation: "GetSipMediaApplication",
    method: "GET",
    path: /^\/sip-media-applications\/[^/]+$/,
  },
  { service: "ses", operation: "SendEmail", method: "POST", path: /^\/v2\/email\/outbound-emails$/ },
  { service: "connect", operation: "StartWebRTCContact", method: "PUT", path: /^\/contact\/webrtc$/ },
  { service: "connect", operation: "StopContact", method: "POST", path: /^\/contact\/stop$/ },
  {
    service: "connect",
    operation: "UpdateContactAttributes",
    method: "POST",
    path: /^\/contact\/attributes$/,
  },
  { service: "connect", operation: "DescribeContact", method: "GET", path: /^\/contacts\/[^/]+\/[^/]+$/ },
  {
    service: "connect",
    operation: "ListAssociatedContacts",
    method: "GET",
    path: /^\/contact\/associated\/[^/]+$/,
  },
  {
    service: "connect",
    operation: "GetContactAttributes",
    method: "GET",
    path: /^\/contact\/attributes\/[^/]+\/[^/]+$/,
  },
  {
    service: "connect",
    operation: "CreateParticipant",
    method: "POST",
    path: /^\/contact\/create-participant$/,
  },
  { service: "connect", operation: "GetContactMetrics", method: "POST", path: /^\/metrics\/contact$/ },
  {
    service: "connect",
    operation: "GetCurrentMetricData",
    method: "POST",
    path: /^\/metrics\/current\/[^/]+$/,
  },
  {
    service: "connect",
    operation: "GetEffectiveHoursOfOperations",
    method: "GET",
    path: /^\/effective-hours-of-operations\/[^/]+\/[^/]+$/,
  },
  { service: "connect", operation: "ListQueues", method: "GET", path: /^\/queues-summary\/[^/]+$/ },
  { service: "connect", operation: "ListUsers", method: "GET", path: /^\/users-summary\/[^/]+$/ },
  {
    service: "connect",
    operation: "GetCurrentUserData",
    method: "POST",
    path: /^\/metrics\/userdata\/[^/]+$/,
  },
  { service: "connect", operation: "SearchUsers", method: "POST", path: /^\/search-users$/ },
  {
    service: "connect",
    operation: "CreateParticipantConnection",
    method: "POST",
    path: /^\/participant\/connection$/,
  },
  { service: "connect", operation: "SendMessage", method: "POST", path: /^\/participant\/message$/ },
  {
    service: "connect",
    operation: "DisconnectParticipant",
    method: "POST",
    path: /^\/participant\/disconnect$/,
  },
  {
    service: "chime",
    operation: "CreateMeetingWithAttendees",
    method: "POST",
    path: /^\/meetings$/,
    query: "create-attendees",
  },
  { service: "chime", operation: "CreateMeeting", method: "POST", path: /^\/meetings$/ },
  ...(["start", "stop"] as const).map((query) => ({
    service: "chime" as const,
    operation: query === "start" ? "StartMeetingTranscription" : "StopMeetingTranscription",
    method: "POST",
    path: /^\/meetings\/[^/]+\/transcription$/,
    query,
  })),
  { service: "chime", operation: "GetMeeting", method: "GET", path: /^\/meetings\/[^/]+$/ },
  { service: "chime", operation: "DeleteMeeting", method: "DELETE", path: /^\/meetings\/[^/]+$/ },
  {
    service: "chime",
    operation: "BatchCreateAttendee",
    method: "POST",
    path: /^\/meetings\/[^/]+\/attendees$/,
    query: "batch-create",
  },
  { service: "chime", operation: "CreateAttendee", method: "POST", path: /^\/meetings\/[^/]+\/attendees$/ },
  { service: "chime", operation: "ListAttendees", method: "GET", path: /^\/meetings\/[^/]+\/attendees$/ },
  {
    service: "chime",
    operation: "GetAttendee",
    method: "GET",
    path: /^\/meetings\/[^/]+\/attendees\/[^/]+$/,
  },
  {
    service: "chime",
    operation: "DeleteAttendee",
    method: "DELETE",
    path: /^\/meetings\/[^/]+\/attendees\/[^/]+$/,
  },
  {
    service: "chime",
    operation: "UpdateAttendeeCapabilities",
    method: "PUT",
    path: /^\/meetings\/[^/]+\/attendees\/[^/]+\/capabilities$/,
  },
];

const pipelinesPath = /^\/sdk-media-/;
const voicePath = /^\/sip-media-applications(\/|$)/;

/** Whose a path is when no signature says so, so that curl works too. */
const prefixes: Array<[RegExp, Service]> = [
  [/^\/meetings(\/|$)/, "chime"],
  [/^\/v2\/email\//, "ses"],
  [/^\/(contacts?|participant|queues-summary|users-summary|metrics)\//, "connect"],
  [/^\/2015-03-31\/functions\//, "lambda"],
  [/^\/vouchsafe-recordings(\/|$)/, "s3"],
];

/** JSON protocols name their operation in a header; REST protocols by method, path and the signature's scope. */
export function route({ method, path, query, headers }: ApiRequest): Routed | null {
  const [prefix = "", name] = (headers["x-amz-target"] ?? "").split(".");
  const target = Object.hasOwn(targets, prefix) ? targets[prefix] : undefined;
  if (target && name) return { service: target, operation: name };
  // Chime's voice, its pipelines and its meetings sign alike.
  if (pipelinesPath.test(path))
    return { service: "pipelines", operation: restOperation("pipelines", method, path, query) };
  if (voicePath.test(path))
    return { service: "voice", operation: restOperation("voice", method, path, query) };
  const scoped = scope.exec(headers.authorization ?? query.get("X-Amz-Credential") ?? "")?.[1] ?? "";
  const service =
    (Object.hasOwn(scopes, scoped) ? scopes[scoped] : undefined) ??
    prefixes.find(([pattern]) => pattern.test(path))?.[1];
  if (!service) return null;
  if (service === "s3") return { service, operation: s3Operation(method, path, query) };
  return { service, operation: restOperation(service, method, path, query) };
}

function restOperation(
  service: Service,
  method: string,
  path: string,
  query: URLSearchParams,
): string | null {
  const found = rest.find(
    (candidate) =>
      candidate.service === service &&
      candidate.method === method &&
      candidate.path.test(path) &&
      (candidate.query === undefined || candidate.query === query.get("operation")),
  );
  return found?.operation ?? null;
}
