import { calendarDay } from "@/lib/kernel/times";

/** `expiresOn`: the last day it holds, `YYYY-MM-DD`. `state`: two letters. */
export type Licence = { state: string; expiresOn: string };

/**
 * May this clinician see a patient who is in `state` on the visit's day?
 * Telehealth happens where the patient is, so the day is read in the patient's zone.
 */
export function isLicensed(licences: readonly Licence[], state: string, at: Date, timeZone: string): boolean {
  const day = calendarDay(at, timeZone);
  return licences.some((licence) => licence.state === state && licence.expiresOn >= day);
}
