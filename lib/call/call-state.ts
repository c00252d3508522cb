import type { LiveState, StartedVisit } from "@/lib/visits/answers";

/** What a call is told, by people, by the server and by the media engine. `atMs`: epoch milliseconds on this device. */
export type CallEvent =
  | { type: "join"; atMs: number }
  | { type: "started"; started: StartedVisit; atMs: number }
  /** Too many visits start at once, or this device has no network: nothing is lost, ask again. */
  | { type: "busy"; retryAfterMs: number; atMs: number }
  | { type: "refused"; code: string; atMs: number }
  | { type: "media-connected"; atMs: number }
  | { type: "media-reconnecting"; atMs: number }
  | { type: "media-stopped"; why: MediaStop; atMs: number }
  | { type: "live"; live: LiveState; atMs: number }
  | { type: "presence"; others: Presence; atMs: number }
  | { type: "tiles"; tiles: readonly number[]; atMs: number }
  | { type: "talking"; talking: Talking }
  | { type: "quality"; quality: Quality }
  | { type: "set-muted"; muted: boolean }
  | { type: "set-camera"; on: boolean }
  | { type: "admit"; seatId: string }
  | { type: "remove"; seatId: string }
  | { type: "told" }
  | { type: "not-told"; what: "admit" | "remove" | "end" }
  | { type: "leave"; atMs: number }
  | { type: "end"; atMs: number };

/** Why the media engine gave up. `lost`: anything that starting again may cure. */
export type MediaStop = "left" | "lost" | "ended" | "refused" | "elsewhere" | "removed" | "full";
/** Of the other people's sound connections. `dropped`: cut off without leaving. */
export type Presence = "nobody" | "here" | "dropped";
type Talking = "nobody" | "me" | "other";
type Quality = "good" | "weak" | "none";

export type EndReason =
  | "left"
  | "over"
  | "cancelled"
  | "removed"
  | "elsewhere"
  | "full"
  | "at-desk"
  | "failed"
  /** The link opens nothing (any more); its page says which of these and what to do. */
  | "link";

/** What is to be done outside. The reducer only says so; `call.ts` does it. */
export type Effect =
  | { do: "start"; afterMs: number }
  | { do: "connect"; started: StartedVisit }
  | { do: "publish"; microphone: boolean; camera: boolean }
  | { do: "follow"; seatId: string }
  | { do: "hang-up" }
  | { do: "admit" | "remove"; seatId: string }
  | { do: "tell-left" }
  | { do: "tell-end" }
  | { do: "play"; sound: "come-in" | "gone" | "knock" };

type Seat = Pick<StartedVisit, "seatId" | "party" | "generation">;

export type Inside = {
  phase: "waiting" | "connecting" | "live" | "reconnecting";
  /** When this phase began. */
  sinceMs: number;
  seat: Seat;
  admitted: boolean;
  /** The sound connection stands now; it has stood before. */
  mediaUp: boolean;
  everUp: boolean;
  /** A start is under way, to replace a meeting or a place that is gone. */
  restarting: boolean;
  tries: number;
  muted: boolean;
  cameraOn: boolean;
  live: LiveState | null;
  others: Presence;
  tiles: readonly number[];
  talking: Talking;
  quality: Quality;
  /** When somebody else was first here with us: the conversation's beginning. */
  talkedSinceMs: number | null;
  /** Under way, by seat. */
  deciding: string | null;
  trouble: "admit" | "remove" | null;
};

export type Wish = { muted: boolean; cameraOn: boolean };
export type CallState =
  | ({ phase: "idle" } & Wish)
  | ({ phase: "joining"; sinceMs: number; tries: number; retryAtMs: number | null } & Wish)
  | Inside
  | ({
      phase: "ended";
      reason: EndReason;
      /** Whether this device was ever let in: if so the same link may bring it back. */
      wasInside: boolean;
      talked: { fromMs: number; toMs: number } | null;
      /** The server hasn't heard that the visit is to end for all. */
      endNotTold: boolean;
    } & Wish);

export const idle = (wish: Wish): CallState => ({ phase: "idle", ...wish });
export const isInside = (state: CallState): state is Inside =>
  state.phase === "waiting" ||
  state.phase === "connecting" ||
  state.phase === "live" ||
  state.phase === "reconnecting";
