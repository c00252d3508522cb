import { VendorError } from "../../http/vendor-error";
import type { Capabilities } from "./capabilities";
import { readTranscription } from "./read-transcription";
import type { Attendee, MeetingRecord, Registry } from "./registry";
import {
  badRequest,
  type MeetingRequest,
  notFound,
  readAttendeeCapabilities,
  readExternalUserId,
  readMeetingRequest,
} from "./validate";

type Json = Record<string, unknown>;

/** The vendor's default quotas are lower; these keep a laptop from filling up. */
const meetingsMax = 5_000;
const attendeesMax = 1_000;
const batchMax = 100;
const pageMax = 100;

export type AttendeeShape = {
  AttendeeId: string;
  ExternalUserId: string;
  JoinToken: string;
  Capabilities: Capabilities;
};
export type MeetingShape = { MeetingId: string } & Json;

/** What the media plane must do when the control API changed something. */
export type Effects = {
  ended(meetingId: string): void;
  removed(meetingId: string, attendeeId: string): void;
  capabilitiesChanged(meetingId: string, attendeeId: string): void;
  transcriptionChanged(meetingId: string): void;
};

export type Operations = ReturnType<typeof openOperations>;

/** The Chime SDK Meetings API behind its HTTP shape. Refusals are thrown as `VendorError`. */
export function openOperations(
  registry: Registry,
  placement: (meetingId: string) => { AudioHostUrl: string; SignalingUrl: string },
  effects: Effects,
) {
  const full = (what: string) =>
    new VendorError("LimitExceededException", `The quota of ${what} is used up`, 400, {
      Code: "LimitExceeded",
    });

  function meetingOf(meetingId: string): MeetingRecord {
    const meeting = registry.find(meetingId);
    if (!meeting) throw notFound(`Meeting ${meetingId.slice(0, 64)} does not exist or has ended`);
    return meeting;
  }

  function attendeeOf(meeting: MeetingRecord, attendeeId: string): Attendee {
    const attendee = meeting.attendees.find((candidate) => candidate.attendeeId === attendeeId);
    if (!attendee) throw notFound(`Attendee ${attendeeId.slice(0, 64)} does not exist`);
    return attendee;
  }

  const showAttendee = ({
    attendeeId,
    externalUserId,
    joinToken,
    capabilities,
  }: Attendee): AttendeeShape => ({
    AttendeeId: attendeeId,
    ExternalUserId: externalUserId,
    JoinToken: joinToken,
    Capabilities: capabilities,
  });

  const showMeeting = (meeting: MeetingRecord): MeetingShape => ({
    MeetingId: meeting.meetingId,
    ExternalMeetingId: meeting.externalMeetingId,
    MediaRegion: meeting.mediaRegion,
    MediaPlacement: placement(meeting.meetingId),
    ...(meeting.meetingHostId ? { MeetingHostId: meeting.meetingHostId } : {}),
    ...(meeting.tenantIds.length > 0 ? { TenantIds: meeting.tenantIds } : {}),
    ...(Object.keys(meeting.features).length > 0 ? { MeetingFeatures: meeting.features } : {}),
    MeetingArn: `arn:aws:chime:${meeting.mediaRegion}:000000000000:meeting/${meeting.meetingId}`,
  });

  /** Idempotent by ClientRequestToken while the meeting lives; the same token with another request is a conflict. */
  function create(request: MeetingRequest): MeetingRecord {
    const fingerprint = JSON.stringify(request);
    const known = registry.findByToken(request.clientRequestToken);
    if (known?.request === fingerprint) return known;
    if (known)
      throw new VendorError(
        "ConflictException",
        "The ClientRequestToken was used with another request",
        409,
        {
          Code: "Conflict",
        },
      );
    if (registry.live().length >= meetingsMax) throw full("meetings");
    return registry.create({ ...request, request: fingerprint });
  }

  function addAttendee(meeting: MeetingRecord, input: Json): Attendee {
    const externalUserId = readExternalUserId(input.ExternalUserId);
    const capabilities = readAttendeeCapabilities(input.Capabilities, meeting.features);
    if (meeting.attendees.length >= attendeesMax) throw full("attendees");
    return registry.addAttendee(meeting, externalUserId, capabilities);
  }

  /** Each item succeeds or fails by itself. */
  function addAttendees(meeting: MeetingRecord, items: unknown, most: number) {
    if (!Array.isArray(items) || items.length < 1 || items.length > most)
      throw badRequest(`Attendees takes 1 to ${most} items`);
    const Attendees: AttendeeShape[] = [];
    const Errors: Json[] = [];
    for (const item of items as Json[])
      try {
        Attendees.push(showAttendee(addAttendee(meeting, item ?? {})));
      } catch (error) {
        if (!(error instanceof VendorError)) throw error;
        Errors.push({
          ExternalUserId: item?.ExternalUserId,
          ErrorCode: error.members.Code,
          ErrorMessage: error.message,
        });
      }
    return { Attendees, Errors };
  }

  return {
    createMeeting: (body: Json) => ({ Meeting: showMeeting(create(readMeetingRequest(body))) }),
    createMeetingWithAttendees(body: Json) {
      const meeting = create(readMeetingRequest(body));
      return { Meeting: showMeeting(meeting), ...addAttendees(meeting, body.Attendees, 20) };
    },
    getMeeting: (meetingId: string) => ({ Meeting: showMeeting(meetingOf(meetingId)) }),
    deleteMeeting(meetingId: string): void {
      registry.end(meetingOf(meetingId));
      effects.ended(meetingId);
    },
    createAttendee: (meetingId: string, body: Json) => ({
      Attendee: showAttendee(addAttendee(meetingOf(meetingId), body)),
    }),
    batchCreateAttendee: (meetingId: string, body: Json) =>
      addAttendees(meetingOf(meetingId), body.Attendees, batchMax),
    getAttendee: (meetingId: string, attendeeId: string) => ({
      Attendee: showAttendee(attendeeOf(meetingOf(meetingId), attendeeId)),
    }),
    deleteAttendee(meetingId: string, attendeeId: string): void {
      const meeting = meetingOf(meetingId);
      registry.removeAttendee(meeting, attendeeOf(meeting, attendeeId).attendeeId);
      effects.removed(meetingId, attendeeId);
    },
    /** `NextToken` is where to go on: the id of the last attendee that was shown. */
    listAttendees(meetingId: string, query: URLSearchParams) {
      const { attendees } = meetingOf(meetingId);
      const size = Number(query.get("max-results") ?? pageMax);
      if (!Number.isInteger(size) || size < 1 || size > pageMax)
        throw badRequest("MaxResults must be from 1 to 100");
      const after = query.get("next-token");
      const start = after === null ? 0 : attendees.findIndex(({ attendeeId }) => attendeeId === after) + 1;
      if (after !== null && start === 0) throw badRequest("NextToken is not valid");
      const page = attendees.slice(start, start + size);
      const more = start + size < attendees.length ? { NextToken: page.at(-1)?.attendeeId } : {};
      return { Attendees: page.map(showAttendee), ...more };
    },
    updateAttendeeCapabilities(meetingId: string, attendeeId: string, body: Json) {
      const meeting = meetingOf(meetingId);
      const attendee = attendeeOf(meeting, attendeeId);
      if (body.Capabilities == null) throw badRequest("Capabilities is required");
      registry.setCapabilities(attendee, readAttendeeCapabilities(body.Capabilities, meeting.features));
      effects.capabilitiesChanged(meetingId, attendeeId);
      return { Attendee: showAttendee(attendee) };
    },
    /** Starting what is on already takes over the new settings. */
    startMeetingTranscription(meetingId: string, body: Json): void {
      const meeting = meetingOf(meetingId);
      registry.setTranscription(meeting, readTranscription(body, meeting.mediaRegion));
      effects.transcriptionChanged(meetingId);
    },
    stopMeetingTranscription(meetingId: string): void {
      registry.setTranscription(meetingOf(meetingId), undefined);
      effects.transcriptionChanged(meetingId);
    },
    batchUpdateAttendeeCapabilitiesExcept(meetingId: string, body: Json): void {
      const meeting = meetingOf(meetingId);
      const excluded = body.ExcludedAttendeeIds;
      if (!Array.isArray(excluded) || excluded.length < 1 || excluded.length > 250)
        throw badRequest("ExcludedAttendeeIds takes 1 to 250 items");
      if (body.Capabilities == null) throw badRequest("Capabilities is required");
      const capabilities = readAttendeeCapabilities(body.Capabilities, meeting.features);
      const spared = new Set((excluded as Json[]).map((item) => item?.AttendeeId));
      for (const attendee of meeting.attendees)
        if (!spared.has(attendee.attendeeId)) {
          registry.setCapabilities(attendee, capabilities);
          effects.capabilitiesChanged(meetingId, attendee.attendeeId);
        }
    },
  };
}
