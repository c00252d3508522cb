"use client";

import { useEffect, useRef, useState } from "react";
import { type Loudness, levelMeter, scaleLit, scaleMeter } from "@/lib/call/level";
import { listenTo } from "@/lib/call/page-audio";
import type { RoomWords } from "./room-facts";

const segments = 40;
/** Eleven a second for the eye; numbers three times a second, so that they can be read. */
const everyMs = 90;
const numbersEvery = 4;
const shown = (db: number) => (db > -90 ? `${Math.round(db)}`.replace("-", "−") : "−∞");

/** A live level on a scale from −60 to 0 dB: RMS as segments, the peak as a mark, both as numbers, and whether sound is cut off. */
export function SoundScale(props: {
  stream: MediaStream;
  words: RoomWords;
  told: (loudness: Loudness) => void;
}) {
  const { stream, words } = props;
  const box = useRef<HTMLDivElement>(null);
  const now = useRef<HTMLElement>(null);
  const loudest = useRef<HTMLElement>(null);
  const told = useRef(props.told);
  const [clipping, setClipping] = useState(false);
  const [parts] = useState(() => Array.from({ length: segments }, (_, index) => `s${index}`));
  useEffect(() => {
    told.current = props.told;
  });
  useEffect(() => {
    const measure = scaleMeter();
    const judge = levelMeter(segments);
    let said: Loudness | null = null;
    let count = 0;
    return listenTo(stream, everyMs, (samples, atMs) => {
      const { rmsDb, peakDb, clipping: cut } = measure(samples, atMs);
      const [lit, peak] = [scaleLit(rmsDb, segments), scaleLit(peakDb, segments)];
      const meter = box.current;
      meter?.setAttribute("aria-valuenow", String(Math.round(Math.max(-60, rmsDb))));
      for (let index = 0; meter && index < segments; index++) {
        const heat = index >= segments - 2 ? "clip" : index >= segments - 6 ? "hot" : "on";
        const segment = meter.children[index];
        if (segment) segment.className = index < lit ? heat : index === peak - 1 ? "peak" : "";
      }
      if (count++ % numbersEvery === 0) {
        if (now.current) now.current.textContent = shown(rmsDb);
        if (loudest.current) loudest.current.textContent = shown(peakDb);
        setClipping(cut);
      }
      const { loudness } = judge(samples, atMs);
      const heard = cut ? "clipped" : loudness;
      if (heard !== said) {
        said = heard;
        told.current(heard);
      }
    });
  }, [stream]);

  return (
    <div className="stack stack--tight">
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> can hold neither segments nor a peak */}
      <div
        ref={box}
        dir="ltr"
        className="meter scale__meter"
        role="meter"
        aria-label={words.level}
        aria-valuemin={-60}
        aria-valuemax={0}
        aria-valuenow={-60}
      >
        {parts.map((key) => (
          <i key={key} />
        ))}
      </div>
      <div className="scale num" aria-hidden="true" dir="ltr">
        {["−60", "−48", "−36", "−24", "−12", `0 ${words.dB}`].map((mark) => (
          <span key={mark}>{mark}</span>
        ))}
      </div>
      <dl className="nums">
        <div>
          <dt>{words.now}</dt>
          <dd>
            <bdi dir="ltr">
              <b ref={now}>−∞</b> {words.dB}
            </bdi>
          </dd>
        </div>
        <div>
          <dt>{words.loudest}</dt>
          <dd>
            <bdi dir="ltr">
              <b ref={loudest}>−∞</b> {words.dB}
            </bdi>
          </dd>
        </div>
        <div className={clipping ? "nums--bad" : undefined}>
          <dt>{words.tooLoud}</dt>
          <dd>
            <b>{clipping ? words.yes : words.no}</b>
          </dd>
        </div>
      </dl>
    </div>
  );
}
