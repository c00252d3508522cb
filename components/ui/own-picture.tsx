"use client";

import { useEffect, useRef } from "react";

/** This person's own camera, mirrored as they know themselves. */
export function OwnPicture({ stream, label }: { stream: MediaStream; label: string }) {
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
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
