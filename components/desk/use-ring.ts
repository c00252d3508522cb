import { useEffect, useRef, useState } from "react";
import { keptChoice } from "@/lib/call/kept-choice";
import { playTune } from "@/lib/call/sounds";
import type { Phone } from "@/lib/desk/phone/phone";

const everyMs = 2_000;
const choice = keptChoice(() => window.localStorage, "desk-ring", true);

/** Two notes each two seconds while a call rings, and a number before the tab's title; two falling ones when the other side has left. */
export function useRing(contact: Phone["contact"], here: boolean) {
  const [on, setOn] = useState(true);
  useEffect(() => setOn(choice.recall()), []);
  const rings = contact?.phase === "ringing";
  useEffect(() => {
    if (!rings || !here || !on) return;
    void playTune("ring");
    const timer = setInterval(() => void playTune("ring"), everyMs);
    return () => clearInterval(timer);
  }, [rings, here, on]);

  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = rings ? `(1) ${plain}` : plain;
  }, [rings]);

  const before = useRef<string | undefined>(undefined);
  const phase = contact?.phase;
  useEffect(() => {
    if (before.current === "connected" && phase === "wrap-up" && here) void playTune("gone");
    before.current = phase;
  }, [phase, here]);

  return {
    on,
    toggle() {
      choice.remember(!on);
      setOn(!on);
    },
  };
}
