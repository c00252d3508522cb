import { borrowAudio } from "./page-audio";

/** Frequencies in Hz, one after the other; the screens' README has the table. */
const tunes = {
  "come-in": [523.25, 659.25],
  test: [523.25, 659.25],
  gone: [659.25, 523.25],
  knock: [392],
  ring: [587.33, 783.99],
} as const;
export type Tune = keyof typeof tunes;

/**
 * Plays two soft notes (600 ms) or one. Twelve dB under speech: a gain of 0.12.
 *
 * @param speaker a device id; "" is the system's own. Browsers that can't choose play it there anyway.
 * @returns when the last note has faded.
 */
export async function playTune(tune: Tune, speaker = ""): Promise<void> {
  const { audio, giveBack } = borrowAudio();
  try {
    await audio.resume();
    await chooseSink(audio, speaker);
    const start = audio.currentTime + 0.02;
    const ends = tunes[tune].map((frequency, index) => note(audio, frequency, start + index * 0.26));
    await Promise.all(ends);
  } finally {
    giveBack();
  }
}

function note(audio: AudioContext, frequency: number, at: number): Promise<void> {
  const tone = new OscillatorNode(audio, { type: "sine", frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.12, at + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0005, at + 0.34);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.36);
  return new Promise((faded) => {
    tone.onended = () => faded();
  });
}

async function chooseSink(audio: AudioContext, speaker: string): Promise<void> {
  if (!("setSinkId" in audio) || typeof audio.setSinkId !== "function") return;
  try {
    await audio.setSinkId(speaker);
  } catch (cause) {
    // Unplugged since it was chosen: the system's own speaker is better than none.
    if (!(cause instanceof DOMException)) throw cause;
  }
}
