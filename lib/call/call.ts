import type { WaitingWords } from "@/lib/kernel/waiting-presets";
import type { LiveCall, Started } from "./call-facts";
import {
  type CallEvent,
  type CallState,
  type Effect,
  idle,
  isInside,
  type Sound,
  type Wish,
} from "./call-state";
import type { CaptionTold } from "./captions/captions";
import { openLine } from "./line/line";
import { type LineMeasured, openMeasure } from "./line/measure";
import type { CallMedia, DataEvent, MediaEvent } from "./media/media";
import { backOffMs, reduceCall } from "./reduce-call";

export type StartAnswer =
  | { status: "started"; started: Started }
  | { status: "busy"; retryAfterSeconds: number }
  | { status: "refused"; code: string };

export type RecordingAct =
  | { act: "ask"; withPicture: boolean }
  | { act: "stop" }
  | { act: "agree" | "refuse"; recordingId: string };

/** Posts for whoever holds the session token. Resolves false when the server didn't take it. */
export type Desk = (
  verb: "admit" | "remove" | "share" | "speak" | "captions" | "recording" | "leave" | "end" | "say" | "chat",
  sessionToken: string,
  body: Record<string, unknown>,
) => Promise<"done" | "session-over" | "failed">;

export type CallDeps = {
  media: CallMedia;
  start: () => Promise<StartAnswer>;
  desk: Desk;
  follow: (seatId: string, told: (live: LiveCall) => void) => () => void;
  /** The camera that is open now, or null. */
  camera: () => MediaStream | null;
  play: (sound: Sound) => void;
  chat: (message: DataEvent) => void;
  captions: (told: CaptionTold) => void;
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
};

export type Call = {
  state: () => CallState;
  subscribe: (changed: () => void) => () => void;
  join: () => void;
  setMuted: (muted: boolean) => void;
  setCamera: (on: boolean) => void;
  /** Cameras sent and shown, or sound alone. */
  setPictures: (on: boolean) => void;
  /** The first frame of somebody's picture is on the screen. */
  pictureHere: () => void;
  admit: (seatId: string) => void;
  remove: (seatId: string) => void;
  /** The clinician's message to the patient who waits. @returns whether the server has it. */
  say: (words: WaitingWords) => Promise<boolean>;
  /** For a student: heard and seen, or only listening. */
  letSpeak: (seatId: string, maySpeak: boolean) => void;
  /** Gives a line that was written in the call to the visit's record. @returns whether the server answered for it. */
  keepLine: (text: string) => Promise<boolean>;
  /** Must be called from a press: the browser asks what to show. */
  share: () => void;
  stopSharing: () => void;
  askToShare: () => void;
  dontShare: () => void;
  letShare: (seatId: string, mayShare: boolean) => void;
  /** For everybody in the meeting. `failed`: it could not be done. */
  setCaptions: (on: boolean, failed: () => void) => void;
  /** Asks whether this call may be recorded, answers that, or ends it. @returns whether the server has it. */
  record: (what: RecordingAct) => Promise<boolean>;
  leave: () => void;
  endForAll: () => void;
  /** What this call measured of itself since it let this page in. */
  measured: () => LineMeasured;
};

/** A minute and more of trying again. Then the silence of their page says it for them. */
const leaveTries = 10;

/** Goes before the seat that a clinician refuses, in a message about sharing. */
const refusal = "refuse ";

/** A call that lives outside React: decisions by `reduceCall`, deeds here, in the order in which they were decided. */
export function openCall(deps: CallDeps, wish: Wish): Call {
  let state = idle(wish);
  let joinInfo: Started["chimeJoinInfo"] | null = null;
  let sessionToken = "";
  let stopFollowing: (() => void) | null = null;
  let cancelStart: (() => void) | null = null;
  /** Answers that come for an older start, or after hanging up, are nobody's. */
  let round = 0;
  const listeners = new Set<() => void>();
  const measure = openMeasure();
  const isAdmitted = () => isInside(state) && state.admitted;
  const line = openLine({
    rated: (quality, atMs) => {
      if (isAdmitted()) measure.rated(quality);
      send({ type: "quality", quality, atMs });
    },
    others: (who, quality) => send({ type: "other-quality", who, quality }),
    // Nothing of somebody who waits goes to those inside.
    send: (report) => state.phase === "live" && deps.media.send("line", report),
  });

  function send(event: CallEvent): void {
    const step = reduceCall(state, event);
    if (step.state !== state) {
      state = step.state;
      for (const changed of listeners) changed();
    }
    for (const effect of step.effects) perform(effect);
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case "start":
        cancelStart?.();
        cancelStart = deps.after(effect.afterMs, () => void start());
        return;
      case "connect":
        sessionToken = effect.started.sessionToken;
        joinInfo = effect.started.chimeJoinInfo;
        return void connect(joinInfo);
      case "connect-again":
        if (joinInfo) void connect(joinInfo);
        return;
      case "publish":
        return void deps.media
          .publish({ microphone: effect.microphone, camera: deps.camera(), picture: effect.picture })
          .catch(mediaFailed);
      case "follow":
        stopFollowing?.();
        stopFollowing = deps.follow(effect.seatId, (live) => send({ type: "live", live, atMs: deps.now() }));
        return;
      case "stop-following":
        stopFollowing?.();
        stopFollowing = null;
        return;
      case "hang-up":
        round += 1;
        cancelStart?.();
        stopFollowing?.();
        stopFollowing = null;
        deps.media.hangUp();
        return;
      case "admit":
      case "remove":
        return void tell(effect.do, { seatId: effect.seatId });
      case "let-speak":
        return void tell("speak", { seatId: effect.seatId, maySpeak: effect.maySpeak });
      case "watch":
        deps.media.watch(effect.cameras);
        return;
      case "share":
        return void deps.media.share().catch(() => send({ type: "share-told", now: "failed" }));
      case "share-stop":
        deps.media.stopSharing();
        return;
      case "ask-to-share":
        deps.media.send("share", "ask");
        return;
      case "unask-to-share":
        deps.media.send("share", "unask");
        return;
      case "refuse-share":
        deps.media.send("share", `${refusal}${effect.seatId}`);
        return;
      case "let-share":
        return void tell("share", { seatId: effect.seatId, mayShare: effect.mayShare }, () =>
          send({ type: "share-not-told", seatId: effect.seatId }),
        );
      case "tell-left":
        return void tellLeft(round);
      case "tell-end":
        return void tell("end", { endReason: "completed" });
      case "play":
        deps.play(effect.sound);
        return;
    }
  }

  async function start(): Promise<void> {
    const mine = ++round;
    const answer = await deps.start().catch((): StartAnswer => ({ status: "busy", retryAfterSeconds: 0 }));
    if (mine !== round) return;
    const atMs = deps.now();
    if (answer.status === "started") send({ type: "started", started: answer.started, atMs });
    else if (answer.status === "busy")
      send({ type: "busy", retryAfterMs: answer.retryAfterSeconds * 1_000, atMs });
    else send({ type: "refused", code: answer.code, atMs });
  }

  async function connect(join: Started["chimeJoinInfo"]): Promise<void> {
    try {
      await deps.media.connect(join, noticed, heard);
    } catch {
      mediaFailed();
    }
  }

  function noticed(event: MediaEvent): void {
    if (event.type === "line") {
      if (isAdmitted()) {
        measure.sample(event.sample);
        measure.froze(event.frozen);
      }
      line.sample(event.sample, event.atMs);
      return;
    }
    if (event.type === "captions") {
      if (isAdmitted()) deps.captions(event.told);
      return;
    }
    if (event.type === "media-connected") measure.back(event.atMs);
    const lost = event.type === "media-stopped" && (event.why === "cut" || event.why === "lost");
    if ((lost || event.type === "media-reconnecting") && isAdmitted()) measure.away(event.atMs);
    send(event);
  }

  /** A stranger's words: only what is well formed and from somebody inside is taken at all. */
  function heard(message: DataEvent): void {
    if (message.topic === "chat") deps.chat(message);
    else if (message.topic === "share") heardOfSharing(message);
    else if (message.from !== "me") line.heard(message.from, message.text, deps.now());
  }

  function heardOfSharing({ from, text }: DataEvent): void {
    if (text === "ask") send({ type: "share-asked", who: from });
    else if (text === "unask") send({ type: "share-unasked", who: from });
    else if (text.startsWith(refusal))
      send({ type: "share-refused", who: from, seatId: text.slice(refusal.length) });
  }

  /** What the engine refuses (a device pulled out in mid-step, say), starting again may cure; the pause grows each time. */
  function mediaFailed(): void {
    send({ type: "media-stopped", why: "lost", atMs: deps.now() });
  }

  async function tell(
    verb: Parameters<Desk>[0],
    body: Record<string, unknown>,
    notTold?: () => void,
  ): Promise<void> {
    const told = await ask(verb, body);
    if (told === "done") send({ type: "told" });
    else if (notTold) notTold();
    else if (verb === "admit" || verb === "remove" || verb === "end") send({ type: "not-told", what: verb });
  }

  /** Until the server knows it or they go back: who looks for them must not go on believing that they are there. */
  async function tellLeft(left: number, tries = 0): Promise<void> {
    if (left !== round || state.phase !== "ended") return;
    const told = await ask("leave", {});
    if (told === "done") send({ type: "told" });
    else if (tries < leaveTries) deps.after(backOffMs(tries), () => void tellLeft(left, tries + 1));
  }

  async function ask(verb: Parameters<Desk>[0], body: Record<string, unknown>): ReturnType<Desk> {
    const told = await deps.desk(verb, sessionToken, body);
    if (told !== "session-over") return told;
    const renewed = await deps.start().catch(() => null);
    if (renewed?.status !== "started") return told;
    sessionToken = renewed.started.sessionToken;
    return deps.desk(verb, sessionToken, body);
  }

  return {
    state: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    join: () => send({ type: "join", atMs: deps.now() }),
    setMuted: (muted) => send({ type: "set-muted", muted }),
    setCamera: (on) => send({ type: "set-camera", on }),
    setPictures: (on) => send({ type: on ? "pictures-on" : "pictures-off", atMs: deps.now() }),
    pictureHere: () => send({ type: "picture" }),
    admit: (seatId) => send({ type: "admit", seatId }),
    remove: (seatId) => send({ type: "remove", seatId }),
    keepLine: async (text) => (await ask("chat", { text })) === "done",
    say: async (words) => (await ask("say", { words })) === "done",
    letSpeak: (seatId, maySpeak) => send({ type: "let-speak", seatId, maySpeak }),
    share: () => send({ type: "share" }),
    stopSharing: () => send({ type: "share-stop" }),
    askToShare: () => send({ type: "share-ask" }),
    dontShare: () => send({ type: "share-withdrawn" }),
    letShare: (seatId, mayShare) => send({ type: "share-answer", seatId, mayShare }),
    setCaptions: (on, failed) => void tell("captions", { on }, failed),
    record: async (what) => (await ask("recording", what)) === "done",
    leave: () => send({ type: "leave", atMs: deps.now() }),
    endForAll: () => send({ type: "end", atMs: deps.now() }),
    measured: () => measure.read(deps.now()),
  };
}
