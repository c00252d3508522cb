import { type Call, openCall, type StartAnswer } from "@/lib/call/call";
import { isInside } from "@/lib/call/call-state";
import { type Captions, openCaptions } from "@/lib/call/captions/captions";
import { type Chat, openChat } from "@/lib/call/chat/chat";
import { visitDesk } from "@/lib/call/desk";
import { careForDevices, type DeviceCare } from "@/lib/call/device-care";
import { type FeedbackDesk, feedbackDesk } from "@/lib/call/feedback/feedback-desk";
import { keptReport } from "@/lib/call/feedback/kept-report";
import { later } from "@/lib/call/later";
import { reportOf } from "@/lib/call/line/report-of";
import { followVisit } from "@/lib/call/live-channel";
import type { LocalMedia } from "@/lib/call/local-media";
import { chimeMedia } from "@/lib/call/media/chime";
import type { CallMedia } from "@/lib/call/media/media";
import { type Notes, openNotes } from "@/lib/call/notes/notes";
import { notesDesk, type Reason } from "@/lib/call/notes/notes-desk";
import { playTune } from "@/lib/call/sounds";
import type { DoorFacts } from "../prejoin/door-facts";
import { knockChoice } from "./use-knock";

export type OpenRoom = {
  call: Call;
  media: CallMedia;
  chat: Chat;
  /** Null where the clinic has none. */
  captions: Captions | null;
  care: DeviceCare;
  notes: Notes;
  reason: () => Promise<Reason>;
  /** What may be told after the call; null where this page never had a seat. */
  feedback: () => FeedbackDesk | null;
  setAudio: (element: HTMLAudioElement | null) => void;
  /** Hands the call each device that is chosen or comes back. @returns a function that stops it. */
  followDevices: () => () => void;
};

/** Everything of one call, wired to this browser. Made once for a page; React only shows it. */
export function openRoom(door: DoorFacts, local: LocalMedia, start: () => Promise<StartAnswer>): OpenRoom {
  let audio: HTMLAudioElement | null = null;
  const media = chimeMedia(() => audio);
  const stream = (kind: "camera" | "microphone") => {
    const device = local.state()[kind];
    return device.state === "on" ? device.stream : null;
  };
  const record = notesDesk(door.visitId, (...request) => fetch(...request));
  const care = careForDevices(local);
  const chat = openChat({
    send: (text) => isLive() && media.send("chat", text),
    mayRead: () => isAdmitted(),
    wrote: (text) => void keep(text, 0),
    now: () => Date.now(),
  });
  const captions = door.captions
    ? openCaptions({ ask: (on, failed) => call.setCaptions(on, failed), after: later })
    : null;
  const call: Call = openCall(
    {
      media,
      start,
      desk: visitDesk(door.visitId, (...request) => fetch(...request)),
      follow: (seatId, told) =>
        followVisit(
          {
            openEvents: (url) => new EventSource(url),
            fetch: (...request) => fetch(...request),
            after: later,
          },
          { visitId: door.visitId, seatId },
          told,
        ),
      camera: () => stream("camera"),
      chat: chat.heard,
      captions: (told) => captions?.told(told),
      play: (sound) => {
        if (sound === "knock" && !knockChoice.recall()) return;
        void playTune(sound === "told" ? "knock" : sound, local.state().speaker);
      },
      now: () => Date.now(),
      after: later,
    },
    { muted: stream("microphone") === null, cameraOn: stream("camera") !== null },
  );

  /** Only what this page says is kept, is: whoever wrote was told so. A line is tried for ten seconds. */
  async function keep(text: string, tries: number): Promise<void> {
    const state = call.state();
    if (tries === 0 && !(isInside(state) && state.live?.chatKept)) return;
    if (await call.keepLine(text)) return;
    if (tries === 3) return chat.notKept();
    later(1_500 * 2 ** tries, () => void keep(text, tries + 1));
  }

  const isLive = () => call.state().phase === "live";
  const isAdmitted = () => {
    const state = call.state();
    return isInside(state) && state.admitted;
  };

  // As they were in the call: its end lets them go.
  let desk: FeedbackDesk | null = null;
  let devices = local.state();
  const measured = () => reportOf(call.measured(), devices, navigator);
  const remember = () => {
    const state = call.state();
    if (isInside(state)) {
      devices = local.state();
      const { seatId } = state.seat;
      desk ??= feedbackDesk(
        { fetch: (...request) => fetch(...request), measured },
        { visitId: door.visitId, seatId },
      );
    } else if (state.phase === "ended" && state.seatId !== null)
      keptReport().remember(state.seatId, measured());
  };
  call.subscribe(remember);
  local.subscribe(remember);

  let given = { camera: stream("camera"), microphone: null as MediaStream | null, speaker: "" };
  function giveDevices() {
    const now = {
      camera: stream("camera"),
      microphone: stream("microphone"),
      speaker: local.state().speaker,
    };
    const before = given;
    given = now;
    if (now.microphone !== before.microphone) void media.setMicrophone(now.microphone);
    if (now.speaker !== before.speaker) void media.setSpeaker(now.speaker);
    // The end of a call lets the camera go. That is no wish to come back without it.
    if (now.camera !== before.camera && call.state().phase !== "ended") call.setCamera(now.camera !== null);
  }
  giveDevices();

  return {
    call,
    media,
    chat,
    captions,
    care,
    notes: openNotes(record, later),
    reason: record.reason,
    feedback: () => desk,
    setAudio: (element) => {
      audio = element;
    },
    followDevices: () => {
      const stops = [local.subscribe(giveDevices), care.start()];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
