import type { MediaStop } from "@/lib/call/call-state";
import type { CallMedia, MediaEvent } from "@/lib/call/media/media";
import {
  type Acted,
  type DeskPhone,
  type Line,
  mayBeHeard,
  type Phone,
  type PhoneAct,
  type PhoneNews,
} from "./phone";

/** Of the voices. `elsewhere`: another device speaks for this desk; `panel`: the contact centre's own panel does, in this page. */
type Voice = "off" | "panel" | "joining" | "on" | "back-soon" | "elsewhere" | "failed";

export type DeskState = {
  line: Line;
  phone: Phone | null;
  /** How many calls have come to this desk. The same one may come back, after it was handed on, and is then another. */
  arrivals: number;
  aheadMs: number;
  /** Of this browser's tabs this one speaks. Null: not known yet. */
  here: boolean | null;
  voice: Voice;
  microphone: "unasked" | "on" | "refused";
  cameraOn: boolean;
  /** The agent's own picture is being sent. */
  sending: boolean;
  /** The caller's picture, where they show one. */
  tile: number | null;
  /** Under way. */
  busy: PhoneAct["act"] | null;
  /** Why the last press did nothing. */
  refused: string | null;
};

export type OpenDeskDeps = {
  phone: DeskPhone;
  media: CallMedia;
  /** Rejects where the browser or its owner refuses. */
  openDevices: (wanted: { video: boolean }) => Promise<MediaStream>;
  oneTab: (told: (here: boolean) => void) => { take(): void; stop(): void };
  after: (ms: number, run: () => void) => () => void;
};

export type Desk = ReturnType<typeof openDesk>;
type Contact = NonNullable<Phone["contact"]>;

const rejoinMs = 1_000;
export const closedDesk: DeskState = {
  line: "opening",
  phone: null,
  arrivals: 0,
  aheadMs: 0,
  here: null,
  voice: "off",
  microphone: "unasked",
  cameraOn: true,
  sending: false,
  tile: null,
  busy: null,
  refused: null,
};

const isArrival = (contact: Contact, before: Contact | null): boolean =>
  contact.contactId !== before?.contactId || (contact.phase === "ringing" && before.phase !== "ringing");

/**
 * An agent's desk, outside React: what the phone says is so, and the voices follow it. Whoever is connected there is joined by this tab if it is the one
 * that speaks, after a reload too; a phone that is away for a while ends no call.
 */
export function openDesk(deps: OpenDeskDeps) {
  const { media } = deps;
  let state: DeskState = closedDesk;
  let joined: string | null = null;
  let devices: MediaStream | null = null;
  let tab: ReturnType<OpenDeskDeps["oneTab"]> | null = null;
  let cancelRejoin: (() => void) | null = null;
  const listeners = new Set<() => void>();

  function set(change: Partial<DeskState>): void {
    state = { ...state, ...change };
    for (const changed of listeners) changed();
  }

  function told(news: PhoneNews): void {
    if (news.line === "live") heard(news.phone, { line: "live", aheadMs: news.aheadMs });
    else set({ line: news.line });
  }
  function heard(phone: Phone, more: Partial<DeskState> = {}): void {
    const before = state.phone?.contact ?? null;
    const arrived = phone.contact !== null && isArrival(phone.contact, before);
    const anew = arrived || phone.contact?.contactId !== before?.contactId;
    const arrivals = state.arrivals + (arrived ? 1 : 0);
    set({ ...more, phone, arrivals, ...(anew ? { refused: null, cameraOn: true } : {}) });
    follow();
  }

  /** The way into the call that this tab ought to be in. */
  const wanted = () => {
    const { phone, here, voice } = state;
    const contact = here && voice !== "elsewhere" ? phone?.contact : null;
    return contact?.phase === "connected" ? contact.join : null;
  };
  function follow(): void {
    if (deps.phone.voices === "panel") {
      const voice = state.phone?.contact?.phase === "connected" ? "panel" : "off";
      if (voice !== state.voice) set({ voice });
      return;
    }
    const join = wanted();
    const key = join?.attendee.attendeeId ?? null;
    if (key !== joined) {
      leave();
      joined = key;
      if (join) void enter(join);
    } else void publish();
    if (state.phone?.contact?.phase !== "connected" && state.voice === "elsewhere") set({ voice: "off" });
  }

  async function enter(join: NonNullable<Contact["join"]>): Promise<void> {
    const key = join.attendee.attendeeId;
    set({ voice: "joining", tile: null });
    const opened = await openDevices();
    if (joined !== key) return stopDevices(opened);
    if (opened) devices = opened;
    set({ microphone: devices ? "on" : "refused" });
    await media.setMicrophone(devices);
    await media.connect(
      join,
      (event) => joined === key && happened(event),
      () => undefined,
    );
  }
  /** A device that was opened before stays open; null: refused, and the agent listens. */
  async function openDevices(): Promise<MediaStream | null> {
    if (devices) return devices;
    const video = state.phone?.contact?.video ?? false;
    return deps
      .openDevices({ video })
      .catch(() => (video ? deps.openDevices({ video: false }) : null))
      .catch(() => null); // said on the page
  }
  const stopDevices = (stream: MediaStream | null) => {
    for (const track of stream?.getTracks() ?? []) track.stop();
  };

  function leave(): void {
    cancelRejoin?.();
    cancelRejoin = null;
    media.hangUp();
    stopDevices(devices);
    devices = null;
    joined = null;
    if (state.voice !== "elsewhere") set({ voice: "off", tile: null, microphone: "unasked", sending: false });
  }

  function happened(event: MediaEvent): void {
    switch (event.type) {
      case "media-connected":
        set({ voice: "on" });
        void publish();
        return;
      case "media-reconnecting":
        set({ voice: "back-soon" });
        return;
      case "media-stopped":
        stopped(event.why);
        return;
      case "tiles":
        set({ tile: event.tiles[0]?.tileId ?? null });
    }
  }
  function stopped(why: MediaStop): void {
    if (why === "elsewhere") {
      set({ voice: "elsewhere" });
      leave();
      return;
    }
    // Over: the phone says so in a moment.
    if (why === "ended" || why === "left" || why === "removed") return;
    if (why === "full" || why === "refused") {
      set({ voice: "failed" });
      return;
    }
    set({ voice: "back-soon" });
    cancelRejoin?.();
    cancelRejoin = deps.after(rejoinMs, () => {
      const join = wanted();
      if (join && join.attendee.attendeeId === joined) void enter(join);
    });
  }

  async function publish(): Promise<void> {
    const contact = state.phone?.contact;
    if (!contact || joined === null || state.voice !== "on") return;
    const camera = contact.video && state.cameraOn && !contact.held ? devices : null;
    const shown = camera && camera.getVideoTracks().length > 0 ? camera : null;
    if (state.sending !== (shown !== null)) set({ sending: shown !== null });
    await media.publish({
      microphone: mayBeHeard(contact),
      camera: shown,
      picture: "shown",
    });
  }

  return {
    state: () => state,
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    /** @returns how to close it: the voices stop, and the call waits at the phone for the next page. */
    start() {
      tab = deps.oneTab((here) => {
        set({ here });
        follow();
      });
      const stop = deps.phone.follow(told);
      return () => {
        stop();
        tab?.stop();
        tab = null;
        leave();
        set(closedDesk);
      };
    },
    /** One at a time: a second press while the first is under way is none. */
    async act(act: PhoneAct): Promise<boolean> {
      if (state.busy) return false;
      set({ busy: act.act, refused: null });
      const acted: Acted = await deps.phone.act(act);
      set({ busy: null, refused: acted.ok ? null : acted.say });
      if (acted.ok) heard(acted.phone);
      return acted.ok;
    },
    setCamera(on: boolean) {
      set({ cameraOn: on });
      void publish();
    },
    /** The desk is this tab's, and the voices this device's. */
    takeOver() {
      tab?.take();
      if (state.voice === "elsewhere") {
        set({ voice: "off" });
        follow();
      }
    },
    /** The agent's own picture, as it is sent. */
    showSelf(element: HTMLVideoElement) {
      element.srcObject = devices;
    },
    showTile: (element: HTMLVideoElement | null) => {
      if (state.tile !== null) media.showTile(state.tile, element);
    },
  };
}
