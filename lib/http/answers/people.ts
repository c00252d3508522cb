import { z } from "zod";
import { patientFields } from "@/lib/patients/fields";
import { count, cursor, id, maskedEmail, maskedPhone, time } from "./common";

const patient = {
  patientId: id,
  externalId: z.string().nullable().describe("The number by which another book knows them."),
  tier: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  state: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  phone: maskedPhone,
  email: maskedEmail,
  hasAccount: z.boolean().describe("They sign in themselves."),
  hasAccountNumber: z.boolean().describe("Its keyed hash is on file; the number is nowhere."),
  createdAt: time,
  revision: count.describe("Grows with each saving; name it to change what you read."),
};
const { hasAccountNumber: _number, createdAt: _since, revision: _revision, ...listed } = patient;
export const patientPage = z.object({
  patients: z.array(z.object(listed)),
  nextCursor: cursor,
  tooMany: z.boolean().describe("More were found than are shown: ask for more of the name."),
});
export const patientFacts = z.object(patient).meta({ id: "Patient" });
const oldLinks = z
  .array(
    z.object({
      visitId: id,
      scheduledAt: time,
      kinds: z.array(z.enum(["sms", "email"])),
    }),
  )
  .describe("Links that still open a visit, and went to a contact that is not on file any more.");
export const patientDetail = z.object({
  ...patient,
  textsStoppedAt: time.nullable().describe("Since when their number wants no texts."),
  oldLinks,
});
export const changedPatient = z.object({
  patient: patientFacts,
  changed: z.array(z.enum(patientFields)),
  messagesMoved: count.describe("Messages that waited for the old contact and now go to the new one."),
  oldLinks,
});
export const customerPage = z.object({
  success: z.boolean(),
  customers: z.array(
    z.object({
      customer_id: z.string().describe("What the calls of seed 3 name them by."),
      id,
      first_name: z.string(),
      last_name: z.string(),
      phone: maskedPhone,
      email: maskedEmail,
      tier: z.string(),
      state: z.string(),
      time_zone: z.string(),
    }),
  ),
  next_cursor: cursor,
});
export const clinicianList = z.object({
  clinicians: z.array(
    z.object({
      clinicianId: id,
      title: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      timeZone: z.string(),
      states: z.array(z.string()).describe("Where they are licensed today."),
    }),
  ),
});
export const auditPage = z.object({
  entries: z.array(
    z
      .object({
        id,
        event: z.string(),
        timestamp: z.iso.datetime().describe("With all six digits that the chain's hash covers."),
        visitId: id.nullable(),
        tokenId: id.nullable(),
        actorId: z.string().nullable(),
        actorRole: z.string(),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
        success: z.boolean(),
        errorCode: z.string().nullable(),
        metadata: z.record(z.string(), z.unknown()),
        stream: count.describe("Its chain, and its place there, for whoever verifies apart from us."),
        seq: count,
        hash: z.string().describe("Hexadecimal."),
      })
      .meta({ id: "AuditEntry" }),
  ),
  nextCursor: cursor,
});
