import type { Page } from "playwright";

type Failure = "NotAllowedError" | "NotFoundError" | "NotReadableError";
type Held = {
  failure: Failure | null;
  gain: GainNode | null;
  given: MediaStreamTrack | null;
  asked: MediaTrackConstraints;
  /** What was asked to stay on: a browser without a window may refuse it. */
  awake: string | null;
};
type Holder = Window & { testMicrophone?: Held };

/**
 * A microphone that a test refuses, makes too loud and pulls out, above what `fakeMedia` plays. Ask before the page is opened.
 * @param first what it answers at first: a page that was allowed it before asks as soon as it stands.
 */
export async function ownMicrophone(page: Page, first: Failure | null) {
  await page.addInitScript((failure) => {
    const devices = navigator.mediaDevices;
    if (!devices) return; // about:blank and the like
    const held: Held = { failure, gain: null, given: null, asked: {}, awake: null };
    (window as Holder).testMicrophone = held;
    const played = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      if (typeof wanted?.audio === "object") held.asked = wanted.audio;
      if (held.failure) throw new DOMException("as the test wants it", held.failure);
      const stream = await played(wanted);
      const [tone] = stream.getAudioTracks();
      const audio = new AudioContext();
      const out = audio.createMediaStreamDestination();
      held.gain = new GainNode(audio, { gain: 1 });
      audio.createMediaStreamSource(stream).connect(held.gain).connect(out);
      const track = out.stream.getAudioTracks()[0] as MediaStreamTrack;
      track.getSettings = () => tone?.getSettings() ?? {};
      held.given = track;
      return new MediaStream([track]);
    };
    const lock = navigator.wakeLock;
    const request = lock?.request.bind(lock);
    if (lock && request)
      lock.request = (kind) => {
        held.awake = kind ?? "screen";
        return request(kind);
      };
  }, first);
  return {
    /** What the browser answers from now on; null: it works. */
    fails: (failure: Failure | null) =>
      page.evaluate((now) => {
        const held = (window as Holder).testMicrophone;
        if (held) held.failure = now;
      }, failure),
    /** As loud as so many times the tone. */
    plays: (times: number) =>
      page.evaluate((gain) => {
        const held = (window as Holder).testMicrophone;
        if (held?.gain) held.gain.gain.value = gain;
      }, times),
    /** As a browser does when the device goes: the track ends, and says so. */
    unplug: () =>
      page.evaluate(() => {
        const track = (window as Holder).testMicrophone?.given;
        track?.stop();
        track?.dispatchEvent(new Event("ended"));
      }),
    lastAsked: () => page.evaluate(() => (window as Holder).testMicrophone?.asked ?? {}),
    /** What the telephone itself knows of the call. */
    phone: () =>
      page.evaluate(() => ({
        awake: (window as Holder).testMicrophone?.awake,
        playing: navigator.mediaSession.playbackState,
        title: navigator.mediaSession.metadata?.title,
      })),
  };
}
