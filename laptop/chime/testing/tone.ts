const sampleRate = 48_000;
const frameSamples = 960;

/** Frames of one pure tone, without a click between them. */
export function toneOf(hz: number, loudness = 8_000) {
  let at = 0;
  return (): Int16Array =>
    Int16Array.from({ length: frameSamples }, () => {
      at += 1;
      return Math.round(loudness * Math.sin((2 * Math.PI * hz * at) / sampleRate));
    });
}

/** How much of a sound is this tone: 0 for none, 1 for nothing else (Goertzel). Silence is 0. */
export function shareOf(hz: number, sound: Int16Array, rate = sampleRate): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rate);
  let [before, last, power] = [0, 0, 0];
  for (const sample of sound) {
    [before, last] = [last, sample + turn * last - before];
    power += sample * sample;
  }
  if (power < sound.length) return 0;
  return (2 * (before * before + last * last - turn * before * last)) / (sound.length * power);
}

/** Plays a tone, frame by frame as a clock would. @returns what ends it. */
export function play(hz: number, write: (frame: Int16Array) => void): () => void {
  const next = toneOf(hz);
  let due = performance.now();
  const timer = setInterval(() => {
    for (; performance.now() >= due; due += 20) write(next());
  }, 10);
  return () => clearInterval(timer);
}

/** Keeps the newest 200 ms of what is heard. */
export function ear(listen: (frame: (heard: Int16Array) => void) => void) {
  const heard: Int16Array[] = [];
  listen((frame) => {
    heard.push(frame);
    if (heard.length > 10) heard.shift();
  });
  return { share: (tone: number) => shareOf(tone, Int16Array.from(heard.flatMap((frame) => [...frame]))) };
}
