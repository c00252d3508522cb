import { z } from "zod";
import { count, cursor, id, maskedEmail, maskedPhone } from "./common";

export const patientPage = z.object({
  patients: z.array(
    z.object({
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
    }),
  ),
  nextCursor: cursor,
  tooMany: z.boolean().describe("More were found than are shown: ask for more of the name."),
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
