import { type RefObject, useEffect, useRef } from "react";

/** Blurred anyway: small is enough, and cheap to keep. */
const size = { width: 192, height: 108 };
const everyMs = 1_000;

/** Keeps the other's last picture while all is well, and shows it blurred and grey while it is not. */
export function LastPicture({ stage, shown }: { stage: RefObject<HTMLElement | null>; shown: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (shown) return;
    const timer = setInterval(() => {
      const video = stage.current?.querySelector<HTMLVideoElement>('[data-testid="remote-video"]');
      const pen = canvas.current?.getContext("2d");
      if (!pen || !video?.videoWidth) return;
      const scale = Math.max(size.width / video.videoWidth, size.height / video.videoHeight);
      const width = video.videoWidth * scale;
      const height = video.videoHeight * scale;
      pen.drawImage(video, (size.width - width) / 2, (size.height - height) / 2, width, height);
    }, everyMs);
    return () => clearInterval(timer);
  }, [stage, shown]);
  return <canvas ref={canvas} {...size} className="last-picture" hidden={!shown} />;
}
