/** What `bench/loss.ts` runs inside a page, each by itself: nothing here may refer to anything outside its own function. */
type Ears = { connections: RTCPeerConnection[]; context?: AudioContext };

/** Before the page's own scripts: its microphone is a steady tone, and its connections can be asked for their figures. */
export function speakInTone(hz: number): void {
  const ears: Ears = { connections: [] };
  (window as unknown as { ears: Ears }).ears = ears;
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, given) {
      const made = new target(...given);
      ears.connections.push(made);
      return made;
    },
  });
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    const [microphone] = stream.getAudioTracks();
    if (!microphone) return stream;
    ears.context ??= new AudioContext();
    const oscillator = ears.context.createOscillator();
    const gain = ears.context.createGain();
    const out = ears.context.createMediaStreamDestination();
    oscillator.frequency.value = hz;
    gain.gain.value = 0.4;
    oscillator.connect(gain).connect(out);
    oscillator.start();
    stream.removeTrack(microphone);
    const [voice] = out.stream.getAudioTracks();
    if (voice) stream.addTrack(voice);
    return stream;
  };
}

/** Totals since the call began: pictures decoded, seconds without one, samples played and those of them that were made up. */
export async function countArrivals() {
  const total = { frames: 0, frozenSeconds: 0, samples: 0, concealed: 0 };
  const { ears } = window as unknown as { ears: Ears };
  for (const connection of ears.connections)
    for (const report of (await connection.getStats()).values()) {
      if (report.type !== "inbound-rtp") continue;
      total.frames += report.framesDecoded ?? 0;
      total.frozenSeconds += report.totalFreezesDuration ?? 0;
      total.samples += report.totalSamplesReceived ?? 0;
      total.concealed += (report.concealedSamples ?? 0) - (report.silentConcealedSamples ?? 0);
    }
  return total;
}

/** The share of the time (0 to 1) in which this tone is the loudest thing heard. */
export async function listenFor({ hz, ms }: { hz: number; ms: number }): Promise<number> {
  const { ears } = window as unknown as { ears: Ears };
  const voices = ears.connections
    .flatMap((connection) => connection.getReceivers())
    .filter(({ track }) => track.kind === "audio" && track.readyState === "live");
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 4096, smoothingTimeConstant: 0 });
  for (const { track } of voices) context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const levels = new Float32Array(analyser.frequencyBinCount);
  const bin = Math.round((hz * analyser.fftSize) / context.sampleRate);
  let looks = 0;
  let heard = 0;
  await new Promise((resolve) => setTimeout(resolve, 300)); // until the analyser has a full window
  for (const until = performance.now() + ms - 1_000; performance.now() < until; looks++) {
    analyser.getFloatFrequencyData(levels);
    const loudest = levels.reduce((best, level, at) => (level > levels[best]! ? at : best), 0);
    if (Math.abs(loudest - bin) <= 2 && levels[loudest]! > -60) heard++;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await context.close();
  return heard / looks;
}
