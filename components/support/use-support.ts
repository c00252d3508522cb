import { use, useEffect, useState, useSyncExternalStore } from "react";
import { careForDevices } from "@/lib/call/device-care";
import { later } from "@/lib/call/later";
import type { LocalMedia } from "@/lib/call/local-media";
import { chimeMedia } from "@/lib/call/media/chime";
import { playTune } from "@/lib/call/sounds";
import { openSupportCall, type SupportCall } from "@/lib/call/support/open-support-call";
import { type SupportState, waitsWithMusic } from "@/lib/call/support/support-call";
import { supportDoors } from "@/lib/call/support/support-doors";
import { callHere } from "./call-here";
import { type Line, LineContext } from "./line";

type Wired = { call: SupportCall; show(element: HTMLAudioElement | null): void; follow(): () => void };

/** A call wired to this browser: its microphone, its speaker, its doors. */
function wire(local: LocalMedia, line: Line): Wired {
  let audio: HTMLAudioElement | null = null;
  const media = chimeMedia(() => audio);
  const call = openSupportCall({
    doors: supportDoors({ ...line, after: later }),
    media,
    play: (sound) => void playTune(sound, local.state().speaker),
    keep: callHere.keep,
    after: later,
  });
  let given = { microphone: null as MediaStream | null, speaker: "" };
  function giveDevices() {
    const { microphone, speaker } = local.state();
    const before = given;
    given = { microphone: microphone.state === "on" ? microphone.stream : null, speaker };
    if (given.microphone !== before.microphone) void media.setMicrophone(given.microphone);
    if (given.speaker !== before.speaker) void media.setSpeaker(given.speaker);
  }
  return {
    call,
    show: (element) => {
      audio = element;
    },
    follow() {
      giveDevices();
      const stops = [local.subscribe(giveDevices), careForDevices(local).start()];
      return () => {
        for (const stop of stops) stop();
        call.close();
      };
    },
  };
}

/** @returns the call and how it stands; `audio` is the ref of the element that plays it. */
export function useSupport(local: LocalMedia): {
  call: SupportCall;
  state: SupportState;
  audio: (element: HTMLAudioElement | null) => void;
} {
  const line = use(LineContext);
  const [wired] = useState(() => wire(local, line));
  const { call } = wired;
  const state = useSyncExternalStore(call.subscribe, call.state, call.state);
  const [element, setElement] = useState<HTMLAudioElement | null>(null);
  const [audio] = useState(() => (shown: HTMLAudioElement | null) => {
    wired.show(shown);
    setElement(shown);
  });
  useEffect(() => wired.follow(), [wired]);
  const silent = !state.music && waitsWithMusic(state);
  useEffect(() => {
    if (element) element.muted = silent;
  }, [element, silent]);
  return { call, state, audio };
}
