import type { CallTopic } from "@/lib/kernel/call-topic";
import type { OwnCallNow } from "@/lib/support-calls/follow-own-call";
import type { MediaStop, Sound } from "../call-state";
import type { CallMedia, MediaEvent } from "../media/media";
import { backOffMs } from "../reduce-call";
import {
  readyToCall,
  type StartSupport,
  type SupportDoors,
  type SupportState,
  talksWith,
} from "./support-call";

export type SupportDeps = {
  doors: SupportDoors;
  media: CallMedia;
  play: (sound: Extract<Sound, "come-in" | "gone">) => void;
  /** Notes that this window has the call, so that a reload comes back to it; null: it has none. */
  keep: (callId: string | null) => void;
  after: (ms: number, run: () => void) => () => void;
};
export type SupportCall = ReturnType<typeof openSupportCall>;

/** A minute and more of trying again. Then the contact centre notices by itself that nobody is there. */
const endTries = 10;
const lookBackMs = 1_000;
/** How often this window says that its caller is there. */
const hereEveryMs = 15_000;
const typedShown = 20;

/**
 * A customer's call to the contact centre, outside React: what the server tells is so, and the voice follows it. What the meeting shows first
 * (somebody came, it is over) only makes us ask the server at once.
 */
export function openSupportCall(deps: SupportDeps) {
  const { doors, media } = deps;
  const listeners = new Set<() => void>();
  let state: SupportState = readyToCall;
  let callId: string | null = null;
  let join: Extract<StartSupport, { ok: true }>["join"] | null = null;
  let stopFollowing: (() => void) | null = null;
  let cancelRejoin: (() => void) | null = null;
  let cancelHere: (() => void) | null = null;
  let rejoins = 0;
  /** Answers to what was asked for an older call are nobody's. */
  let round = 0;

  function set(change: Partial<SupportState>): void {
    state = { ...state, ...change };
    for (const changed of listeners) changed();
  }

  async function start(topic: CallTopic | null): Promise<void> {
    if (state.phase === "starting" || state.phase === "open") return;
    const mine = ++round;
    const { muted, music } = state;
    set({ ...readyToCall, phase: "starting", muted, music });
    const started = await doors.start(topic);
    if (mine !== round) return;
    if (!started.ok) {
      const { code, retryAfterSeconds } = started;
      deps.keep(null);
      set({ phase: "ready", refused: { code, retryAfterSeconds } });
      return;
    }
    callId = started.callId;
    join = started.join;
    rejoins = 0;
    deps.keep(callId);
    set({ phase: "open", voice: "joining" });
    stopFollowing = doors.follow(callId, (now) => mine === round && told(now));
    sayHere();
    void connect();
  }

  /** The contact centre cannot see a window that vanished; the window that has the voice answers for it. */
  function sayHere(): void {
    if (callId && state.voice !== "elsewhere") void doors.here(callId);
    cancelHere = deps.after(hereEveryMs, sayHere);
  }

  function stopSayingHere(): void {
    cancelHere?.();
    cancelHere = null;
  }

  function told(now: OwnCallNow): void {
    if (state.phase !== "open") return;
    const before = state.call;
    // Where it waits is not asked each time: what was known stays, for it only comes nearer.
    const place = now.place ?? (now.status === "waiting" || now.handedOn ? (before?.place ?? null) : null);
    if (talksWith(now) && before && !talksWith(before)) deps.play("come-in");
    set({ call: { ...now, place } });
    if (now.status === "ended") over();
    else if (state.voice === "on") void publish();
  }

  async function look(): Promise<void> {
    const [mine, id] = [round, callId];
    const now = id && (await doors.look(id));
    if (!now || mine !== round) return;
    if (state.phase === "open") told(now);
    else if (state.phase === "over") set({ call: now });
  }

  /** How long it was, once the server knows that it is over. */
  async function lookBack(tries = 0): Promise<void> {
    await look();
    if (state.phase === "over" && state.call?.status !== "ended" && tries < endTries)
      deps.after(lookBackMs, () => void lookBack(tries + 1));
  }

  async function connect(): Promise<void> {
    if (!join) return;
    const mine = round;
    try {
      await media.connect(
        join,
        (event) => mine === round && happened(event),
        () => undefined,
      );
    } catch {
      stopped("lost");
    }
  }

  function happened(event: MediaEvent): void {
    if (state.phase !== "open") return;
    switch (event.type) {
      case "media-connected":
        rejoins = 0;
        set({ voice: "on" });
        void publish();
        return;
      case "media-reconnecting":
        set({ voice: "back-soon" });
        return;
      case "presence":
        void look();
        return;
      case "media-stopped":
        stopped(event.why);
    }
  }

  function stopped(why: MediaStop): void {
    if (state.phase !== "open") return;
    switch (why) {
      case "ended":
      case "removed":
        over();
        void lookBack();
        return;
      case "elsewhere":
        leaveVoice();
        deps.keep(null);
        set({ voice: "elsewhere" });
        return;
      case "refused":
      case "full":
        leaveVoice();
        set({ voice: "failed" });
        void look();
        return;
      default:
        set({ voice: "back-soon" });
        cancelRejoin?.();
        cancelRejoin = deps.after(backOffMs(rejoins++), () => void connect());
        void look();
    }
  }

  async function publish(): Promise<void> {
    await media
      .publish({ microphone: !state.muted, camera: null, picture: "off" })
      .catch(() => stopped("lost"));
  }

  function leaveVoice(): void {
    cancelRejoin?.();
    cancelRejoin = null;
    media.hangUp();
  }

  function over(): void {
    if (state.phase === "over") return;
    leaveVoice();
    stopSayingHere();
    stopFollowing?.();
    stopFollowing = null;
    deps.keep(null);
    set({ phase: "over", voice: "off", typed: "" });
    deps.play("gone");
  }

  async function tellEnd(id: string, tries = 0): Promise<void> {
    if (await doors.end(id)) return lookBack();
    if (tries < endTries) deps.after(backOffMs(tries), () => void tellEnd(id, tries + 1));
  }

  return {
    state: () => state,
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    start,
    setMuted(muted: boolean) {
      set({ muted });
      if (state.voice === "on") void publish();
    },
    setMusic: (music: boolean) => set({ music }),
    /** @param key `0-9*#` */
    async press(key: string): Promise<void> {
      if (!callId || state.phase !== "open") return;
      set({ typed: (state.typed + key).slice(-typedShown), keysFailed: false });
      const heard = await doors.press(callId, key);
      if (!heard) set({ keysFailed: true });
    },
    hangUp() {
      const id = callId;
      if (!id || state.phase !== "open") return;
      over();
      void tellEnd(id);
    },
    /** This window takes the voice back. */
    takeBack() {
      if (state.voice !== "elsewhere" && state.voice !== "failed") return;
      set({ voice: "joining" });
      deps.keep(callId);
      void connect();
    },
    /** From the end, or from a refusal, to the beginning. */
    again() {
      if (state.phase !== "over" && state.phase !== "ready") return;
      round += 1;
      callId = null;
      const { muted, music } = state;
      set({ ...readyToCall, muted, music });
    },
    /** The page goes: the voice stops, and the call waits for the next one. */
    close() {
      round += 1;
      stopSayingHere();
      stopFollowing?.();
      stopFollowing = null;
      leaveVoice();
    },
  };
}
