import { afterEach, expect, test, vi } from "vitest";
import { careForDevices } from "./device-care";
import { openLocalMedia } from "./local-media";

type Kind = "videoinput" | "audioinput";
class Track extends EventTarget {
  muted = false;
  stop = vi.fn();
  constructor(
    readonly kind: "video" | "audio",
    private readonly deviceId: string,
    private readonly canBlur = false,
  ) {
    super();
  }
  private blur = false;
  getSettings = () => ({ deviceId: this.deviceId, backgroundBlur: this.blur });
  getCapabilities = () => (this.canBlur ? { backgroundBlur: [true, false] } : {});
  applyConstraints = async (wanted: { backgroundBlur?: boolean }) => {
    this.blur = wanted.backgroundBlur === true;
  };
}
class Stream {
  constructor(private readonly tracks: Track[]) {}
  getTracks = () => this.tracks;
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === "video");
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === "audio");
}

/** A computer with devices that can be taken away, and a browser whose mind can be changed. */
function computer({ canBlur = false, inFront = true } = {}) {
  let plugged: { kind: Kind; deviceId: string; label: string }[] = [
    { kind: "videoinput", deviceId: "cam-1", label: "Camera" },
    { kind: "audioinput", deviceId: "mic-1", label: "Microphone" },
  ];
  let refused: string | null = null;
  const given: Track[] = [];
  const permissions = { camera: new EventTarget(), microphone: new EventTarget() };
  const devices = Object.assign(new EventTarget(), {
    enumerateDevices: async () => {
      if (!inFront) await new Promise(() => undefined); // Firefox answers when the window comes to the front
      return plugged;
    },
    getUserMedia: async (wanted: { video?: unknown; audio?: unknown }) => {
      if (refused) throw new DOMException("", refused);
      const tracks = [
        ...(wanted.video ? [["video", "videoinput"] as const] : []),
        ...(wanted.audio ? [["audio", "audioinput"] as const] : []),
      ].map(([kind, input]) => {
        const found = plugged.find((device) => device.kind === input);
        if (!found) throw new DOMException("", "NotFoundError");
        return new Track(kind, found.deviceId, canBlur);
      });
      given.push(...tracks);
      return new Stream(tracks);
    },
  });
  vi.stubGlobal("MediaStream", Stream);
  vi.stubGlobal("HTMLMediaElement", class {});
  vi.stubGlobal("navigator", {
    mediaDevices: devices,
    permissions: {
      query: async ({ name }: { name: "camera" | "microphone" }) =>
        Object.assign(permissions[name], { state: refused ? "denied" : "granted" }),
    },
  });
  const local = openLocalMedia(null);
  local.watch();
  const care = careForDevices(local);
  care.start();
  const settled = () => new Promise((done) => setImmediate(done));
  return {
    local,
    care,
    settled,
    last: (kind: "video" | "audio") => given.findLast((track) => track.kind === kind) as Track,
    unplug(kind: Kind) {
      plugged = plugged.filter((device) => device.kind !== kind);
    },
    async plug(kind: Kind, deviceId: string) {
      plugged = [...plugged, { kind, deviceId, label: deviceId }];
      devices.dispatchEvent(new Event("devicechange"));
      await settled();
    },
    refuse: (name: string | null) => {
      refused = name;
    },
    async allow(kind: "camera" | "microphone") {
      refused = null;
      Object.assign(permissions[kind], { state: "granted" }).dispatchEvent(new Event("change"));
      await settled();
    },
  };
}
afterEach(() => vi.unstubAllGlobals());

test("a microphone that is pulled out gives way to another one; without one it is said, and the next one plugged in is taken", async () => {
  const it = computer();
  await it.local.open({ camera: true, microphone: true });
  it.unplug("audioinput");
  it.last("audio").dispatchEvent(new Event("ended"));
  await it.settled();
  expect(it.local.state().microphone).toEqual({ state: "problem", problem: "none" });
  await it.plug("audioinput", "mic-2");
  expect(it.local.state().microphone).toMatchObject({ state: "on", id: "mic-2" });
});

test("whoever changes to another window after the press on Join is let in all the same, though Firefox keeps its list of devices until they are back", async () => {
  const it = computer({ inFront: false });
  const opened = vi.fn();
  void it.local.open({ camera: true, microphone: true }).then(opened);
  await it.settled();
  expect(opened).toHaveBeenCalled();
  expect(it.local.state()).toMatchObject({ camera: { state: "on" }, microphone: { state: "on" } });
  const turnedOn = vi.fn();
  await it.local.setCamera(false);
  void it.local.setCamera(true).then(turnedOn);
  await it.settled();
  expect(turnedOn).toHaveBeenCalled();
});

test("a permission that is taken away in mid-call is named, and given back needs no press", async () => {
  const it = computer();
  await it.local.open({ camera: true, microphone: true });
  await it.settled();
  it.refuse("NotAllowedError");
  it.last("video").dispatchEvent(new Event("ended"));
  await it.settled();
  expect(it.local.state().camera).toEqual({ state: "problem", problem: "refused" });
  expect(it.local.state().microphone).toMatchObject({ state: "on" });
  await it.allow("camera");
  expect(it.local.state().camera).toMatchObject({ state: "on" });
});

test("a camera that another program takes is stalled until it is given back", async () => {
  const it = computer();
  await it.local.open({ camera: true, microphone: true });
  it.last("video").dispatchEvent(new Event("mute"));
  expect(it.care.state().stalled).toBe(true);
  it.last("video").dispatchEvent(new Event("unmute"));
  expect(it.care.state().stalled).toBe(false);
});

test("what is behind its owner is softened where the browser can, and the wish outlives the camera's being off", async () => {
  const it = computer({ canBlur: true });
  await it.local.open({ camera: true, microphone: true });
  await it.care.setBlur(true);
  expect(it.care.state().blur).toBe(true);
  await it.local.setCamera(false);
  await it.local.setCamera(true);
  await it.settled();
  expect(it.care.state().blur).toBe(true);
});

test("where a browser can't soften anything, nothing is offered", async () => {
  const it = computer();
  await it.local.open({ camera: true, microphone: true });
  await it.settled();
  expect(it.care.state().blur).toBeNull();
});
