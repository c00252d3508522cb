/** How many samples of 48 kHz make one of 8 kHz. */
const ratio = 6;
/** Per output sample of the slower side. 288 taps: flat to 3.4 kHz, 60 dB down from 4 kHz on, 3 ms late. */
const tapsPerPhase = 48;
const taps = ratio * tapsPerPhase;
const cutoffHz = 3_700;
const kaiserBeta = 5.65;

function besselZero(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > 1e-10 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/** A low pass at 48 kHz: a sinc under a Kaiser window, of gain 1. */
const kernel = (() => {
  const centre = (taps - 1) / 2;
  const turn = (2 * cutoffHz) / 48_000;
  const weights = Float64Array.from({ length: taps }, (_, i) => {
    const x = i - centre; // never whole: the number of taps is even
    const window = besselZero(kaiserBeta * Math.sqrt(1 - (x / centre) ** 2)) / besselZero(kaiserBeta);
    return (Math.sin(Math.PI * turn * x) / (Math.PI * x)) * window;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

const clamp = (value: number) => Math.max(-32_768, Math.min(32_767, Math.round(value)));

/** 48 kHz to 8 kHz, frame after frame without a seam. Frames of a multiple of 6 samples. */
export function downsampler(): (frame: Int16Array) => Int16Array {
  let past = new Float64Array(taps - 1);
  return (frame) => {
    const line = new Float64Array(past.length + frame.length);
    line.set(past);
    line.set(frame, past.length);
    const out = new Int16Array(frame.length / ratio);
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      const from = i * ratio;
      for (let tap = 0; tap < taps; tap++) sum += line[from + tap]! * kernel[tap]!;
      out[i] = clamp(sum);
    }
    past = line.slice(frame.length);
    return out;
  };
}

/** 8 kHz to 48 kHz, likewise. */
export function upsampler(): (frame: Int16Array) => Int16Array {
  let past = new Float64Array(tapsPerPhase - 1);
  return (frame) => {
    const line = new Float64Array(past.length + frame.length);
    line.set(past);
    line.set(frame, past.length);
    const out = new Int16Array(frame.length * ratio);
    for (let i = 0; i < frame.length; i++)
      for (let phase = 0; phase < ratio; phase++) {
        let sum = 0;
        for (let tap = 0; tap < tapsPerPhase; tap++)
          sum += line[i + tap]! * kernel[(tapsPerPhase - 1 - tap) * ratio + phase]!;
        out[i * ratio + phase] = clamp(sum * ratio);
      }
    past = line.slice(frame.length);
    return out;
  };
}
