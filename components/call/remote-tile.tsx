import { VideoTile } from "amazon-chime-sdk-component-library-react";
import { useEffect, useLayoutEffect, useRef } from "react";
import type { CallMedia } from "@/lib/call/media/media";
import { callWords } from "../messages/call-words";
import { useStill } from "./use-still";

/**
 * One other person's picture, or their screen (`whole`: nothing of it is cut off). Its sound comes by the page's one audio element.
 *
 * @param props.here is told of the first frame; it must not change between renders.
 */
export function RemoteTile(props: {
  media: CallMedia;
  tileId: number;
  label: string;
  here: () => void;
  whole?: boolean;
}) {
  const { media, tileId, label, here } = props;
  const video = useRef<HTMLVideoElement>(null);
  // Before anything is painted: an effect would wait for the next free moment, and a busy machine has none while a call begins.
  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return;
    element.dataset.testid = "remote-video";
    element.autoplay = true;
    element.playsInline = true;
    element.muted = true;
    media.showTile(tileId, element);
    const stopWatching = onFirstFrame(element, here);
    return () => {
      stopWatching();
      media.showTile(tileId, null);
    };
  }, [media, tileId, here]);
  useEffect(() => video.current?.setAttribute("aria-label", label), [label]);
  // A screen on which nothing happens may send nothing.
  const still = useStill(video, !props.whole);
  return (
    <>
      <VideoTile
        ref={video}
        className="remote-tile"
        objectFit={props.whole ? "contain" : "cover"}
        data-testid="remote-tile"
      />
      <p className="still" role="status">
        {still ? callWords.pictureStill : null}
      </p>
    </>
  );
}

/** Has the tile's styles made and put into the page while people wait: at the first picture they would keep it from being painted. */
export function TileStyles() {
  return (
    <div hidden>
      <VideoTile className="remote-tile" objectFit="cover" />
    </div>
  );
}

/** Where a browser can't say so of frames, `loadeddata` is nearly as good. @returns a function that stops it. */
function onFirstFrame(element: HTMLVideoElement, here: () => void): () => void {
  if ("requestVideoFrameCallback" in element) {
    const handle = element.requestVideoFrameCallback(here);
    return () => element.cancelVideoFrameCallback(handle);
  }
  const video: HTMLVideoElement = element;
  video.addEventListener("loadeddata", here, { once: true });
  return () => video.removeEventListener("loadeddata", here);
}
