import { decibels } from "./level";

/** Louder than a quiet room and than typing; a voice at arm's length is about −30. */
const speechDb = -38;
/** A cough isn't speech: so much of it within a second is. */
const speechMs = 400;
const forgetMs = 1_000;
/** The word stays for this long after the last of the speech. */
const holdMs = 4_000;

/** Tells whether somebody is speaking into a microphone that nobody hears. Samples in −1…1, as they come. */
export function speechDetector(): (samples: Float32Array, atMs: number) => boolean {
  let beganAtMs: number | null = null;
  let loudAtMs = Number.NEGATIVE_INFINITY;
  let saidAtMs = Number.NEGATIVE_INFINITY;
  return (samples, atMs) => {
    if (decibels(samples) > speechDb) {
      if (beganAtMs === null || atMs - loudAtMs > forgetMs) beganAtMs = atMs;
      loudAtMs = atMs;
      if (atMs - beganAtMs >= speechMs) saidAtMs = atMs;
    }
    return atMs - saidAtMs < holdMs;
  };
}
