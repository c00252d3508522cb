import type { Result } from "@/lib/kernel/result";

type Capability = "SendReceive" | "Send" | "Receive" | "None";
export type Capabilities = { audio: Capability; video: Capability; content: Capability };
export const everyCapability: Capabilities = {
  audio: "SendReceive",
  video: "SendReceive",
  content: "SendReceive",
};
/** Hears and sees, and is neither heard nor seen. */
export const onlyReceives: Capabilities = { audio: "Receive", video: "Receive", content: "Receive" };
/** In the waiting room: connected, and hears and sees nothing. */
export const noCapability: Capabilities = { audio: "None", video: "None", content: "None" };

/** What the Chime SDK needs to find a meeting (`MeetingSessionConfiguration`), in the seed's camelCase. */
export type Meeting = {
  meetingId: string;
  externalMeetingId: string;
  mediaRegion: string;
  mediaPlacement: Record<string, string>;
  meetingFeatures?: Record<string, unknown>;
};
/** `joinToken` is a credential: sealed at rest, never logged. */
export type Attendee = { attendeeId: string; externalUserId: string; joinToken: string };

export type CloudRefusal =
  | { code: "CLOUD_THROTTLED"; retryAfterMs: number }
  | { code: "CLOUD_UNAVAILABLE"; retryAfterMs: number };
export type MeetingsRefusal =
  | CloudRefusal
  | { code: "MEETING_ENDED" }
  | { code: "ATTENDEE_GONE" }
  | { code: "MEETING_FULL" };

/**
 * Makes meetings and admits people to them (Amazon Chime SDK Meetings).
 * Each call is bounded in time and retried inside with the same client token; what is returned as a refusal was tried enough.
 */
export type Meetings = {
  /** Idempotent by `clientToken` (2–64 characters). */
  create(request: {
    clientToken: string;
    externalMeetingId: string;
    maxAttendees: number;
  }): Promise<Result<Meeting, CloudRefusal>>;
  get(meetingId: string): Promise<Result<Meeting, MeetingsRefusal>>;
  /** Ending one that has ended is success. */
  end(meetingId: string): Promise<Result<void, CloudRefusal>>;
  addAttendee(
    meetingId: string,
    attendee: { externalUserId: string; capabilities: Capabilities },
  ): Promise<Result<Attendee, MeetingsRefusal>>;
  setCapabilities(
    meetingId: string,
    attendeeId: string,
    capabilities: Capabilities,
  ): Promise<Result<void, MeetingsRefusal>>;
  /** Removing one that is gone is success. */
  removeAttendee(meetingId: string, attendeeId: string): Promise<Result<void, CloudRefusal>>;
};
