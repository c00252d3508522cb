import { VideoTile } from "amazon-chime-sdk-component-library-react";
import { useEffect, useRef } from "react";
import type { CallMedia } from "@/lib/call/media/media";

/** One other person's picture. Its sound comes by the page's one audio element. */
export function RemoteTile({ media, tileId, label }: { media: CallMedia; tileId: number; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.dataset.testid = "remote-video";
    element.autoplay = true;
    element.playsInline = true;
    element.muted = true;
    element.setAttribute("aria-label", label);
    media.showTile(tileId, element);
    return () => media.showTile(tileId, null);
  }, [media, tileId, label]);
  return <VideoTile ref={video} className="remote-tile" objectFit="cover" data-testid="remote-tile" />;
}
