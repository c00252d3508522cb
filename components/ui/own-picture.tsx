"use client";

import { useEffect, useRef } from "react";

/** This person's own camera, mirrored as they know themselves. Hidden without a stream. */
export function OwnPicture({ stream, label }: { stream: MediaStream | null; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element && element.srcObject !== stream) element.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className="own-picture"
      data-testid="self-video"
      data-first="picture"
      hidden={stream === null}
      suppressHydrationWarning // the first script may have shown it already
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
