import { type Call, openCall, type StartAnswer } from "@/lib/call/call";
import { careForDevices, type DeviceCare } from "@/lib/call/device-care";
import { later } from "@/lib/call/later";
import { followLive } from "@/lib/call/live-channel";
import type { LocalMedia } from "@/lib/call/local-media";
import { chimeMedia } from "@/lib/call/media/chime";
import { playTune } from "@/lib/call/sounds";
import type { LiveRoom } from "@/lib/rooms/answers";
import { callFrom, post, roomDesk } from "./room-server";

type RoomExtra = Pick<LiveRoom, "locked" | "expiresAt" | "mayRecord" | "recording">;

export type AudioRoom = {
  call: Call;
  care: DeviceCare;
  /** What a room has and a visit has not; null until it was told. */
  extra: () => RoomExtra | null;
  subscribe: (changed: () => void) => () => void;
  /** @returns whether the server did it. */
  setLocked: (locked: boolean) => Promise<boolean>;
  /** Asks to record, answers, or ends it. @returns whether the server did it. */
  record: (act: "ask" | "agree" | "refuse" | "stop") => Promise<boolean>;
  setAudio: (element: HTMLAudioElement | null) => void;
  followDevices: () => () => void;
};

/** A call without a camera, wired to this browser. Made once for a page; React only shows it. */
export function openAudioRoom(
  roomId: string,
  local: LocalMedia,
  join: () => Promise<StartAnswer>,
): AudioRoom {
  let audio: HTMLAudioElement | null = null;
  let sessionToken = "";
  let extra: RoomExtra | null = null;
  const listeners = new Set<() => void>();
  const send: typeof fetch = (...request) => fetch(...request);
  const media = chimeMedia(() => audio);
  const microphone = () => {
    const device = local.state().microphone;
    return device.state === "on" ? device.stream : null;
  };
  const call = openCall(
    {
      media,
      start: async () => {
        const answer = await join();
        if (answer.status === "started") sessionToken = answer.started.sessionToken;
        return answer;
      },
      desk: roomDesk(roomId, send),
      follow: (seatId, told) =>
        followLive<LiveRoom>(
          { openEvents: (url) => new EventSource(url), fetch: send, after: later },
          (kind) => `/api/rooms/${roomId}/${kind}?seat=${encodeURIComponent(seatId)}`,
          (live) => {
            const { locked, expiresAt, mayRecord, recording } = live;
            extra = { locked, expiresAt, mayRecord, recording };
            for (const changed of listeners) changed();
            told(callFrom(live));
          },
        ),
      camera: () => null,
      chat: () => undefined,
      captions: () => undefined,
      play: (sound) => void playTune(sound === "told" ? "knock" : sound, local.state().speaker),
      now: () => Date.now(),
      after: later,
    },
    { muted: microphone() === null, cameraOn: false },
  );
  let given = { microphone: null as MediaStream | null, speaker: "" };
  function giveDevices() {
    const now = { microphone: microphone(), speaker: local.state().speaker };
    const before = given;
    given = now;
    if (now.microphone !== before.microphone) void media.setMicrophone(now.microphone);
    if (now.speaker !== before.speaker) void media.setSpeaker(now.speaker);
  }
  giveDevices();
  const care = careForDevices(local);
  return {
    call,
    care,
    extra: () => extra,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    setLocked: async (locked) => (await post(send, `${roomId}/lock`, sessionToken, { locked })) === 200,
    record: async (act) => {
      const recordingId = act === "agree" || act === "refuse" ? extra?.recording?.recordingId : undefined;
      const body = { act, ...(recordingId && { recordingId }) };
      return (await post(send, `${roomId}/recording`, sessionToken, body)) === 200;
    },
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
