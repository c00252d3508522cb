import type { Started } from "../call-facts";
import type { MediaStat } from "../connection/read-media";
import { openSession } from "./open-session";

export type Probe = {
  /** Idempotent. */
  stop(): void;
};

/**
 * Joins a meeting alone, with silence of the SDK's own making for a microphone, and tells the browser's statistics once a second while media flows. Asks
 * for no device and plays nothing.
 */
export function probeChime(
  join: Started["chimeJoinInfo"],
  told: (stats: Iterable<MediaStat>) => void,
): Probe {
  const { audioVideo } = openSession(join).session;
  let over = false;
  audioVideo.addObserver({
    metricsDidReceive: (report) => {
      if (!over) told(report.getRTCStatsReport().values());
    },
  });
  audioVideo.start();
  return {
    stop() {
      if (over) return;
      over = true;
      audioVideo.stop();
      void audioVideo.stopAudioInput();
    },
  };
}
