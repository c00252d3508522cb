let context: AudioContext | null = null;
let users = 0;

export type PageAudio = { audio: AudioContext; giveBack(): void };

/**
 * The page's one audio engine. It draws power from a phone for as long as it runs, whether or not anything sounds, so it sleeps while nobody has
 * borrowed it. Browsers keep it silent until somebody has pressed something: it wakes at the first press.
 */
export function borrowAudio(): PageAudio {
  const audio = open();
  const wake = () => void audio.resume();
  const presses = new AbortController();
  users += 1;
  wake(); // also where it says "running": it may be about to fall asleep
  if (audio.state !== "running")
    for (const press of ["pointerdown", "keydown"])
      addEventListener(press, wake, { once: true, signal: presses.signal });
  return {
    audio,
    giveBack() {
      if (presses.signal.aborted) return;
      presses.abort();
      users -= 1;
      if (users === 0) void audio.suspend();
    },
  };
}

/** Nothing that we play or measure is in a hurry; the browser may then work in larger pieces. */
function open(): AudioContext {
  context ??= new AudioContext({ latencyHint: "playback" });
  return context;
}

/**
 * Listens in on a stream, several times a second.
 *
 * @param heard gets the last 2,048 samples, in −1…1; they are overwritten by the next call.
 * @returns a function that stops it.
 */
export function listenTo(
  stream: MediaStream,
  everyMs: number,
  heard: (samples: Float32Array, atMs: number) => void,
): () => void {
  const { audio, giveBack } = borrowAudio();
  const source = audio.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(audio, { fftSize: 2048, smoothingTimeConstant: 0 });
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    heard(samples, performance.now());
  }, everyMs);
  return () => {
    clearInterval(timer);
    source.disconnect();
    giveBack();
  };
}
