import { frameSamples, samplesPerSecond } from "./line";

/** A struck string: a tone with an octave above it, which dies away. Hz, seconds, 0 to 1. */
type Note = { at: number; hertz: number; loud: number };

const noteLasts = 1.6;
const loudest = 5_000;

function play(notes: readonly Note[], seconds: number, rounds: boolean): Int16Array[] {
  const samples = new Float64Array(Math.round((seconds * samplesPerSecond) / frameSamples) * frameSamples);
  for (const { at, hertz, loud } of notes)
    for (let index = 0; index < noteLasts * samplesPerSecond; index++) {
      const place = Math.round(at * samplesPerSecond) + index;
      if (!rounds && place >= samples.length) break;
      const t = index / samplesPerSecond;
      const rise = Math.min(1, t / 0.01); // without a click
      const tone = Math.sin(2 * Math.PI * hertz * t) + 0.3 * Math.sin(4 * Math.PI * hertz * t);
      samples[place % samples.length]! += loud * loudest * rise * Math.exp(-3 * t) * tone;
    }
  const clipped = Int16Array.from(samples, (sample) => Math.max(-32_768, Math.min(32_767, sample)));
  return Array.from({ length: clipped.length / frameSamples }, (_, frame) =>
    clipped.subarray(frame * frameSamples, (frame + 1) * frameSamples),
  );
}

const hertzOf = (semitonesAboveA: number) => 440 * 2 ** (semitonesAboveA / 12);
/** Four chords, each broken into four notes. Ours. */
const chords = [
  [-9, -5, -2, 3],
  [-12, -8, -5, 0],
  [-16, -12, -9, -4],
  [-14, -10, -7, -2],
];
const beat = 0.5;

let music: Int16Array[] | null = null;
/** Eight seconds that go round without a seam. */
export function holdMusic(): Int16Array[] {
  music ??= play(
    chords.flatMap((chord, bar) =>
      chord.map((tone, index) => ({
        at: (bar * chord.length + index) * beat,
        hertz: hertzOf(tone),
        loud: index === 0 ? 0.8 : 0.5,
      })),
    ),
    chords.length * 4 * beat,
    true,
  );
  return music;
}

let chimed: Int16Array[] | null = null;
/** Two notes before words that are shown: somebody is being told something. */
export function chime(): Int16Array[] {
  chimed ??= play(
    [
      { at: 0, hertz: hertzOf(3), loud: 0.8 },
      { at: 0.18, hertz: hertzOf(7), loud: 0.8 },
    ],
    0.6,
    false,
  );
  return chimed;
}
