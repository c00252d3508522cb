import type { getTranslations } from "next-intl/server";
import type { CallbackFacts } from "@/components/support/support-facts";
import { clockTime, dayOf } from "@/lib/call/time-words";
import { callbackSlots } from "@/lib/support-calls/callback-slots";

type Words = Awaited<ReturnType<typeof getTranslations<"support.callback">>>;

/** The hours in which a customer can be called, by their own clock. */
export function offeredHours(
  t: Words,
  hours: Parameters<typeof callbackSlots>[0],
  { timeZone, tag, now }: { timeZone: string; tag: string; now: Date },
): CallbackFacts["hours"] {
  return callbackSlots(hours, now, timeZone).map(({ from, until }) => {
    const day = dayOf(from, now, timeZone, tag);
    return {
      from: from.toISOString(),
      day: day.kind === "other" ? day.name : t(day.kind),
      words: t("range", { from: clockTime(from, timeZone, tag), to: clockTime(until, timeZone, tag) }),
    };
  });
}
