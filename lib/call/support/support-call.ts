import type { CallTopic } from "@/lib/kernel/call-topic";
import type { OwnCallNow } from "@/lib/support-calls/follow-own-call";
import type { StartedVisit } from "@/lib/visits/answers";

type Join = StartedVisit["chimeJoinInfo"];

/** Of this page's voice. `elsewhere`: another window or device speaks. */
type SupportVoice = "off" | "joining" | "on" | "back-soon" | "elsewhere" | "failed";

/** `code` as the doors refuse; OFFLINE: nothing was reached. */
export type SupportRefusal = { code: string; retryAfterSeconds: number | null };

export type SupportState = {
  phase: "ready" | "starting" | "open" | "over";
  /** As the server told it last; null before a call. */
  call: OwnCallNow | null;
  voice: SupportVoice;
  muted: boolean;
  /** Whether the music is heard that plays while nobody speaks. */
  music: boolean;
  /** What was typed on the keypad, as long as it is shown. */
  typed: string;
  /** The last key was not heard. */
  keysFailed: boolean;
  refused: SupportRefusal | null;
};

export type StartSupport =
  | { ok: true; callId: string; join: Join; joined: boolean }
  | ({ ok: false } & SupportRefusal);

/** The doors of a call; a test brings its own. */
export type SupportDoors = {
  start(topic: CallTopic | null): Promise<StartSupport>;
  /** @returns null: nothing was reached. */
  look(callId: string): Promise<OwnCallNow | null>;
  follow(callId: string, told: (now: OwnCallNow) => void): () => void;
  /** The caller is still there. Unheard, it is said again soon. */
  here(callId: string): Promise<void>;
  /** @returns whether they were heard. */
  press(callId: string, keys: string): Promise<boolean>;
  /** @returns whether the server knows. */
  end(callId: string): Promise<boolean>;
};

export const readyToCall: SupportState = {
  phase: "ready",
  call: null,
  voice: "off",
  muted: false,
  music: true,
  typed: "",
  keysFailed: false,
  refused: null,
};

/** An agent has the call: it is neither in line nor between two of them. */
export const talksWith = ({ status, handedOn }: OwnCallNow): boolean => status === "connected" && !handedOn;

/** Nobody is heard but music: in line, or on hold. */
export const waitsWithMusic = ({ call }: SupportState): boolean =>
  call !== null && (call.status === "starting" || call.status === "waiting" || call.handedOn || call.held);
