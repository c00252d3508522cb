import { useEffect, useRef, useState } from "react";
import { keptChoice } from "@/lib/call/kept-choice";
import { playTune } from "@/lib/call/sounds";
import { waitingWords } from "../messages/call-words";

const knockEveryMs = 30_000;
export const knockChoice = keptChoice(() => window.localStorage, "knock", true);
type Leave = NotificationPermission | "missing";

/** Phones have the word and not the deed: there only a service worker may show one. */
const canNotify = () => typeof Notification === "function" && window.isSecureContext;

/** The soft note each half minute while somebody waits, and, with leave, the system's own notice while this page is hidden. */
export function useKnock(count: number) {
  const [on, setOn] = useState(() => knockChoice.recall());
  const [leave, setLeave] = useState<Leave>(() => (canNotify() ? Notification.permission : "missing"));
  const [asked, setAsked] = useState(false);
  const before = useRef(0);

  useEffect(() => {
    if (count === 0 || !on) return;
    const timer = setInterval(() => void playTune("knock"), knockEveryMs);
    return () => clearInterval(timer);
  }, [count, on]);

  useEffect(() => {
    const more = count > before.current;
    before.current = count;
    if (!more || leave !== "granted" || document.visibilityState === "visible") return;
    notify();
  }, [count, leave]);

  return {
    on,
    toggle() {
      knockChoice.remember(!on);
      setOn(!on);
    },
    /** Only a press asks, and only once. */
    mayAsk: leave === "default" && !asked,
    refused: asked && leave === "denied",
    ask() {
      setAsked(true);
      void Notification.requestPermission().then(setLeave);
    },
  };
}

function notify(): void {
  const { title, say } = waitingWords.notification;
  try {
    const notice = new Notification(title, { body: say, tag: "vouchsafe-waiting" });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch (cause) {
    // Chrome on Android allows none from a page: the tab's title and the sound remain.
    if (!(cause instanceof TypeError)) throw cause;
  }
}
