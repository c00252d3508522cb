let context: AudioContext | null = null;

export type PageAudio = { audio: AudioContext; giveBack(): void };

/**
 * The page's one audio engine. Browsers keep it silent until somebody has pressed something: it wakes at the first press, for as long as it is
 * borrowed. It is never put to sleep again: Firefox then may lose what others say as well.
 */
export function borrowAudio(): PageAudio {
  context ??= new AudioContext({ latencyHint: "interactive" });
  const audio = context;
  const wake = () => void audio.resume();
  const presses = new AbortController();
  wake();
  if (audio.state !== "running")
    for (const press of ["pointerdown", "keydown"])
      addEventListener(press, wake, { once: true, signal: presses.signal });
  return { audio, giveBack: () => presses.abort() };
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
