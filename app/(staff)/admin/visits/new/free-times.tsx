"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { type AskedFree, type FreeDay, findFreeTimes } from "../../weigh";
import { useAnswer } from "../../weighed";

type Props = {
  asked: AskedFree;
  /** `HH:MM`, as it is typed. */
  time: string;
  choose: (change: { time: string } | { date: string }) => void;
  tag: string;
};

/** So many are shown at first: a morning. */
const few = 10;

/** The times at which the clinician is free that day, each to be taken by a press. Says nothing where their hours are not on file. */
export function FreeTimes({ asked, time, choose, tag }: Props) {
  const t = useTranslations("book.free");
  const [all, setAll] = useState(false);
  const free: FreeDay | null = useAnswer(asked, findFreeTimes);
  // By a clock that shows what it is given: these are times of the day, in whichever zone was chosen.
  const clock = (wall: string) => clockTime(new Date(`2000-01-01T${wall}:00Z`), "UTC", tag);
  if (!free) return null;
  const shown = all ? free.times : free.times.slice(0, few);
  return (
    <fieldset className="free">
      <legend className="small">{t("title")}</legend>
      {free.times.length === 0 ? (
        <p className="small soft">
          {t(free.next ? "none" : "noneAtAll")}{" "}
          {free.next ? (
            <button
              type="button"
              className="btn btn--quiet btn--tiny"
              onClick={() => free.next && choose({ date: free.next })}
            >
              {t("next", { day: shortDay(new Date(`${free.next}T12:00:00Z`), "UTC", tag) })}
            </button>
          ) : null}
        </p>
      ) : (
        <div className="row row--wrap free__times">
          {shown.map((wall) => (
            <button
              key={wall}
              type="button"
              className="btn btn--quiet btn--tiny num"
              aria-pressed={wall === time}
              onClick={() => choose({ time: wall })}
            >
              {clock(wall)}
            </button>
          ))}
          {shown.length < free.times.length ? (
            <button type="button" className="btn btn--ghost btn--tiny" onClick={() => setAll(true)}>
              {t("more", { count: free.times.length - shown.length })}
            </button>
          ) : null}
        </div>
      )}
    </fieldset>
  );
}
