import { z } from "zod";
import { id, time } from "./common";

export const day = z.iso.date();
export const inTheWay = z.object({
  visitId: id,
  scheduledAt: time,
  endsAt: time,
  patient: z.string(),
  clinician: z.string(),
});
/** As POST /api/visits would refuse a time, and what is in the way. */
export const dateRefusals = z.array(
  z.object({
    code: z.enum([
      "FORBIDDEN",
      "PATIENT_UNKNOWN",
      "CLINICIAN_UNKNOWN",
      "CLINICIAN_NOT_LICENSED",
      "SLOT_TAKEN",
      "VISIT_IN_PAST",
    ]),
    state: z.string().optional().describe("Of CLINICIAN_NOT_LICENSED: the patient's."),
    on: day.optional().describe("Of CLINICIAN_NOT_LICENSED: the visit's day there."),
    visit: inTheWay.optional(),
  }),
);
