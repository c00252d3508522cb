import { randomUUID } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Attendee, Capabilities, Meeting, Meetings, MeetingsRefusal } from "../meetings";
import { type FaultPlan, faultPlan } from "./faults";

type Room = {
  meeting: Meeting;
  maxAttendees: number;
  ended: boolean;
  attendees: Map<string, { attendee: Attendee; capabilities: Capabilities }>;
};

export type MemoryMeetings = Meetings & {
  faults: FaultPlan;
  rooms: Map<string, Room>;
  /** As Chime does after five minutes without sound. */
  expire(meetingId: string): void;
  capabilitiesOf(meetingId: string, attendeeId: string): Capabilities | null;
};

/** Meetings without a cloud, for tests: the same promises as the port, kept in memory, with faults on demand. */
export function memoryMeetings(): MemoryMeetings {
  const faults = faultPlan();
  const rooms = new Map<string, Room>();
  const byToken = new Map<string, string>();
  const live = (meetingId: string): Room | null => {
    const room = rooms.get(meetingId);
    return room && !room.ended ? room : null;
  };

  return {
    faults,
    rooms,
    expire(meetingId) {
      const room = rooms.get(meetingId);
      if (room) room.ended = true;
    },
    capabilitiesOf: (meetingId, attendeeId) =>
      live(meetingId)?.attendees.get(attendeeId)?.capabilities ?? null,

    create: ({ clientToken, externalMeetingId, maxAttendees }) =>
      faults.around("create", () => {
        const known = rooms.get(byToken.get(clientToken) ?? "");
        if (known) return ok(known.meeting);
        const meeting = newMeeting(externalMeetingId);
        rooms.set(meeting.meetingId, { meeting, maxAttendees, ended: false, attendees: new Map() });
        byToken.set(clientToken, meeting.meetingId);
        return ok(meeting);
      }),

    get: (meetingId) =>
      faults.around("get", (): Result<Meeting, MeetingsRefusal> => {
        const room = live(meetingId);
        return room ? ok(room.meeting) : err({ code: "MEETING_ENDED" });
      }),

    end: (meetingId) =>
      faults.around("end", () => {
        const room = rooms.get(meetingId);
        if (room) room.ended = true;
        return ok(undefined);
      }),

    addAttendee: (meetingId, { externalUserId, capabilities }) =>
      faults.around("addAttendee", (): Result<Attendee, MeetingsRefusal> => {
        const room = live(meetingId);
        if (!room) return err({ code: "MEETING_ENDED" });
        if (room.attendees.size >= room.maxAttendees) return err({ code: "MEETING_FULL" });
        const attendee = newAttendee(externalUserId);
        room.attendees.set(attendee.attendeeId, { attendee, capabilities });
        return ok(attendee);
      }),

    setCapabilities: (meetingId, attendeeId, capabilities) =>
      faults.around("setCapabilities", (): Result<void, MeetingsRefusal> => {
        const seat = live(meetingId)?.attendees.get(attendeeId);
        // Chime answers NotFound for both a missing meeting and a missing attendee.
        if (!seat) return err({ code: "ATTENDEE_GONE" });
        seat.capabilities = capabilities;
        return ok(undefined);
      }),

    removeAttendee: (meetingId, attendeeId) =>
      faults.around("removeAttendee", () => {
        rooms.get(meetingId)?.attendees.delete(attendeeId);
        return ok(undefined);
      }),
  };
}

export function newMeeting(externalMeetingId: string): Meeting {
  const meetingId = randomUUID();
  return {
    meetingId,
    externalMeetingId,
    mediaRegion: "us-east-1",
    mediaPlacement: {
      audioHostUrl: `${meetingId}.media.invalid:3478`,
      audioFallbackUrl: `wss://media.invalid/calls/${meetingId}`,
      signalingUrl: `wss://media.invalid/control/${meetingId}`,
      turnControlUrl: "https://media.invalid/v2/turn_sessions",
    },
  };
}

export function newAttendee(externalUserId: string): Attendee {
  return { attendeeId: randomUUID(), externalUserId, joinToken: randomUUID().replaceAll("-", "") };
}
