import { z } from "zod";
import { mediaPaths, networkRatings } from "@/lib/kernel/connection";
import { browserNames, deviceStates, surveyAnswers, systemNames, troubleKinds } from "@/lib/kernel/measured";
import { repeatRules } from "@/lib/kernel/recurrence";
import { dayParts } from "@/lib/kernel/time-wish";
import { cameraFindings, microphoneFindings, speakerFindings } from "@/lib/visits/device-check";
import {
  channel,
  count,
  cursor,
  id,
  linkStatus,
  maskedEmail,
  maskedPhone,
  messageState,
  party,
  revokedBecause,
  route,
  time,
  visitStatus,
} from "./common";
import { dateRefusals, day, inTheWay } from "./dates";

const scheduled = {
  visitId: id,
  status: visitStatus,
  scheduledAt: time.describe("The planned start."),
  expiresAt: time.describe("The last moment to join: 15 minutes after the planned end."),
  createdAt: time,
};
export const scheduledVisit = z.object(scheduled).meta({ id: "ScheduledVisit" });

const connection = z
  .object({
    here: z.boolean(),
    admitted: z.boolean(),
    left: z.boolean().describe("They said so, or were taken out; else their page is silent."),
    lastSeenAt: time.nullable().describe("Null: never came."),
  })
  .meta({ id: "Connection" });

const summary = {
  ...scheduled,
  duration: count.describe("Planned minutes."),
  visitType: z.string().nullable(),
  channel,
  route,
  patient: z.object({
    patientId: id,
    firstName: z.string(),
    lastName: z.string(),
    state: z.string(),
    timeZone: z.string(),
    locale: z.string(),
  }),
  clinician: z.object({
    clinicianId: id,
    title: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    timeZone: z.string(),
  }),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  endReason: z.string().nullable(),
  cancelledAt: time.nullable(),
  noShowAt: time.nullable(),
  actualDurationSeconds: count.nullable().describe("From first to last, once completed."),
  waitingSince: time.nullable().describe("Since when somebody waits to be let in."),
  connected: z
    .object({
      patient: connection,
      clinician: connection,
      guests: count.describe("How many others."),
      waiting: z.boolean().describe("Somebody who waits to be let in is there."),
      togetherSince: time.nullable().describe("Since when patient and clinician are in together."),
    })
    .nullable()
    .describe(
      "Of a visit under way: who is connected, as their pages told last. Null: not under way, or not for this reader.",
    ),
  callAskedAt: time
    .nullable()
    .describe(
      "Since when a patient waits to be called on the telephone; null: nobody asked, or somebody has seen to it.",
    ),
  timeAsked: z
    .object({ kind: z.enum(["move", "cancel"]), at: time })
    .nullable()
    .describe("The patient asks for another time, or can't come, and waits for an answer."),
  lateMinutes: count.nullable().describe("Running late: by how many minutes."),
  lateUntil: time.nullable().describe("When a late visit is now expected to begin."),
  series: z
    .object({ seriesId: id, place: count.describe("1: the first that was booked.") })
    .nullable()
    .describe("Of visits that were booked together. Null: one by itself."),
};
export const visitPage = z.object({
  visits: z.array(z.object(summary).meta({ id: "VisitSummary" })),
  nextCursor: cursor,
});

const percent = z.number().nullable();
const ms = z.number().nullable();
const deviceCheck = z
  .object({
    at: time,
    camera: z.enum(cameraFindings),
    microphone: z.enum(microphoneFindings),
    speaker: z.enum(speakerFindings),
    path: z.enum(mediaPaths).describe("How the media host was reached."),
    lostDownPercent: percent.describe(
      "Of sound packets from the media host, those lost on the way, repaired or not.",
    ),
    lostUpPercent: percent,
    mediaRoundTripMs: ms,
    jitterMs: ms.describe("RFC 3550 §6.4.1, the worse direction."),
    network: z.enum(networkRatings).describe("The line over HTTPS, to our own server."),
    downKbps: z.number().nullable(),
    upKbps: z.number().nullable(),
    roundTripMs: ms,
    framesPerSecond: z
      .number()
      .nullable()
      .describe("Of 15 pictures in a second, those that the device could encode and decode."),
    frameMs: ms.describe("To encode and decode one picture of 960 × 540."),
    lateMs: ms.describe("How late the page's own timers were, nine of ten times at most."),
  })
  .meta({ id: "DeviceCheck" });

const measured = z
  .object({
    seconds: z.number().describe("For how long something was measured."),
    lostDownPercent: z.number(),
    worstLostDownPercent: z.number(),
    lostUpPercent: z.number(),
    worstLostUpPercent: z.number(),
    roundTripMs: z.number(),
    worstRoundTripMs: z.number(),
    freezes: count.describe("Times that the others' picture stood still."),
    frozenSeconds: z.number(),
    reconnects: count.describe("Times that the connection was lost."),
    awaySeconds: z.number(),
    badSeconds: z.number().describe("Seconds in which the line was so bad that words break up."),
    camera: z.enum(deviceStates),
    microphone: z.enum(deviceStates),
    browser: z.enum(browserNames),
    browserVersion: count.describe("0: not told."),
    system: z.enum(systemNames),
  })
  .meta({ id: "Measured", description: "What a call measured of itself." });

export const visitDetail = z
  .object({
    ...summary,
    updatedAt: time,
    cancelReason: z.string().nullable(),
    recordingEnabled: z.boolean(),
    hasChiefComplaint: z.boolean().describe("The reason itself: GET …/complaint, which is recorded."),
    hasClinicalNotes: z.boolean().describe("The notes themselves: GET …/notes, which is recorded."),
    hasChat: z
      .boolean()
      .describe("What was written in the call was kept. False where the reader may not know."),
    arrival: z
      .object({ at: time, consentVersion: z.string(), consentLanguage: z.string(), licensed: z.boolean() })
      .nullable()
      .describe("That the patient said where they are and agreed. Null: not yet, or not for this reader."),
    presence: z
      .array(z.object({ party, cameAt: time, seenAt: time, leftAt: time.nullable() }))
      .describe("Who was connected when, oldest first. `leftAt` null: still there, or lost after `seenAt`."),
    feedback: z
      .object({
        surveys: z.array(z.object({ answer: z.enum(surveyAnswers), at: time })),
        troubles: z.array(z.object({ reportId: id, party, what: z.enum(troubleKinds), measured, at: time })),
      })
      .describe(
        "How it was, as patients said, and what went wrong; oldest first. Empty where the reader may not see it.",
      ),
    deviceCheck: deviceCheck.nullable().describe("The newest; null: none yet, or not for this reader."),
    timeRequest: z
      .object({
        requestId: id,
        kind: z.enum(["move", "cancel"]),
        wishes: z
          .array(z.object({ day: z.iso.date(), part: z.enum(dayParts) }))
          .describe("By the patient's calendar, the dearest first."),
        hasWords: z
          .boolean()
          .describe("Something was said with it; it is read, and recorded, on the visit's page."),
        askedAt: time,
        outcome: z
          .enum(["moved", "cancelled", "declined"])
          .nullable()
          .describe("Null: it waits for an answer."),
        settledAt: time.nullable(),
        byPatient: z.boolean().describe("The patient called the visit off, which nobody needed to confirm."),
      })
      .nullable()
      .describe("What the patient asked last."),
    contacts: z
      .object({
        patient: z.object({ phone: maskedPhone, email: maskedEmail }),
        clinician: z.object({ email: maskedEmail }),
      })
      .describe("Contact on file, masked."),
    links: z.array(
      z.object({
        tokenId: id,
        party,
        guestName: z.string().nullable().describe("A guest's first name; null: not a guest's link."),
        status: linkStatus,
        issuedAt: time,
        expiresAt: time,
        openedAt: time.nullable(),
        redeemedAt: time.nullable(),
        revoked: revokedBecause,
      }),
    ),
    messages: z.array(
      z.object({
        messageId: id,
        kind: z.enum(["sms", "email"]),
        party,
        guestName: z.string().nullable().describe("A guest's first name, where it carried their link."),
        template: z.string(),
        to: z.string().describe("Masked."),
        status: messageState,
        createdAt: time,
        sentAt: time.nullable(),
        settledAt: time.nullable().describe("When the state was last told: delivered, bounced, given up."),
        reason: z.string().nullable().describe("Why it was not delivered: ours or the provider's word."),
      }),
    ),
  })
  .meta({ id: "VisitDetail" });

export const endedVisit = z
  .object({
    visitId: id,
    status: visitStatus,
    duration: count.describe("Seconds since the visit started."),
    endedAt: time.nullable().describe("Null: a patient left while others stay, and the visit goes on."),
    warnings: z.array(z.enum(["NOTES_NOT_KEPT", "NOTES_NEED_SIGN_IN"])),
  })
  .meta({ id: "EndedVisit" });
export const cancelledVisit = z.object({
  visitId: id,
  status: z.literal("CANCELLED"),
  cancelledAt: time,
  following: z.array(id).describe("Of the same series, those that followed it and are off as well."),
});
export const missedVisit = z.object({ visitId: id, status: z.literal("NO_SHOW"), noShowAt: time });
export const lateVisit = z.object({
  visitId: id,
  lateMinutes: count.nullable(),
  lateUntil: time.nullable(),
  told: z.boolean().describe("The patient is being told by text or mail."),
});

const minute = z.number().int().min(0).max(1440);
const hours = z
  .array(z.object({ weekday: z.number().int().min(1).max(7), fromMinute: minute, toMinute: minute }))
  .describe("Minutes of the clinician's day; ISO 8601 weekdays. None: they do not work on it.");
export const weighedTimes = z.object({
  times: z.array(
    z.object({
      scheduledAt: time,
      refusals: dateRefusals.describe("As POST /api/visits would refuse this time, and what is in the way."),
      warnings: z
        .array(
          z.discriminatedUnion("code", [
            z.object({ code: z.literal("DAY_OFF"), firstDay: day, lastDay: day }),
            z.object({ code: z.literal("OUTSIDE_HOURS"), hours }),
            z.object({ code: z.literal("PATIENT_BUSY"), visit: inTheWay }),
            z.object({ code: z.literal("ODD_HOUR") }),
            z.object({ code: z.literal("NO_CONTACT"), missing: z.enum(["phone", "email"]) }),
          ]),
        )
        .describe("Worth a second thought; nothing of it forbids the booking."),
    }),
  ),
});
export const bookedSeries = z.object({
  seriesId: id,
  visits: z.array(scheduledVisit).describe("By time."),
  sent: z.boolean().describe("The links of the first visit are on their way, with the days of the others."),
});
export const shiftedVisits = z.object({
  visits: z.array(z.object({ visitId: id, scheduledAt: time })).describe("Where they are now, by time."),
});
export const seriesOfVisit = z.object({
  series: z
    .object({
      seriesId: id,
      repeats: z.enum(repeatRules),
      timeZone: z.string().describe("By whose clocks the visits keep their time of day."),
      booked: count.describe("How many there were at first."),
      visits: z
        .array(
          z.object({
            visitId: id,
            place: count.describe("Which of them, wherever it was moved since."),
            scheduledAt: time,
            status: visitStatus,
          }),
        )
        .describe("By time, as far as the reader may see them."),
    })
    .nullable()
    .describe("Null: the visit is one by itself."),
});
export const todayNews = z.object({
  version: z.string().describe("The same for two lists that show the same."),
  waiting: z.number().int().min(0).describe("How many visits have somebody in the waiting room."),
});
