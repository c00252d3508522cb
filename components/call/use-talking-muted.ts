import { useEffect, useState } from "react";
import { audioContext } from "@/lib/call/sounds";
import { speechDetector } from "@/lib/call/speech";

const everyMs = 100;

/** True while somebody speaks into `stream` although nobody hears it. Null: nothing to listen to. */
export function useTalkingMuted(stream: MediaStream | null): boolean {
  const [talking, setTalking] = useState(false);
  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return;
    const audio = audioContext();
    const source = audio.createMediaStreamSource(stream);
    const analyser = new AnalyserNode(audio, { fftSize: 2048, smoothingTimeConstant: 0 });
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const detect = speechDetector();
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      setTalking(detect(samples, performance.now()));
    }, everyMs);
    return () => {
      clearInterval(timer);
      source.disconnect();
      setTalking(false);
    };
  }, [stream]);
  return talking;
}
