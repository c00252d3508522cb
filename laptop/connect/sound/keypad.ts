import { frameSamples, samplesPerSecond } from "./line";

/** Hz (ITU-T Q.23). */
const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = ["123A", "456B", "789C", "*0#D"];

/** Of a frame's whole power, what its two tones must hold: 1.5 % beside the tone passes, 3.5 % does not (Q.24). */
const shareMin = 0.5;
/** How much louder one tone may be: the column's over the row's, and the other way. Power ratios of 4 and 8 dB. */
const columnOverRowMax = 10 ** 0.4;
const rowOverColumnMax = 10 ** 0.8;
/** Mean power of a frame below which nothing is heard: about -45 dBov. */
const powerMin = 34_000;
/** Two frames, 40 ms: shorter is no key, and a shorter gap is none. */
const framesMin = 2;

/** How much of a tone is in a frame (Goertzel), as a share that is 1 for that tone alone. */
function shareOf(frame: Int16Array, hertz: number, power: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hertz) / samplesPerSecond);
  let one = 0;
  let two = 0;
  for (const sample of frame) {
    const now = sample + coefficient * one - two;
    two = one;
    one = now;
  }
  const squared = one * one + two * two - coefficient * one * two;
  return squared / ((frameSamples / 2) * power);
}

const loudestOf = (shares: number[]) => shares.indexOf(Math.max(...shares));

const toneFrames = 6;
const gapFrames = 4;
const loudness = 5_000;

/** The sound of keys, one after the other: 120 ms each, and 80 ms between. What is no key is left out. */
export function soundOfKeys(pressed: string): Int16Array[] {
  return [...pressed].flatMap((key) => {
    const row = keys.findIndex((all) => all.includes(key));
    const low = rows[row];
    const high = columns[keys[row]?.indexOf(key) ?? -1];
    if (low === undefined || high === undefined) return [];
    const tone = (hertz: number, at: number) =>
      loudness * Math.sin((2 * Math.PI * hertz * at) / samplesPerSecond);
    return Array.from({ length: toneFrames + gapFrames }, (_, frame) =>
      Int16Array.from({ length: frameSamples }, (_, index) => {
        const at = frame * frameSamples + index;
        return frame < toneFrames ? tone(low, at) + tone(high, at) : 0;
      }),
    );
  });
}

/** The key whose tones are in a frame. */
function keyIn(frame: Int16Array): string | null {
  let power = 0;
  for (const sample of frame) power += sample * sample;
  if (power / frameSamples < powerMin) return null;
  const low = rows.map((hertz) => shareOf(frame, hertz, power));
  const high = columns.map((hertz) => shareOf(frame, hertz, power));
  const [row, column] = [loudestOf(low), loudestOf(high)];
  const [lowShare, highShare] = [low[row] ?? 0, high[column] ?? 0];
  if (lowShare + highShare < shareMin) return null;
  if (highShare > lowShare * columnOverRowMax || lowShare > highShare * rowOverColumnMax) return null;
  return keys[row]?.[column] ?? null;
}

/** Hears the keys of a telephone in sound. @returns what takes one frame after the other. */
export function openKeypad(pressed: (key: string) => void): (frame: Int16Array) => void {
  let down: string | null = null;
  let last: string | null = null;
  let count = 0;
  return (frame) => {
    const key = keyIn(frame);
    count = key === last ? count + 1 : 1;
    last = key;
    if (count !== framesMin || key === down) return;
    down = key;
    if (key !== null) pressed(key);
  };
}
