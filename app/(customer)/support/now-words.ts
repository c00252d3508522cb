import type { getTranslations } from "next-intl/server";
import type { SaidNow } from "@/components/support/support-facts";
import { waitRange } from "@/lib/call/support/wait-range";
import { clockTime, dayOf, zoneName } from "@/lib/call/time-words";
import { wallTime } from "@/lib/kernel/wall-time";
import type { SupportNow } from "@/lib/support-calls/support-now";

type Words = Awaited<ReturnType<typeof getTranslations<"support.now">>>;
type Reader = {
  /** Null: not known. Then the hours are told by the contact centre's own clock, and its zone is named. */
  timeZone: string | null;
  tag: string;
  now: Date;
};

/** What is known of the contact centre, as its caller reads it. What nobody knows is not said. */
export function nowWords(t: Words, { opening, timeZone, line }: SupportNow, reader: Reader): SaidNow {
  if (!opening) return { closed: false, opening: null, wait: waitWords(t, line) };
  const time = timeWords(reader, timeZone ?? "UTC");
  if (opening.open)
    return {
      closed: false,
      opening: opening.until ? untilWords(t, time(opening.until)) : t("open"),
      wait: waitWords(t, line),
    };
  return {
    closed: true,
    opening: opening.opensAt ? againWords(t, time(opening.opensAt)) : t("againUnknown"),
    wait: null,
  };
}

type Time = { day: ReturnType<typeof dayOf>; time: string; isMidnight: boolean };

function timeWords({ timeZone, tag, now }: Reader, centre: string) {
  const zone = timeZone ?? centre;
  return (at: Date): Time => {
    const clock = clockTime(at, zone, tag);
    return {
      day: dayOf(at, now, zone, tag),
      time: timeZone ? clock : `${clock} ${zoneName(at, zone, tag)}`,
      isMidnight: timeZone !== null && wallTime(at, zone).endsWith("T00:00"),
    };
  };
}

function untilWords(t: Words, { day, time, isMidnight }: Time): string {
  if (day.kind === "tomorrow" && isMidnight) return t("openMidnight");
  if (day.kind === "other") return t("openDay", { day: day.name, time });
  return day.kind === "today" ? t("openToday", { time }) : t("openTomorrow", { time });
}

function againWords(t: Words, { day, time }: Time): string {
  if (day.kind === "other") return t("againDay", { day: day.name, time });
  return day.kind === "today" ? t("againToday", { time }) : t("againTomorrow", { time });
}

function waitWords(t: Words, line: SupportNow["line"]): string | null {
  if (line?.agentsStaffed === 0) return t("nobody");
  const wait = waitRange(line?.waitSeconds);
  if (wait === null) return null;
  if (wait.kind === "soon") return t("waitSoon");
  return wait.kind === "long"
    ? t("waitLong", { from: wait.from })
    : t("waitRange", { from: wait.from, to: wait.to });
}
