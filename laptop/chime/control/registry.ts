import { randomUUID } from "node:crypto";
import type { JoinClaims, JoinTokens } from "../join-token";
import type { Capabilities } from "./capabilities";

export type MeetingFeatures = {
  Audio?: { EchoReduction: "AVAILABLE" | "UNAVAILABLE" };
  Video?: { MaxResolution: "None" | "HD" | "FHD" };
  Content?: { MaxResolution: "None" | "FHD" | "UHD" };
  Attendee?: { MaxCount: number };
};

export type Attendee = {
  attendeeId: string;
  externalUserId: string;
  joinToken: string;
  capabilities: Capabilities;
};

export type MeetingRecord = {
  meetingId: string;
  externalMeetingId: string;
  mediaRegion: string;
  meetingHostId: string | null;
  tenantIds: string[];
  features: MeetingFeatures;
  clientRequestToken: string;
  /** The request that made it, normalised: the same token with another request is a conflict. */
  request: string;
  createdAtMs: number;
  /** When somebody last had an audio connection, or the meeting began. */
  audioAtMs: number;
  endedAtMs: number | null;
  attendees: Attendee[];
  /** Their tokens are good for nothing any more. */
  removedIds: string[];
  /** Set while live transcription is on. */
  transcription?: { languageCode: string; region: string };
};

type NewMeeting = Pick<
  MeetingRecord,
  | "externalMeetingId"
  | "mediaRegion"
  | "meetingHostId"
  | "tenantIds"
  | "features"
  | "clientRequestToken"
  | "request"
>;

export const meetingLifeMs = 24 * 3_600_000;
export const withoutAudioMs = 5 * 60_000;

export type Registry = {
  /** Live meetings only: one that ended does not exist any more. */
  find(meetingId: string): MeetingRecord | undefined;
  findByToken(clientRequestToken: string): MeetingRecord | undefined;
  live(): MeetingRecord[];
  create(meeting: NewMeeting): MeetingRecord;
  addAttendee(meeting: MeetingRecord, externalUserId: string, capabilities: Capabilities): Attendee;
  removeAttendee(meeting: MeetingRecord, attendeeId: string): void;
  setCapabilities(attendee: Attendee, capabilities: Capabilities): void;
  setTranscription(meeting: MeetingRecord, settings: MeetingRecord["transcription"]): void;
  end(meeting: MeetingRecord): void;
  /**
   * Who a good token belongs to. A meeting we never heard of was lost with unsaved state: it is built again from the token,
   * so that a crash heals by itself. "ended" and "removed" are remembered and win over any token.
   */
  admit(claims: JoinClaims): { meeting: MeetingRecord; attendee: Attendee } | "ended" | "removed";
  /** Meetings whose time is up: 24 hours, or 5 minutes in which nobody had audio. */
  expired(): MeetingRecord[];
};

/** All meetings and attendees, in memory and through `save`; what ended is remembered for as long as its tokens could live. */
export function openRegistry(options: {
  load: unknown;
  save: (state: MeetingRecord[]) => void;
  tokens: JoinTokens;
  now: () => number;
}): Registry {
  const { tokens, now } = options;
  const meetings = new Map<string, MeetingRecord>();
  // While we were down nobody could have audio: the five minutes begin again.
  for (const meeting of Array.isArray(options.load) ? (options.load as MeetingRecord[]) : [])
    meetings.set(meeting.meetingId, { ...meeting, audioAtMs: now() });

  const changed = () => {
    for (const { meetingId, createdAtMs } of meetings.values())
      if (now() - createdAtMs > 2 * meetingLifeMs) meetings.delete(meetingId);
    options.save([...meetings.values()]);
  };
  const live = () => [...meetings.values()].filter(({ endedAtMs }) => endedAtMs === null);

  function insert(meeting: NewMeeting, meetingId: string, createdAtMs: number): MeetingRecord {
    const record = {
      ...meeting,
      meetingId,
      createdAtMs,
      audioAtMs: now(),
      endedAtMs: null,
      attendees: [],
      removedIds: [],
    };
    meetings.set(meetingId, record);
    return record;
  }

  function adopt(claims: JoinClaims): MeetingRecord {
    const { meetingId, issuedAtMs } = claims;
    const unknown = {
      externalMeetingId: meetingId,
      mediaRegion: "us-east-1",
      meetingHostId: null,
      tenantIds: [],
      features: {},
      clientRequestToken: "",
      request: "",
    };
    return insert(unknown, meetingId, issuedAtMs);
  }

  return {
    live,
    find(meetingId) {
      const meeting = meetings.get(meetingId.toLowerCase());
      return meeting?.endedAtMs === null ? meeting : undefined;
    },
    findByToken: (token) =>
      live().find(({ clientRequestToken }) => token !== "" && clientRequestToken === token),
    create(meeting) {
      const record = insert(meeting, randomUUID(), now());
      changed();
      return record;
    },
    addAttendee(meeting, externalUserId, capabilities) {
      const { meetingId } = meeting;
      const attendeeId = randomUUID();
      const joinToken = tokens.mint({
        meetingId,
        attendeeId,
        externalUserId,
        capabilities,
        issuedAtMs: now(),
      });
      const attendee = { attendeeId, externalUserId, joinToken, capabilities };
      meeting.attendees.push(attendee);
      changed();
      return attendee;
    },
    removeAttendee(meeting, attendeeId) {
      meeting.attendees = meeting.attendees.filter((attendee) => attendee.attendeeId !== attendeeId);
      meeting.removedIds.push(attendeeId);
      changed();
    },
    setCapabilities(attendee, capabilities) {
      attendee.capabilities = capabilities;
      changed();
    },
    setTranscription(meeting, settings) {
      if (settings) meeting.transcription = settings;
      else delete meeting.transcription;
      changed();
    },
    end(meeting) {
      meeting.endedAtMs = now();
      meeting.attendees = [];
      changed();
    },
    admit(claims) {
      const known = meetings.get(claims.meetingId);
      if (known ? known.endedAtMs !== null : now() - claims.issuedAtMs > meetingLifeMs) return "ended";
      const meeting = known ?? adopt(claims);
      let attendee = meeting.attendees.find(({ attendeeId }) => attendeeId === claims.attendeeId);
      // A rebuilt meeting knows no request; only there may a token bring its attendee with it.
      if (!attendee && (meeting.request !== "" || meeting.removedIds.includes(claims.attendeeId)))
        return "removed";
      if (!attendee) {
        const { attendeeId, externalUserId, capabilities } = claims;
        attendee = {
          attendeeId,
          externalUserId,
          capabilities,
          joinToken: tokens.mint(claims),
        };
        meeting.attendees.push(attendee);
        changed();
      }
      return { meeting, attendee };
    },
    expired: () =>
      live().filter(
        ({ createdAtMs, audioAtMs }) =>
          now() - createdAtMs >= meetingLifeMs || now() - audioAtMs >= withoutAudioMs,
      ),
  };
}
