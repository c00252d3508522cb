import type { LiveCall, Started } from "./call-facts";

/** What a call is told, by people, by the server and by the media engine. `atMs`: epoch milliseconds on this device. */
export type CallEvent =
  | { type: "join"; atMs: number }
  | { type: "started"; started: Started; atMs: number }
  /** Too many visits start at once, or this device has no network: nothing is lost, ask again. */
  | { type: "busy"; retryAfterMs: number; atMs: number }
  | { type: "refused"; code: string; atMs: number }
  | { type: "media-connected"; atMs: number }
  | { type: "media-reconnecting"; atMs: number }
  | { type: "media-stopped"; why: MediaStop; atMs: number }
  | { type: "live"; live: LiveCall; atMs: number }
  | { type: "presence"; others: Presence; seen: Seats; atMs: number }
  /** How many cameras of others this attendee may see now: news before the pictures themselves. */
  | { type: "cameras"; cameras: number; atMs: number }
  | { type: "tiles"; tiles: readonly Tile[]; atMs: number }
  | { type: "talking"; talking: readonly Who[] }
  | { type: "others-muted"; muted: readonly Who[] }
  | { type: "quality"; quality: Quality; atMs: number }
  /** Another person's client says how its own line is. A courtesy: nothing is decided by it. */
  | { type: "other-quality"; who: Who; quality: Quality }
  /** The first frame of somebody's picture is on the screen. */
  | { type: "picture" }
  | { type: "pictures-off"; atMs: number }
  | { type: "pictures-on"; atMs: number }
  /** The press on "Share screen": the browser asks what to show. */
  | { type: "share" }
  | { type: "share-stop" }
  /** From the engine. `off`: its owner stopped it or chose nothing. */
  | { type: "share-told"; now: "on" | "off" | "failed" }
  | { type: "share-ask" }
  | { type: "share-asked"; who: Who }
  | { type: "share-unasked"; who: Who }
  | { type: "share-refused"; who: Who; seatId: string }
  | { type: "share-answer"; seatId: string; mayShare: boolean }
  | { type: "share-withdrawn" }
  | { type: "share-not-told"; seatId: string }
  | { type: "set-muted"; muted: boolean }
  | { type: "set-camera"; on: boolean }
  | { type: "admit"; seatId: string }
  | { type: "remove"; seatId: string }
  | { type: "let-speak"; seatId: string; maySpeak: boolean }
  | { type: "told" }
  | { type: "not-told"; what: "admit" | "remove" | "speak" | "end" }
  | { type: "leave"; atMs: number }
  | { type: "end"; atMs: number };

/** Why the media engine gave up. `cut`: its line broke and the place is still ours. `lost`: anything that starting again may cure. */
export type MediaStop = "left" | "cut" | "lost" | "ended" | "refused" | "elsewhere" | "removed" | "full";
/** Of the other people's sound connections. `dropped`: cut off without leaving. */
export type Presence = "nobody" | "here" | "dropped";
/** One other attendee's sound connection. `gone`: left by choice. */
export type Seen = "here" | "dropped" | "gone";
/** A seat of the live state; or, where the meeting doesn't name one, the engine's own id for an attendee. `me`: this page. */
export type Who = string;
type Seats = Readonly<Record<Who, Seen>>;
export type Tile = { tileId: number; who: Who; screen: boolean };
/** Of this page's own line. `bad`: sound itself breaks. `none`: away. */
export type Quality = "good" | "fair" | "weak" | "bad" | "none";
/** Whether cameras are sent and shown. `by-line`: the line was too bad for them. `by-choice`: a person wanted sound alone. */
export type Pictures = { shown: true } | { shown: false; why: "by-line" | "by-choice" };

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

/** `told`: the clinician wrote to whoever waits here. */
export type Sound = "come-in" | "gone" | "knock" | "told";

/** What goes out of one's own picture. `covered`: black frames alone, so that whoever is let in need not begin to send first. */
export type Picture = "off" | "covered" | "shown";

/** What is to be done outside. The reducer only says so; `call.ts` does it. */
export type Effect =
  | { do: "start"; afterMs: number }
  | { do: "connect"; started: Started }
  /** To the same place, with what the server last gave. */
  | { do: "connect-again" }
  | { do: "publish"; microphone: boolean; picture: Picture }
  | { do: "watch"; cameras: boolean }
  | { do: "follow"; seatId: string }
  | { do: "stop-following" }
  | { do: "hang-up" }
  | { do: "admit" | "remove"; seatId: string }
  | { do: "let-speak"; seatId: string; maySpeak: boolean }
  | { do: "tell-left" }
  | { do: "tell-end" }
  | { do: "share" | "share-stop" | "ask-to-share" | "unask-to-share" }
  | { do: "refuse-share"; seatId: string }
  | { do: "let-share"; seatId: string; mayShare: boolean }
  | { do: "play"; sound: Sound };

export type Sharing = {
  mine: "off" | "starting" | "on";
  /** This page's person has asked and waits for the clinician's answer. */
  asked: boolean;
  /** For the clinician: who asks. */
  askers: readonly Who[];
  /** `refused`: the clinician says not now. `stopped`: they took their leave back. `not-told`: the server didn't hear this clinician. */
  trouble: "failed" | "refused" | "stopped" | "not-told" | null;
};

type Seat = Pick<Started, "seatId" | "party" | "generation">;

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
  live: LiveCall | null;
  /** How far this device's clock runs ahead of the server's, in milliseconds. */
  aheadMs: number;
  others: Presence;
  seen: Seats;
  tiles: readonly Tile[];
  talking: readonly Who[];
  /** Who of the others talked last, loudest first: stays while all are silent. */
  lastTalker: Who | null;
  othersMuted: readonly Who[];
  quality: Quality;
  /** Of the others, as their clients say. */
  qualities: Readonly<Record<Who, Quality>>;
  pictures: Pictures;
  /** Until then a bad line doesn't take the pictures away again: somebody has just asked for them. */
  picturesKeptUntilMs: number;
  /** Since when a picture that was here is missing through no choice of its owner: the last one stays up meanwhile. */
  pictureMissingSinceMs: number | null;
  /** When somebody else was first here with us: the conversation's beginning. */
  talkedSinceMs: number | null;
  /** Under way, by seat. */
  sharing: Sharing;
  deciding: string | null;
  trouble: "admit" | "remove" | "speak" | null;
};

export type Wish = { muted: boolean; cameraOn: boolean };
/** What is behind this page: the seat that it had, if it was ever inside, and its last conversation. Going back in vain loses neither. */
export type Been = { seatId: string | null; talked: { fromMs: number; toMs: number } | null };
export type CallState =
  | ({ phase: "idle" } & Wish)
  | ({ phase: "joining"; sinceMs: number; tries: number; retryAtMs: number | null } & Been & Wish)
  | Inside
  | ({
      phase: "ended";
      reason: EndReason;
      /** The server hasn't heard that the visit is to end for all. */
      endNotTold: boolean;
    } & Been &
      Wish);

export const idle = (wish: Wish): CallState => ({ phase: "idle", ...wish });
export const isInside = (state: CallState): state is Inside =>
  state.phase === "waiting" ||
  state.phase === "connecting" ||
  state.phase === "live" ||
  state.phase === "reconnecting";
