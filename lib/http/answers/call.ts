import { z } from "zod";
import { waitingPresets } from "@/lib/kernel/waiting-presets";
import { count, id, party, time, visitStatus } from "./common";
import { liveRecording } from "./recording";

export const meeting = z
  .object({
    meetingId: z.string(),
    externalMeetingId: z.string(),
    mediaRegion: z.string(),
    mediaPlacement: z.record(z.string(), z.string()),
    meetingFeatures: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: "Meeting", description: "What the Amazon Chime SDK needs to find a meeting, in camelCase." });

export const attendee = z
  .object({
    attendeeId: z.string(),
    externalUserId: z.string(),
    joinToken: z.string().describe("A credential."),
  })
  .meta({ id: "Attendee", description: "A place in a meeting, for the Amazon Chime SDK." });

export const startedVisit = z
  .object({
    connectContact: z
      .object({
        contactId: z.string(),
        instanceId: z.string(),
        participantId: z.string(),
        participantToken: z.string(),
      })
      .nullable()
      .describe("Of a visit whose route is `connect`; null on `meeting`."),
    chimeJoinInfo: z.object({ meeting, attendee }),
    visitSession: z.object({
      sessionToken: z.string().describe("A credential: the bearer of this seat's further calls."),
      expiresIn: count.describe("Seconds."),
    }),
    seatId: id.describe("Names this seat in the live state, in admit and in remove."),
    party,
    admitted: z.boolean().describe("False: in the waiting room, connected, and hears and sees nobody yet."),
    generation: count.describe("Rises when the meeting was made anew: start again then."),
  })
  .meta({ id: "StartedVisit", description: "Credentials: never log them, never keep them." });

const liveParty = z
  .object({
    seatId: id.nullable().describe("Null: has not come. Names the seat in admit, remove and speak."),
    party,
    guestId: id.nullable().describe("Null for patient and clinician. Tells two guests of one name apart."),
    name: z.string().describe('First name alone; "Patient" where the viewer may not know it.'),
    state: z.enum(["absent", "waiting", "in-call", "left"]),
    waitingSince: time.nullable(),
    maySpeak: z.boolean(),
  })
  .meta({ id: "LiveParty" });

const told = z.union([
  z.strictObject({ preset: z.enum(waitingPresets), at: time }),
  z.strictObject({ text: z.string(), at: time }),
]);

export const visitState = z
  .object({
    status: visitStatus,
    generation: count,
    now: time,
    you: z
      .object({
        party: party.nullable().describe("Null: staff who watch without a seat."),
        admitted: z.boolean(),
        removed: z.boolean(),
        rejoin: z
          .boolean()
          .describe("This seat's place in the meeting is gone while the visit goes on: start again."),
        maySpeak: z.boolean().describe("False for a student until the clinician lets them."),
        mayShare: z.boolean(),
      })
      .describe(
        "The reader's own seat. What somebody who is not admitted may do is what admission will bring.",
      ),
    lateMinutes: count.nullable().describe("Running late: by how many minutes; null while on time."),
    lateUntil: time.nullable().describe("When a late visit is now expected to begin."),
    queue: z
      .object({ withAnother: z.boolean(), before: count, next: z.boolean() })
      .optional()
      .describe(
        "For a patient who waits: whether the clinician is in another visit, how many wait before them, and whether nobody else can come before.",
      ),
    told: told.nullable().optional().describe("For a patient who waits: what the clinician last told them."),
    chatKept: z.boolean().optional().describe("What is written in the call is kept with the visit's record."),
    mayRecord: z.boolean().optional().describe("The reader may ask for a recording."),
    recording: liveRecording.optional(),
    callAskedAt: time
      .nullable()
      .optional()
      .describe("When the patient last asked to be called instead; null: not, or somebody has seen to it."),
    here: z.array(id).optional().describe("For staff alone: the seats whose holders are connected now."),
    changes: count
      .optional()
      .describe("For staff alone: rises with whatever is new on the visit's page beside people."),
    parties: z
      .array(liveParty)
      .describe(
        "Patient, clinician, then guests as invited. Somebody who came with two devices has two entries.",
      ),
  })
  .meta({ id: "LiveState", description: "Who is where in a visit now, as this reader may know it." });

export const connectionCheck = z.object({ checkId: id, meeting, attendee });
