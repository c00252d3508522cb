"use client";
import { useEffect, useState } from "react";

/** The least page with a camera preview: the anchor for ours. */
export default function Page() {
  const [camera, setCamera] = useState<MediaStream | null>(null);
  useEffect(() => {
    navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(setCamera);
  }, []);
  return (
    <main>
      <h1>Your video visit</h1>
      <video
        autoPlay
        muted
        playsInline
        data-testid="self-video"
        ref={(video) => {
          if (video && video.srcObject !== camera) video.srcObject = camera;
        }}
      />
      <button type="button" disabled={!camera}>
        Join visit
      </button>
    </main>
  );
}
