import { useEffect, useRef, useState } from "react";

const wantsSpace = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest("input, select, textarea, summary, a, [role=switch], dialog, button:not([data-talk])") !==
    null;

/**
 * Holding the space bar talks while muted. Leaves the bar to whatever else has the focus; the mute button itself gives it up.
 *
 * @returns whether it is held now.
 */
export function useSpaceToTalk(muted: boolean, setMuted: (muted: boolean) => void): boolean {
  const [held, setHeld] = useState(false);
  const now = useRef({ muted, setMuted, held });
  useEffect(() => {
    now.current = { muted, setMuted, held };
  });
  useEffect(() => {
    const hold = (event: KeyboardEvent) => {
      if (event.code !== "Space" || wantsSpace(event.target)) return;
      if (now.current.held) return event.preventDefault(); // the key repeats
      if (!now.current.muted || event.repeat) return;
      event.preventDefault();
      now.current.held = true;
      setHeld(true);
      now.current.setMuted(false);
    };
    const release = (event?: KeyboardEvent) => {
      if ((event && event.code !== "Space") || !now.current.held) return;
      event?.preventDefault();
      now.current.held = false;
      setHeld(false);
      now.current.setMuted(true);
    };
    const away = () => release();
    addEventListener("keydown", hold);
    addEventListener("keyup", release);
    addEventListener("blur", away);
    return () => {
      removeEventListener("keydown", hold);
      removeEventListener("keyup", release);
      removeEventListener("blur", away);
    };
  }, []);
  return held;
}
