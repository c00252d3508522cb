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

/** The loudest single sample, in dB of full scale. */
function peakDecibels(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return 20 * Math.log10(peak);
}

/** A converter at its end: what is louder is cut off, and sounds so. */
const clipsAtDb = -0.1;
const clipShownMs = 2_000;
const loudestHeldMs = 3_000;

export type Sounding = { rmsDb: number; peakDb: number; clipping: boolean };

/** A meter with a scale: how loud now (RMS), the loudest sample of the last three seconds, and whether any was cut off in the last two. */
export function scaleMeter() {
  let peakDb = Number.NEGATIVE_INFINITY;
  let peakAtMs = Number.NEGATIVE_INFINITY;
  let clippedAtMs = Number.NEGATIVE_INFINITY;
  return (samples: Float32Array, atMs: number): Sounding => {
    const now = peakDecibels(samples);
    if (now >= peakDb || atMs - peakAtMs > loudestHeldMs) {
      peakDb = now;
      peakAtMs = atMs;
    }
    if (now >= clipsAtDb) clippedAtMs = atMs;
    return { rmsDb: decibels(samples), peakDb, clipping: atMs - clippedAtMs < clipShownMs };
  };
}

/** Of a scale from −60 to 0 dB. */
export function scaleLit(db: number, segments: number): number {
  return Math.round(Math.min(1, Math.max(0, (db + 60) / 60)) * segments);
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
