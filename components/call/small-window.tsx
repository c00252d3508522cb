import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import { callWords } from "../messages/call-words";
import { Icon } from "./call-icon";
import { useSeconds } from "./use-seconds";

/** Document Picture-in-Picture (WICG); the type library doesn't know it yet. */
type Pictured = { requestWindow: (size: { width: number; height: number }) => Promise<Window> };
const pictured = () => (window as { documentPictureInPicture?: Pictured }).documentPictureInPicture ?? null;

const remoteVideo = () => document.querySelector<HTMLVideoElement>('[data-testid="remote-video"]');
export const canShrink = () => pictured() !== null || document.pictureInPictureEnabled === true;

/**
 * The other's picture in a small window that stays on top of other programs: with buttons where a browser can, else the picture alone.
 *
 * @returns the window to fill, null when the browser shows the picture by itself or there is none. Must be called from a press.
 */
export async function openSmallWindow(): Promise<Window | null> {
  try {
    return await requestWindow();
  } catch (cause) {
    // The browser won't just now (no press, no picture yet): the page itself goes on as it was.
    if (cause instanceof DOMException) return null;
    throw cause;
  }
}

async function requestWindow(): Promise<Window | null> {
  const host = pictured();
  if (host) {
    const small = await host.requestWindow({ width: 320, height: 240 });
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"], style'))
      small.document.head.append(sheet.cloneNode(true));
    small.document.documentElement.lang = document.documentElement.lang;
    small.document.title = document.title;
    return small;
  }
  const video = remoteVideo();
  if (video && video.readyState > 0) await video.requestPictureInPicture();
  return null;
}

export function SmallWindow(props: {
  small: Window;
  state: Inside;
  call: Call;
  name: string;
  closed: () => void;
}) {
  const { small, state, call, closed } = props;
  useEffect(() => {
    small.addEventListener("pagehide", closed);
    return () => {
      small.removeEventListener("pagehide", closed);
      small.close();
    };
  }, [small, closed]);
  return createPortal(
    <main className="small-window">
      <h1 className="vh">{callWords.titles.live}</h1>
      <Copy label={props.name} />
      <nav className="small-window__bar" aria-label={callWords.controls}>
        <button
          type="button"
          className="btn btn--onstage btn--snug"
          onClick={() => call.setMuted(!state.muted)}
        >
          <Icon name={state.muted ? "micOff" : "mic"} />
          {state.muted ? callWords.unmute : callWords.mute}
        </button>
        <button type="button" className="btn btn--onstage btn--snug" onClick={() => small.close()}>
          <Icon name="close" />
          {callWords.closePanel}
        </button>
      </nav>
    </main>,
    small.document.body,
  );
}

/** The same picture once more: a stream can be shown twice, and whoever is large may change. */
function Copy({ label }: { label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  const [empty, setEmpty] = useState(true);
  const now = useSeconds();
  useEffect(() => {
    const source = now > 0 ? (remoteVideo()?.srcObject ?? null) : null;
    const element = video.current;
    if (element && element.srcObject !== source) element.srcObject = source;
    setEmpty(source === null);
  }, [now]);
  return (
    <>
      <video ref={video} autoPlay playsInline muted aria-label={label} />
      {empty ? <p>{label}</p> : null}
    </>
  );
}
