import { useEffect, useState, useSyncExternalStore } from "react";
import { later } from "@/lib/call/later";
import { chimeMedia } from "@/lib/call/media/chime";
import { oneTab } from "@/lib/desk/phone/one-tab";
import { closedDesk, type Desk, openDesk } from "@/lib/desk/phone/open-desk";
import { ownPhone } from "@/lib/desk/phone/own-phone";
import { panelPhone } from "./panel-phone";

/** The desk of this page, wired to this browser. @param ccpUrl of the contact centre's own panel; null: our own server speaks for the phone. */
export function useDesk(ccpUrl: string | null, words: Parameters<typeof panelPhone>[2]) {
  const [room] = useState(() => {
    let audio: HTMLAudioElement | null = null;
    let frame: HTMLElement | null = null;
    const desk = openDesk({
      phone: ccpUrl
        ? panelPhone(ccpUrl, () => frame, words)
        : ownPhone(
            {
              openEvents: (url) => new EventSource(url),
              fetch: (...request) => fetch(...request),
              after: later,
              now: () => Date.now(),
            },
            words,
          ),
      media: chimeMedia(() => audio),
      openDevices: ({ video }) => navigator.mediaDevices.getUserMedia({ audio: true, video }),
      oneTab: (told) => oneTab(navigator.locks, "vouchsafe-desk", told),
      after: later,
    });
    const setAudio = (element: HTMLAudioElement | null) => {
      audio = element;
    };
    const setFrame = (element: HTMLElement | null) => {
      frame = element;
    };
    return { desk, setAudio, setFrame };
  });
  const { desk } = room;
  useEffect(() => desk.start(), [desk]);
  const state = useSyncExternalStore(desk.subscribe, desk.state, () => closedDesk);
  return { ...room, state };
}

export type { Desk };
