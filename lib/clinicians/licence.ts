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

/** So long before its end a licence is worth a look: renewals take weeks. Days. */
const warnDays = 60;

export type LicenceStanding = { is: "good" | "ending" | "expired"; daysLeft: number };

/** @param today `YYYY-MM-DD`. `daysLeft`: 0 on its last day, negative after it. */
export function standingOf({ expiresOn }: Pick<Licence, "expiresOn">, today: string): LicenceStanding {
  const daysLeft = Math.round((Date.parse(expiresOn) - Date.parse(today)) / 86_400_000);
  return { is: daysLeft < 0 ? "expired" : daysLeft <= warnDays ? "ending" : "good", daysLeft };
}
