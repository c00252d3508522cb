import { createTranslator } from "next-intl";
import type { DeviceProblem } from "@/lib/call/device-problem";
import type { Place, System } from "@/lib/call/permission-advice";
import type { Locale } from "@/messages/locales";
import type { AdviceMessages } from "@/messages/messages";

export type Missing = "both" | "camera" | "microphone";
export type Advice = {
  title: string;
  say: string;
  steps: readonly string[];
  tryAgain: string;
  ratherNot: string;
  /** To who came by a link: refusing spends none. */
  linkSafe: string;
};

const catalogues: Record<Locale, () => Promise<{ default: { advice: AdviceMessages } }>> = {
  en: () => import("@/messages/en/advice.json"),
  es: () => import("@/messages/es/advice.json"),
  ar: () => import("@/messages/ar/advice.json"),
};

/** What to do when a device isn't there, step by step, in the names that this browser itself uses. Rejects without a network. */
export async function deviceAdvice(
  locale: Locale,
  missing: Missing,
  problem: DeviceProblem,
  place: Place,
  system: System,
): Promise<Advice> {
  const { default: messages } = await catalogues[locale]();
  const { advice } = messages;
  const t = createTranslator({ locale, messages });
  const title = t(`advice.${problem}.title`, { missing });
  const steps =
    problem === "refused"
      ? t(`advice.allow.${stepsOf(place)}`, { which: advice.which[missing] })
      : problem === "system"
        ? t(`advice.system.${system === "mac" || system === "windows" ? system : "other"}`, {
            which: advice.which[missing],
          })
        : advice[problem].steps;
  return {
    title,
    say: advice[problem].say,
    steps: steps.split("\n"),
    tryAgain: advice.tryAgain,
    ratherNot: advice.ratherNot,
    linkSafe: advice.linkSafe,
  };
}

function stepsOf(place: Place) {
  return place === "chrome" || place === "edge" || place === "other" ? "desktop" : place;
}
