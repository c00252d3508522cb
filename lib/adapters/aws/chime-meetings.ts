import {
  type Attendee as ChimeAttendee,
  type Meeting as ChimeMeeting,
  ChimeSDKMeetingsClient,
  CreateAttendeeCommand,
  CreateMeetingCommand,
  DeleteAttendeeCommand,
  DeleteMeetingCommand,
  GetMeetingCommand,
  UpdateAttendeeCapabilitiesCommand,
} from "@aws-sdk/client-chime-sdk-meetings";
import type { Env } from "@/lib/env";
import { err, ok } from "@/lib/kernel/result";
import type { Attendee, Capabilities, Meeting, Meetings, MeetingsRefusal } from "@/lib/ports/meetings";
import { type CloudEnv, clientOptions, withinDeadline } from "./client-options";
import { cloudRefusal, errorName } from "./cloud-errors";

const camel = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** The vendor's `MeetingPlacement` in the seed's camelCase; absent addresses are left out. */
function camelKeys(record: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) =>
      typeof value === "string" ? [[camel(name), value]] : [],
    ),
  );
}

export function toMeeting(meeting: ChimeMeeting | undefined): Meeting {
  if (!meeting?.MeetingId || !meeting.MediaPlacement) throw new Error("Chime answered without a meeting");
  return {
    meetingId: meeting.MeetingId,
    externalMeetingId: meeting.ExternalMeetingId ?? "",
    mediaRegion: meeting.MediaRegion ?? "",
    mediaPlacement: camelKeys(meeting.MediaPlacement),
  };
}

export function toAttendee(attendee: ChimeAttendee | undefined): Attendee {
  if (!attendee?.AttendeeId || !attendee.JoinToken) throw new Error("Chime answered without an attendee");
  return {
    attendeeId: attendee.AttendeeId,
    externalUserId: attendee.ExternalUserId ?? "",
    joinToken: attendee.JoinToken,
  };
}

const vendorCapabilities = ({ audio, video, content }: Capabilities) => ({
  Audio: audio,
  Video: video,
  Content: content,
});

/** `NotFoundException` means something else for each call; `whenMissing` says what. */
function refusal(
  thrown: unknown,
  whenMissing: "MEETING_ENDED" | "ATTENDEE_GONE",
): { ok: false; error: MeetingsRefusal } {
  if (errorName(thrown) === "NotFoundException") return err({ code: whenMissing });
  // The meeting's own attendee limit is not a busy cloud: trying again cannot help.
  if (errorName(thrown) === "LimitExceededException") return err({ code: "MEETING_FULL" });
  return cloudRefusal(thrown);
}

/** Amazon Chime SDK Meetings. */
export function chimeMeetings({ env }: { env: CloudEnv & Pick<Env, "MEDIA_REGION"> }): Meetings {
  const chime = new ChimeSDKMeetingsClient(clientOptions(env));

  return {
    async create({ clientToken, externalMeetingId, maxAttendees }) {
      try {
        const answer = await chime.send(
          new CreateMeetingCommand({
            ClientRequestToken: clientToken,
            ExternalMeetingId: externalMeetingId,
            MediaRegion: env.MEDIA_REGION,
            MeetingFeatures: { Attendee: { MaxCount: maxAttendees } },
          }),
          withinDeadline(),
        );
        return ok(toMeeting(answer.Meeting));
      } catch (thrown) {
        return cloudRefusal(thrown);
      }
    },

    async get(meetingId) {
      try {
        return ok(
          toMeeting(
            (await chime.send(new GetMeetingCommand({ MeetingId: meetingId }), withinDeadline())).Meeting,
          ),
        );
      } catch (thrown) {
        return refusal(thrown, "MEETING_ENDED");
      }
    },

    async end(meetingId) {
      try {
        await chime.send(new DeleteMeetingCommand({ MeetingId: meetingId }), withinDeadline());
        return ok(undefined);
      } catch (thrown) {
        return errorName(thrown) === "NotFoundException" ? ok(undefined) : cloudRefusal(thrown);
      }
    },

    async addAttendee(meetingId, { externalUserId, capabilities }) {
      try {
        const answer = await chime.send(
          new CreateAttendeeCommand({
            MeetingId: meetingId,
            ExternalUserId: externalUserId,
            Capabilities: vendorCapabilities(capabilities),
          }),
          withinDeadline(),
        );
        return ok(toAttendee(answer.Attendee));
      } catch (thrown) {
        return refusal(thrown, "MEETING_ENDED");
      }
    },

    async setCapabilities(meetingId, attendeeId, capabilities) {
      try {
        await chime.send(
          new UpdateAttendeeCapabilitiesCommand({
            MeetingId: meetingId,
            AttendeeId: attendeeId,
            Capabilities: vendorCapabilities(capabilities),
          }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return refusal(thrown, "ATTENDEE_GONE");
      }
    },

    async removeAttendee(meetingId, attendeeId) {
      try {
        await chime.send(
          new DeleteAttendeeCommand({ MeetingId: meetingId, AttendeeId: attendeeId }),
          withinDeadline(),
        );
        return ok(undefined);
      } catch (thrown) {
        return errorName(thrown) === "NotFoundException" ? ok(undefined) : cloudRefusal(thrown);
      }
    },
  };
}
