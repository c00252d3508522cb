import { z } from "zod";
import { guestRoles } from "@/lib/kernel/party";
import { parsePhone } from "@/lib/kernel/phone";
import { repeatRules, seriesLeast, seriesMost } from "@/lib/kernel/recurrence";
import { waitingPresets, waitingTextMax } from "@/lib/kernel/waiting-presets";
import { isTimeZone } from "@/lib/kernel/wall-time";
import { guestsPerVisit } from "@/lib/visits/guests";
import { visitStatuses } from "@/lib/visits/status";

const idLike = (example: string) =>
  z
    .guid("Must be a UUID.")
    .meta({ examples: [example] })
    .transform((id) => id.toLowerCase());
/**
 * The fields of seed 4's bodies, once. An id that nobody can have is a wrong field, not an unknown person. Examples stand before what turns a
 * value, for they show what is sent; those of people are the demo's.
 */
export const personId = idLike("aaaaaaaa-0000-4000-8000-000000000001");
export const clinicianId = idLike("bbbbbbbb-0000-4000-8000-000000000001");
/** ISO 8601 with a zone: a wall-clock time alone would be somebody's guess. */
export const instant = z.iso
  .datetime({ offset: true, error: "Must be an ISO 8601 time with its zone, like 2026-11-23T15:00:00Z." })
  .meta({ examples: ["2027-01-11T15:00:00Z"] })
  .transform((text) => new Date(text));
/** Planned minutes. */
export const duration = z.number().int().min(5).max(240);
/** As many times as a series may have. */
const timesOf = (least: number) =>
  z
    .array(instant)
    .min(least, `Send at least ${least} times.`)
    .max(seriesMost, `Send at most ${seriesMost} times.`);
export const timesToWeigh = timesOf(1);
export const seriesTimes = timesOf(seriesLeast);
export const repeats = z.enum(repeatRules);
/** To whoever waits, in own words: one line, without controls that reorder or hide what is read. */
export const waitingText = z
  .string()
  .max(1000)
  .transform((text) => text.replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim())
  .pipe(z.string().min(1).max(waitingTextMax));
/** …or a sentence by its name. */
export const waitingWords = z.union([
  z.strictObject({ preset: z.enum(waitingPresets) }),
  z.strictObject({ text: waitingText }),
]);
export const channel = z.enum(["sms", "email", "both"]);
export const party = z.enum(["patient", "clinician"]);
export const guestRole = z.enum(guestRoles);
export const guestName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .meta({ examples: ["Maria"] });
/** E.164. */
const phone = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/, "Must be E.164, like +15550100123.")
  .meta({ examples: ["+15550100123"] });
/** As a person writes it, in their own country's way; becomes E.164. */
export const typedPhone = z
  .string()
  .trim()
  .max(30)
  .transform((typed, context) => {
    const number = parsePhone(typed);
    if (number === null) context.addIssue({ code: "custom", message: "No such number can exist." });
    return number ?? z.NEVER;
  });
/** IANA, as this machine knows it. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "Must be an IANA time zone, like America/New_York.")
  .meta({ examples: ["America/New_York"] });
export const locale = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, "Must be like es or es-US.");
/** Who is asked to a visit beside its two parties. */
export const guest = z.object({
  role: guestRole,
  name: guestName,
  phone: phone.optional(),
  email: z.email().max(254).optional(),
  locale: locale.optional(),
  timeZone: timeZone.optional(),
});
/** Those who are asked with the booking: nobody hands them a link, so there must be a way to send it. */
const guests = z
  .array(guest.refine(({ phone, email }) => phone || email, "Give a phone or an email: the link goes there."))
  .max(guestsPerVisit, `At most ${guestsPerVisit} guests can be asked to a visit.`);
export const visitType = z.string().trim().min(1).max(40);
export const chiefComplaint = z.string().trim().min(1).max(2000);
/** What a visit is about, whenever it is. */
export const visitGiven = {
  patientId: personId,
  clinicianId,
  duration: duration.optional(),
  visitType: visitType.optional(),
  chiefComplaint: chiefComplaint.optional(),
  channel: channel.optional(),
  route: z.enum(["meeting", "connect"]).optional(),
  recordingEnabled: z.boolean().optional(),
  guests: guests.optional(),
};
/** As issued: three base64url parts. Anything longer is nobody's. */
export const joinToken = z
  .string()
  .min(1)
  .max(4096)
  .meta({ examples: ["eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln"] });
export const shortCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .meta({ examples: ["k7m2p9xq"] });
export const sessionToken = z.string().min(1).max(512);
export const seatId = z.guid("Must be a seatId of this visit.");
/** What a browser says of itself. Recorded, never trusted; odd values are cut, not refused, for nobody should miss a visit over them. */
export const deviceInfo = z
  .object({
    hasCamera: z.boolean().optional(),
    hasMicrophone: z.boolean().optional(),
    browser: z
      .string()
      .transform((text) => text.slice(0, 300))
      .optional(),
    os: z
      .string()
      .transform((text) => text.slice(0, 100))
      .optional(),
  })
  .optional();

/** Which visits of the list. */
export const visitFilter = {
  from: instant.optional(),
  to: instant.optional(),
  status: z.enum(visitStatuses).optional(),
  clinicianId: clinicianId.optional(),
  patientId: personId.optional(),
  order: z.enum(["asc", "desc"]).optional(),
};

/** Of a list. */
export const page = {
  limit: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(512).optional(),
};
