"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { keptChoice } from "@/lib/call/kept-choice";
import { playTune } from "@/lib/call/sounds";
import type { TodayNews } from "@/lib/visits/look-at-today";

/** The list says minutes: so often it is read again though nothing happened. */
const minuteMs = 60_000;
const knockEveryMs = 30_000;
const sound = keptChoice(() => window.localStorage, "desk-sound", true);

/**
 * Shows the list anew when it shows what is no longer so: rows change in place, what has focus keeps it. While somebody waits the tab says
 * how many, and a soft note sounds when one comes and each half minute.
 * @param news of the list that the page was made from.
 */
export function Watch({ news }: { news: TodayNews }) {
  const t = useTranslations("today");
  const router = useRouter();
  const shown = useRef(news.version);
  shown.current = news.version;
  const [on, setOn] = useState(true);
  const { waiting } = news;

  useEffect(() => {
    const live = new EventSource("/api/visits/events");
    live.addEventListener("state", ({ data }) => {
      if ((JSON.parse(data) as TodayNews).version !== shown.current) router.refresh();
    });
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, minuteMs);
    return () => {
      live.close();
      clearInterval(timer);
    };
  }, [router]);

  useEffect(() => setOn(sound.recall()), []);
  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = waiting > 0 ? `(${waiting}) ${plain}` : plain;
  }, [waiting]);
  useEffect(() => {
    if (waiting === 0 || !on) return;
    void playTune("knock");
    const timer = setInterval(() => void playTune("knock"), knockEveryMs);
    return () => clearInterval(timer);
  }, [waiting, on]);

  return (
    <>
      <button
        type="button"
        role="switch"
        aria-checked={on}
        className="switch"
        onClick={() => {
          sound.remember(!on);
          setOn(!on);
        }}
      >
        <i aria-hidden="true" />
        {t("sound")}
      </button>
      <p role="status" className="vh">
        {waiting > 0 ? t("waiting", { count: waiting }) : ""}
      </p>
    </>
  );
}
