"use client";

import { useEffect, useRef, useState } from "react";
import { type Loudness, levelMeter } from "@/lib/call/level";
import { listenTo } from "@/lib/call/page-audio";

/** Eleven a second: quick enough to follow a voice, slow enough for a screen reader and a battery. */
const everyMs = 90;

/**
 * Draws a live level without rendering React at each step; only the words (`told`) change with the state.
 * Silent until the browser lets sound run, which it does at the first press.
 */
export function Meter(props: {
  stream: MediaStream | null;
  label: string;
  segments: number;
  thin?: boolean;
  told?: (loudness: Loudness) => void;
}) {
  const { stream, segments } = props;
  const box = useRef<HTMLDivElement>(null);
  const told = useRef(props.told);
  useEffect(() => {
    told.current = props.told;
  });
  const [parts] = useState(() => Array.from({ length: segments }, (_, index) => `s${index}`));

  useEffect(() => {
    const meter = box.current;
    if (!meter || !stream || stream.getAudioTracks().length === 0) return;
    const measure = levelMeter(segments);
    let said: Loudness | null = null;
    const stop = listenTo(stream, everyMs, (samples, atMs) => {
      const { lit, peak, loudness } = measure(samples, atMs);
      meter.setAttribute("aria-valuenow", String(lit));
      for (let index = 0; index < segments; index++) {
        const segment = meter.children[index];
        if (!segment) continue;
        const heat = index >= segments - 1 ? "clip" : index >= segments - 3 ? "hot" : "on";
        segment.className = index < lit ? heat : index === peak - 1 && peak > lit ? "peak" : "";
      }
      if (loudness !== said) {
        said = loudness;
        told.current?.(loudness);
      }
    });
    return () => {
      stop();
      for (const segment of meter.children) segment.className = "";
      meter.setAttribute("aria-valuenow", "0");
    };
  }, [stream, segments]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> can hold neither segments nor a peak
    <div
      ref={box}
      className={props.thin ? "meter meter--thin" : "meter"}
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={segments}
      aria-valuenow={0}
    >
      {parts.map((key) => (
        <i key={key} />
      ))}
    </div>
  );
}
