import type { AudioVideoFacade } from "amazon-chime-sdk-js";
import { later } from "../later";

/** A screen that nobody can be shown within this time is given up. */
const withinMs = 15_000;

type Told = "on" | "off" | "failed";
export type ScreenOut = ReturnType<typeof screenOut>;

/** The page's screen, as one session shows it. `tell`: what became of it. */
export function screenOut(audioVideo: AudioVideoFacade, tell: (now: Told) => void) {
  let sharing = false;
  let closed = false;
  let cancelWait = () => {};
  audioVideo.addContentShareObserver({
    contentShareDidStart: () => became("on"),
    contentShareDidStop: () => became("off"),
  });

  function became(now: Told) {
    cancelWait();
    tell(now);
  }

  return {
    /** From a press: the browser asks what to show. */
    async share(): Promise<void> {
      const stream = await chooseScreen();
      if (!stream) return tell("off");
      if (closed) return stopTracks(stream);
      cancelWait = later(withinMs, () => {
        audioVideo.stopContentShare();
        tell("failed");
      });
      sharing = true;
      await audioVideo.startContentShare(stream);
    },
    stop() {
      cancelWait();
      audioVideo.stopContentShare();
    },
    close() {
      closed = true;
      cancelWait();
      if (sharing) audioVideo.stopContentShare();
    },
  };
}

/** Null where somebody closed the browser's question. Text must stay sharp; fifteen frames are plenty. */
async function chooseScreen(): Promise<MediaStream | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 10, max: 15 } },
      audio: false,
    });
    for (const track of stream.getVideoTracks()) track.contentHint = "detail";
    return stream;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "NotAllowedError") return null;
    throw cause;
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
