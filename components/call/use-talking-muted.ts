import { useEffect, useState } from "react";
import { listenTo } from "@/lib/call/page-audio";
import { speechDetector } from "@/lib/call/speech";

const everyMs = 100;

/** True while somebody speaks into `stream` although nobody hears it. Null: nothing to listen to. */
export function useTalkingMuted(stream: MediaStream | null): boolean {
  const [talking, setTalking] = useState(false);
  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return;
    const detect = speechDetector();
    const stop = listenTo(stream, everyMs, (samples, atMs) => setTalking(detect(samples, atMs)));
    return () => {
      stop();
      setTalking(false);
    };
  }, [stream]);
  return talking;
}
