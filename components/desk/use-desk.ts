import { useEffect, useState, useSyncExternalStore } from "react";
import { later } from "@/lib/call/later";
import { chimeMedia } from "@/lib/call/media/chime";
import { oneTab } from "@/lib/desk/phone/one-tab";
import { closedDesk, type Desk, openDesk } from "@/lib/desk/phone/open-desk";
import { ownPhone } from "@/lib/desk/phone/own-phone";

/** The desk of this page, wired to this browser. */
export function useDesk(words: { unheard: string }) {
  const [room] = useState(() => {
    let audio: HTMLAudioElement | null = null;
    const desk = openDesk({
      phone: ownPhone(
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
    return { desk, setAudio };
  });
  const { desk } = room;
  useEffect(() => desk.start(), [desk]);
  const state = useSyncExternalStore(desk.subscribe, desk.state, () => closedDesk);
  return { ...room, state };
}

export type { Desk };
