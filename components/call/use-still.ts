import { type RefObject, useEffect, useState } from "react";

/** A camera sends several frames a second on the worst of lines; after this long without one its picture stands still. */
const stillMs = 4_000;
const lookMs = 1_000;

/** Whether the picture stands still although it is on the screen: its sender sleeps, shows another app, or can't be reached. */
export function useStill(video: RefObject<HTMLVideoElement | null>, watched: boolean): boolean {
  const [still, setStill] = useState(false);
  useEffect(() => {
    if (!watched) return;
    let frames = 0;
    let movedAtMs = performance.now();
    const timer = setInterval(() => {
      const shown = video.current?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
      // A page that nobody looks at paints nothing; a picture that hasn't come yet isn't one that stopped.
      if (document.hidden || shown === 0 || shown !== frames) movedAtMs = performance.now();
      frames = shown;
      setStill(performance.now() - movedAtMs >= stillMs);
    }, lookMs);
    return () => clearInterval(timer);
  }, [video, watched]);
  return still;
}
