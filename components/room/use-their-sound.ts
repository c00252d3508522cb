import { useEffect, useState } from "react";

/** What the page plays of the other person, to be measured; null while there is nothing. */
export function useTheirSound(element: HTMLAudioElement | null, up: boolean): MediaStream | null {
  const [stream, setStream] = useState<MediaStream | null>(null);
  useEffect(() => {
    if (!element || !up) return setStream(null);
    const look = () => setStream(element.srcObject instanceof MediaStream ? element.srcObject : null);
    look();
    element.addEventListener("loadedmetadata", look);
    return () => element.removeEventListener("loadedmetadata", look);
  }, [element, up]);
  return stream;
}
