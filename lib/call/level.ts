/** Quietest and loudest that the meter tells apart, in dB below full scale. */
const quietDb = -60;
const loudDb = -6;
const peakHoldMs = 1_000;

export type Loudness = "silent" | "good" | "loud" | "clipped";
export type Level = {
  /** Lit segments. */
  lit: number;
  /** The segment that the last peak reached, held for a second. */
  peak: number;
  loudness: Loudness;
};

/** Root mean square of samples in −1…1, in dB of full scale; −Infinity in silence. */
export function decibels(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(sum / samples.length);
}

export function segmentsLit(db: number, segments: number): number {
  const share = (db - quietDb) / (loudDb - quietDb);
  return Math.round(Math.min(1, Math.max(0, share)) * segments);
}

/** A meter's memory: how loud now, how loud within the last second. @param segments how many it has. */
export function levelMeter(segments: number) {
  let peak = 0;
  let peakAtMs = Number.NEGATIVE_INFINITY;
  let heardAtMs = Number.NEGATIVE_INFINITY;
  return (samples: Float32Array, atMs: number): Level => {
    const db = decibels(samples);
    const lit = segmentsLit(db, segments);
    if (lit >= peak || atMs - peakAtMs > peakHoldMs) {
      peak = lit;
      peakAtMs = atMs;
    }
    if (db > -48) heardAtMs = atMs;
    return { lit, peak, loudness: loudnessOf(db, atMs - heardAtMs) };
  };
}

/** Pauses between words aren't silence: two seconds without a voice are. */
function loudnessOf(db: number, quietForMs: number): Loudness {
  if (db > -3) return "clipped";
  if (db > -9) return "loud";
  return quietForMs < 2_000 ? "good" : "silent";
}
