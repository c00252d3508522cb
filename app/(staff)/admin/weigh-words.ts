import "server-only";
import { getTranslations } from "next-intl/server";
import { clockTime } from "@/lib/kernel/times";
import { isUsState } from "@/lib/kernel/us-states";
import type { InTheWay, WeighedRefusal } from "@/lib/visits/refusals";
import type { VisitWarning, Weighed } from "@/lib/visits/weigh-visit";
import { dayWords, hoursWords } from "./clinicians/week-words";

/** `visitId`: what stands in the way can be looked at. */
export type WeighedWords = {
  refusals: { say: string; visitId?: string }[];
  warnings: { say: string; visitId?: string }[];
};

/** Of a time that no clock there shows: in the night when they are set forward. */
export async function skippedWords(): Promise<WeighedWords> {
  const t = await getTranslations("weigh");
  return { refusals: [{ say: t("skipped") }], warnings: [] };
}

/** What was weighed, in the reader's language and with times of `zone`. */
export async function weighWords(
  { refusals, warnings }: Weighed,
  { zone, tag }: { zone: string; tag: string },
): Promise<WeighedWords> {
  const [t, states] = await Promise.all([getTranslations("weigh"), getTranslations("states")]);
  const times = ({ scheduledAt, endsAt }: InTheWay) => ({
    from: clockTime(new Date(scheduledAt), zone, tag),
    to: clockTime(new Date(endsAt), zone, tag),
  });
  const refused = (refusal: WeighedRefusal) => {
    switch (refusal.code) {
      case "CLINICIAN_NOT_LICENSED":
        return t("noLicense", {
          state: isUsState(refusal.state) ? states(refusal.state) : refusal.state,
          on: dayWords(refusal.on, tag),
        });
      case "SLOT_TAKEN":
        return refusal.visit
          ? t("taken", { ...refusal.visit, ...times(refusal.visit) })
          : t("takenBySomebody");
      default:
        return t(`refused.${refusal.code}`);
    }
  };
  const warned = (warning: VisitWarning) => {
    switch (warning.code) {
      case "DAY_OFF":
        return t("dayOff", { from: dayWords(warning.firstDay, tag), to: dayWords(warning.lastDay, tag) });
      case "OUTSIDE_HOURS":
        return warning.hours.length > 0
          ? t("outside", { hours: hoursWords(warning.hours, tag) })
          : t("notThatDay");
      case "PATIENT_BUSY":
        return t("busy", { ...warning.visit, ...times(warning.visit) });
      case "NO_CONTACT":
        return t(warning.missing === "phone" ? "noPhone" : "noEmail");
      case "ODD_HOUR":
        return t("oddHour");
    }
  };
  const wayOf = (one: object) => ("visit" in one ? (one.visit as InTheWay | undefined)?.visitId : undefined);
  return {
    refusals: refusals.map((one) => ({ say: refused(one), visitId: wayOf(one) })),
    warnings: warnings.map((one) => ({ say: warned(one), visitId: wayOf(one) })),
  };
}
