"use client";

import { useEffect, useRef, useState } from "react";
import { Icon } from "../ui/icon";
import type { RoomWords } from "./room-facts";

const recordedMs = 3_000;
type Step = "ask" | "recording" | "playing" | "done";

/** Three seconds of one's own voice, recorded on this device and played from it. Nothing leaves it. */
export function HearYourself({
  stream,
  speaker,
  words,
}: {
  stream: MediaStream;
  speaker: string;
  words: RoomWords;
}) {
  const [step, setStep] = useState<Step>("ask");
  const player = useRef<HTMLAudioElement>(null);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  if (typeof MediaRecorder === "undefined") return <p className="small soft">{words.noRecorder}</p>;

  function record() {
    const recorder = new MediaRecorder(stream);
    const parts: Blob[] = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => void play(new Blob(parts, { type: recorder.mimeType }));
    recorder.start();
    setStep("recording");
    const timer = setTimeout(() => recorder.state === "recording" && recorder.stop(), recordedMs);
    stop.current = () => {
      clearTimeout(timer);
      recorder.onstop = null;
      if (recorder.state === "recording") recorder.stop();
    };
  }

  async function play(voice: Blob) {
    const audio = player.current;
    if (!audio) return;
    const address = URL.createObjectURL(voice);
    const over = () => {
      URL.revokeObjectURL(address);
      setStep("done");
    };
    audio.src = address;
    audio.onended = over;
    setStep("playing");
    try {
      if (speaker && "setSinkId" in audio) await audio.setSinkId(speaker);
      await audio.play();
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause;
      over(); // the speaker was unplugged, or the browser wants another press
    }
  }

  const busy = step === "recording" || step === "playing";
  return (
    <div className="rec">
      <div className="grow">
        <b>{words.hear}</b>
        <p className="small soft">{words.hearSay}</p>
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: one's own voice, just now */}
      <audio ref={player} className="vh" />
      <button
        type="button"
        className={busy ? "btn btn--quiet is-busy" : "btn btn--quiet"}
        onClick={() => !busy && record()}
        aria-live="polite"
      >
        <Icon name={step === "playing" ? "speaker" : "mic"} />
        {step === "ask" ? words.record : step === "done" ? words.again : words[step]}
      </button>
    </div>
  );
}
