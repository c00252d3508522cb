import { VendorError } from "../../http/vendor-error";
import { type Capabilities, everything, grants, isWaiting, readCapabilities, receives } from "./capabilities";
import type { MeetingFeatures } from "./registry";

type Json = Record<string, unknown>;

/** Where the vendor hosts meetings (the documented control and media Regions). */
const mediaRegions = new Set(
  `af-south-1 ap-northeast-1 ap-northeast-2 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 eu-north-1
   eu-south-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2 us-gov-east-1 us-gov-west-1`.split(
    /\s+/,
  ),
);
const externalText = /^[-_&@+=,(){}[\]/«».:|'"#a-zA-Z0-9À-ÿ\s]*$/;
const clientToken = /^[-_a-zA-Z0-9]*$/;

export const badRequest = (message: string) =>
  new VendorError("BadRequestException", message, 400, { Code: "BadRequest" });
export const notFound = (message: string) =>
  new VendorError("NotFoundException", message, 404, { Code: "NotFound" });

export function readBody(bytes: Uint8Array): Json {
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  } catch {
    // answered below, as anything else that is no JSON object
  }
  throw badRequest("The request body is not a JSON object");
}

function text(value: unknown, name: string, pattern: RegExp): string {
  if (typeof value !== "string") throw badRequest(`${name} is required`);
  const length = [...value].length;
  if (length < 2 || length > 64) throw badRequest(`${name} must have 2 to 64 characters`);
  if (!pattern.test(value)) throw badRequest(`${name} has characters that are not allowed`);
  if (/^aws:/i.test(value)) throw badRequest(`${name} must not begin with "aws:"`);
  return value;
}

function choice<T extends string>(value: unknown, name: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw badRequest(`${name} must be one of ${allowed.join(", ")}`);
  return found;
}

function object(value: unknown, name: string): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value)) throw badRequest(`${name} must be an object`);
  return value as Json;
}

function readFeatures(value: unknown): MeetingFeatures {
  const given = object(value, "MeetingFeatures") ?? {};
  const audio = object(given.Audio, "MeetingFeatures.Audio");
  const video = object(given.Video, "MeetingFeatures.Video");
  const content = object(given.Content, "MeetingFeatures.Content");
  const attendee = object(given.Attendee, "MeetingFeatures.Attendee");
  const features: MeetingFeatures = {};
  if (audio?.EchoReduction !== undefined)
    features.Audio = {
      EchoReduction: choice(audio.EchoReduction, "EchoReduction", ["AVAILABLE", "UNAVAILABLE"]),
    };
  if (video?.MaxResolution !== undefined)
    features.Video = {
      MaxResolution: choice(video.MaxResolution, "Video.MaxResolution", ["None", "HD", "FHD"]),
    };
  if (content?.MaxResolution !== undefined)
    features.Content = {
      MaxResolution: choice(content.MaxResolution, "Content.MaxResolution", ["None", "FHD", "UHD"]),
    };
  const large = features.Video?.MaxResolution === "FHD" || features.Content?.MaxResolution === "UHD";
  const most = large ? 25 : 250;
  if (attendee?.MaxCount !== undefined) {
    const count = attendee.MaxCount;
    if (typeof count !== "number" || !Number.isInteger(count) || count < 1 || count > most)
      throw badRequest(`Attendee.MaxCount must be a whole number from 1 to ${most}`);
    features.Attendee = { MaxCount: count };
  } else if (large) throw badRequest("Attendee.MaxCount is required with FHD video or UHD content");
  return features;
}

export type MeetingRequest = {
  clientRequestToken: string;
  externalMeetingId: string;
  mediaRegion: string;
  meetingHostId: string | null;
  tenantIds: string[];
  features: MeetingFeatures;
};

/** CreateMeeting's body, refused in the vendor's terms where it breaks the documented limits. */
export function readMeetingRequest(body: Json): MeetingRequest {
  const mediaRegion = text(body.MediaRegion, "MediaRegion", /^/);
  if (!mediaRegions.has(mediaRegion)) throw badRequest(`MediaRegion ${mediaRegion} is not supported`);
  const tenants = body.TenantIds ?? [];
  if (!Array.isArray(tenants) || tenants.length > 5) throw badRequest("TenantIds takes up to 5 ids");
  return {
    clientRequestToken: text(body.ClientRequestToken, "ClientRequestToken", clientToken),
    externalMeetingId: text(body.ExternalMeetingId, "ExternalMeetingId", externalText),
    mediaRegion,
    meetingHostId:
      body.MeetingHostId == null ? null : text(body.MeetingHostId, "MeetingHostId", externalText),
    tenantIds: tenants.map((tenant) => text(tenant, "TenantIds", externalText)),
    features: readFeatures(body.MeetingFeatures),
  };
}

export const readExternalUserId = (value: unknown) => text(value, "ExternalUserId", externalText);

/** Capabilities as given, or the defaults the meeting's features leave. */
export function readAttendeeCapabilities(value: unknown, { Video, Content }: MeetingFeatures): Capabilities {
  const noVideo = Video?.MaxResolution === "None";
  const noContent = Content?.MaxResolution === "None";
  if (value === undefined || value === null) {
    if (noVideo && noContent) return { Audio: "SendReceive", Video: "None", Content: "None" };
    if (noVideo) return { ...everything, Video: "Receive" };
    return noContent ? { ...everything, Content: "None" } : everything;
  }
  const capabilities = readCapabilities(value);
  if (!capabilities)
    throw badRequest(`Capabilities needs Audio, Video and Content, each one of ${grants.join(", ")}`);
  if (isWaiting(capabilities)) return capabilities;
  if (noVideo && capabilities.Video !== "None") throw badRequest("The meeting has no video");
  if (noContent && capabilities.Content !== "None") throw badRequest("The meeting has no content");
  if (receives(capabilities.Content) && !receives(capabilities.Video))
    throw badRequest("Content can be received only where Video is received");
  return capabilities;
}
