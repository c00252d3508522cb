import { deviceMemory } from "./device-memory";
import { problemOf } from "./device-problem";
import { type Device, type DeviceKind, type LocalMediaState, unaskedMedia } from "./local-media-state";

const picture = { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 15, max: 30 } };
const voice = { echoCancellation: true, autoGainControl: true };

export type LocalMedia = ReturnType<typeof openLocalMedia>;

/**
 * This person's own camera, microphone and speaker, from the first look in the mirror to the end of the call.
 * The page owns these streams; the call is given copies. Nothing is asked for until `open`.
 */
export function openLocalMedia(storage: Storage | null) {
  const memory = deviceMemory(storage);
  const chosen = memory.recall();
  const listeners = new Set<() => void>();
  let state: LocalMediaState = { ...unaskedMedia, speaker: chosen.speaker ?? "" };

  function set(change: Partial<LocalMediaState>) {
    state = { ...state, ...change };
    for (const changed of listeners) changed();
  }
  const constraintsOf = (kind: "camera" | "microphone"): MediaTrackConstraints => ({
    ...(kind === "camera"
      ? { ...picture, facingMode: "user" }
      : { ...voice, noiseSuppression: state.quieten }),
    // Ideal, not exact: a device that was left at home must not keep its owner out.
    ...(chosen[kind] ? { deviceId: { ideal: chosen[kind] } } : {}),
  });

  /** Both in one question where both are wanted: phones ask once. Then each alone, so that one failing leaves the other. */
  async function open(wanted: { camera: boolean; microphone: boolean }): Promise<void> {
    if (!navigator.mediaDevices?.getUserMedia) {
      const missing: Device = { state: "problem", problem: window.isSecureContext ? "none" : "insecure" };
      return set({
        ...(wanted.camera && { camera: missing }),
        ...(wanted.microphone && { microphone: missing }),
      });
    }
    if (wanted.camera) letGo("camera", { state: "asking" });
    if (wanted.microphone) letGo("microphone", { state: "asking" });
    if (wanted.camera && wanted.microphone) {
      let stream: MediaStream | null = null;
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: constraintsOf("camera"),
          audio: constraintsOf("microphone"),
        });
      } catch (cause) {
        // Asking again for what was just refused would nag; ask alone only for what still may be given.
        const problem = problemOf(cause);
        if (problem === "refused" && (await bothRefused())) {
          set({ camera: { state: "problem", problem }, microphone: { state: "problem", problem } });
          return;
        }
      }
      if (stream) {
        take("camera", stream);
        take("microphone", stream);
        return void listDevices();
      }
    }
    if (wanted.microphone) await openOne("microphone");
    if (wanted.camera) await openOne("camera");
    void listDevices();
  }

  async function openOne(kind: "camera" | "microphone"): Promise<void> {
    const wanted = { [kind === "camera" ? "video" : "audio"]: constraintsOf(kind) };
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia(wanted);
    } catch (cause) {
      return set({ [kind]: { state: "problem", problem: problemOf(cause) } });
    }
    take(kind, stream);
  }

  function take(kind: "camera" | "microphone", from: MediaStream): void {
    const track = (kind === "camera" ? from.getVideoTracks() : from.getAudioTracks())[0];
    if (!track) {
      set({ [kind]: { state: "problem", problem: "none" } });
      return;
    }
    const stream = new MediaStream([track]);
    track.addEventListener("ended", () => {
      const device = state[kind];
      // Pulled out, or taken by the system. Our own `stop` fires no event.
      if (device.state === "on" && device.stream === stream) void openOne(kind).then(listDevices);
    });
    set({ [kind]: { state: "on", stream, id: track.getSettings().deviceId ?? "" } });
  }

  function letGo(kind: "camera" | "microphone", next: Device): void {
    const device = state[kind];
    if (device.state === "on") for (const track of device.stream.getTracks()) track.stop();
    set({ [kind]: next });
  }

  /** Nobody waits for it: Firefox answers only once the window is in front, and a visit does not need the list. */
  async function listDevices(): Promise<void> {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    const of = (kind: MediaDeviceKind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== "")
        .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
    set({
      choices: { camera: of("videoinput"), microphone: of("audioinput"), speaker: of("audiooutput") },
      canChooseSpeaker: "setSinkId" in HTMLMediaElement.prototype,
    });
  }

  return {
    state: () => state,
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    open,
    /** Off frees the camera: its light goes out. */
    async setCamera(on: boolean): Promise<void> {
      if (!on) return letGo("camera", { state: "off" });
      if (state.camera.state !== "on") await open({ camera: true, microphone: false });
    },
    async choose(kind: DeviceKind, id: string): Promise<void> {
      chosen[kind] = id;
      memory.remember(chosen);
      if (kind === "speaker") return set({ speaker: id });
      await open({ camera: kind === "camera", microphone: kind === "microphone" });
    },
    /** Takes effect with a microphone that is open anew. */
    async setQuieten(on: boolean): Promise<void> {
      set({ quieten: on });
      if (state.microphone.state === "on") await open({ camera: false, microphone: true });
    },
    /** Follows devices that come and go. @returns a function that stops it. */
    watch(): () => void {
      const devices = navigator.mediaDevices;
      const look = () => void listDevices();
      devices?.addEventListener?.("devicechange", look);
      return () => devices?.removeEventListener?.("devicechange", look);
    },
    close(): void {
      letGo("camera", { state: "off" });
      letGo("microphone", { state: "off" });
    },
  };
}

/** Both given already, so that looking asks nobody. False where a browser doesn't say. */
export async function bothAllowed(): Promise<boolean> {
  return (await permissionsOf()).every((state) => state === "granted");
}

async function bothRefused(): Promise<boolean> {
  // Where a browser doesn't say, the question just refused was about both.
  return (await permissionsOf()).every((state) => state !== "granted");
}

async function permissionsOf(): Promise<(PermissionState | "unknown")[]> {
  return Promise.all(
    ["camera", "microphone"].map(async (name) => {
      try {
        return (await navigator.permissions.query({ name: name as PermissionName })).state;
      } catch {
        return "unknown" as const; // Firefox and older Safari refuse the name
      }
    }),
  );
}
