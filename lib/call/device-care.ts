import type { DeviceProblem } from "./device-problem";
import type { LocalMedia } from "./local-media";

export type Care = {
  /** The camera is open and sends nothing: on some systems that is how another program takes it. */
  stalled: boolean;
  /** Whether what is behind its owner is softened; null where this camera or browser can't. */
  blur: boolean | null;
};
type Kind = "camera" | "microphone";
/** The browser's own effect (W3C Media Capture Extensions); the type library doesn't know it yet. */
type Blurred = { backgroundBlur?: boolean };

/**
 * Looks after the devices for as long as a call needs them: says what stalls, and takes back what was unplugged, taken or refused as
 * soon as it may be had again. Loaded with the call; the door does without.
 */
export function careForDevices(local: LocalMedia) {
  let care: Care = { stalled: false, blur: null };
  let wantsBlur = false;
  let track: MediaStreamTrack | undefined;
  let counted = countOf(local);
  const listeners = new Set<() => void>();

  function set(change: Partial<Care>): void {
    care = { ...care, ...change };
    for (const changed of listeners) changed();
  }
  const stalls = () => set({ stalled: true });
  const goesOn = () => set({ stalled: false });

  /** Called whenever anything about the devices changes. */
  function look(): void {
    const { camera } = local.state();
    const now = camera.state === "on" ? camera.stream.getVideoTracks()[0] : undefined;
    if (now !== track) follow(now);
    const counts = countOf(local);
    const before = counted;
    counted = counts;
    for (const kind of ["camera", "microphone"] as const)
      if (counts[kind] > before[kind]) heal(kind, ["none", "failed", "in-use"]);
  }

  function follow(now: MediaStreamTrack | undefined): void {
    track?.removeEventListener("mute", stalls);
    track?.removeEventListener("unmute", goesOn);
    track = now;
    now?.addEventListener("mute", stalls);
    now?.addEventListener("unmute", goesOn);
    set({ stalled: now?.muted === true });
    if (now) void soften(now);
  }

  /** Nothing is downloaded for it, and no picture leaves the device. */
  async function soften(of: MediaStreamTrack): Promise<void> {
    if (!canBlur(of)) return set({ blur: null });
    try {
      await of.applyConstraints({ backgroundBlur: wantsBlur } as MediaTrackConstraints);
    } catch (cause) {
      if (!(cause instanceof Error && cause.name === "OverconstrainedError")) throw cause;
    }
    if (of === track) set({ blur: (of.getSettings() as Blurred).backgroundBlur === true });
  }

  function heal(kind: Kind, problems: readonly DeviceProblem[]): void {
    const device = local.state()[kind];
    if (device.state === "problem" && problems.includes(device.problem))
      void local.open({ camera: kind === "camera", microphone: kind === "microphone" });
  }

  return {
    state: () => care,
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    async setBlur(on: boolean): Promise<void> {
      wantsBlur = on;
      if (track) await soften(track);
    },
    /** @returns a function that stops it. */
    start(): () => void {
      const stopLooking = local.subscribe(look);
      const stopAsking = onPermission((kind) => heal(kind, ["refused", "system"]));
      look();
      return () => {
        stopLooking();
        stopAsking();
        follow(undefined);
      };
    },
  };
}
export type DeviceCare = ReturnType<typeof careForDevices>;

const countOf = (local: LocalMedia) => {
  const { camera, microphone } = local.state().choices;
  return { camera: camera.length, microphone: microphone.length };
};

/** Tells of a camera or microphone that its owner has just allowed. @returns a function that stops it. */
function onPermission(allowed: (kind: Kind) => void): () => void {
  const stops: (() => void)[] = [];
  let over = false;
  for (const kind of ["camera", "microphone"] as const)
    navigator.permissions?.query({ name: kind as PermissionName }).then(
      (status) => {
        if (over) return;
        const changed = () => {
          if (status.state === "granted") allowed(kind);
        };
        status.addEventListener("change", changed);
        stops.push(() => status.removeEventListener("change", changed));
      },
      () => undefined, // older browsers refuse the name: there a press on Try again does it
    );
  return () => {
    over = true;
    for (const stop of stops) stop();
  };
}

function canBlur(track: MediaStreamTrack): boolean {
  const can = track.getCapabilities?.() as { backgroundBlur?: readonly boolean[] } | undefined;
  return can?.backgroundBlur?.includes(true) === true;
}
