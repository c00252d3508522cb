import { type AudioVideoFacade, MeetingSessionStatusCode } from "amazon-chime-sdk-js";
import type { Started } from "../call-facts";
import type { MediaStop } from "../call-state";
import { later } from "../later";
import { type CameraOut, cameraOut } from "./camera-out";
import { hearOthers, type Others } from "./hear-others";
import { lineWatch } from "./line-watch";
import type { CallMedia, DataEvent, MediaEvent } from "./media";
import { openSession } from "./open-session";
import { type ScreenOut, screenOut } from "./screen-out";

/** The upper bound of what one camera sends: 960 × 540 at 15 frames needs no more (kbit/s). */
const videoKbps = 900;
/** A message to somebody who is cut off just now waits this long for them. */
const messageLifetimeMs = 60_000;

/** One stay in the meeting: from `connect` to `hangUp`. */
type Stay = {
  audioVideo: AudioVideoFacade;
  camera: CameraOut;
  screen: ScreenOut;
  others: Others;
  close(): void;
};

/**
 * The call over Amazon Chime. Only this folder knows its SDK.
 * Tracks are given to the SDK as clones: it may stop or disable what it holds, while the page's own preview and level go on.
 */
export function chimeMedia(audioElement: () => HTMLAudioElement | null): CallMedia {
  let stay: Stay | null = null;
  let microphone: MediaStream | null = null;
  let speaker: string | null = null;
  let sendingMicrophone = false;
  let watching = true;

  async function connect(
    join: Started["chimeJoinInfo"],
    told: (event: MediaEvent) => void,
    heard: (message: DataEvent) => void,
  ) {
    hangUp();
    const { events, session } = openSession(join);
    const { audioVideo } = session;
    const isNow = () => stay?.audioVideo === audioVideo;
    const tell = (event: MediaEvent) => {
      if (isNow()) told(event);
    };

    const socket = lineWatch(later, () => tell({ type: "media-stopped", why: "cut", atMs: Date.now() }));
    events.addObserver({
      // With a close code: a socket that had been open. One that cannot be opened is the SDK's to try again.
      eventDidReceive: (name, attributes) => {
        if (name === "signalingDropped" && "signalingCloseCode" in attributes) socket.dropped();
      },
    });
    audioVideo.addObserver({
      audioVideoDidStartConnecting: (reconnecting) => {
        socket.moved();
        if (reconnecting) tell({ type: "media-reconnecting", atMs: Date.now() });
      },
      audioVideoDidStart: () => {
        socket.moved();
        tell({ type: "media-connected", atMs: Date.now() });
      },
      audioVideoDidStop: (status) =>
        tell({ type: "media-stopped", why: stopOf(status.statusCode()), atMs: Date.now() }),
    });
    const others = hearOthers(
      audioVideo,
      join.attendee.attendeeId,
      () => watching,
      tell,
      (message) => {
        if (isNow()) heard(message);
      },
    );
    stay = {
      audioVideo,
      others,
      camera: cameraOut(audioVideo, others.show),
      screen: screenOut(audioVideo, (now) => tell({ type: "share-told", now })),
      close: socket.close,
    };

    audioVideo.setVideoMaxBandwidthKbps(videoKbps);
    audioVideo.chooseVideoInputQuality(960, 540, 15);
    await giveMicrophone();
    if (!isNow()) return;
    audioVideo.realtimeMuteLocalAudio();
    await giveSpeaker();
    if (!isNow()) return;
    const element = audioElement();
    if (element) await audioVideo.bindAudioElement(element).catch(ignorePlaybackRefusal);
    if (!isNow()) return;
    audioVideo.start();
  }

  async function giveMicrophone() {
    if (!stay) return;
    const { audioVideo } = stay;
    const track = microphone?.getAudioTracks()[0];
    if (!track) return void (await audioVideo.stopAudioInput());
    const own = track.clone();
    own.enabled = true;
    await audioVideo.startAudioInput(new MediaStream([own]));
    if (!sendingMicrophone) audioVideo.realtimeMuteLocalAudio();
  }

  async function giveSpeaker() {
    if (speaker && "setSinkId" in HTMLMediaElement.prototype)
      await stay?.audioVideo.chooseAudioOutput(speaker);
  }

  function hangUp() {
    const old = stay;
    stay = null;
    sendingMicrophone = false;
    if (!old) return;
    const { audioVideo } = old;
    old.close();
    old.camera.close();
    old.screen.close();
    audioVideo.stop();
    // The SDK lets go of the devices it was given only when told; nobody waits for it.
    void Promise.allSettled([audioVideo.stopVideoInput(), audioVideo.stopAudioInput()]);
  }

  return {
    connect,
    hangUp,
    async publish(sending) {
      if (!stay) return;
      const { audioVideo, camera } = stay;
      sendingMicrophone = sending.microphone;
      if (sendingMicrophone) audioVideo.realtimeUnmuteLocalAudio();
      else audioVideo.realtimeMuteLocalAudio();
      await camera.send(sending.camera, sending.picture);
    },
    watch(cameras) {
      watching = cameras;
      stay?.others.watch(cameras);
    },
    share: async () => stay?.screen.share(),
    stopSharing: () => stay?.screen.stop(),
    send(topic, text) {
      stay?.audioVideo.realtimeSendDataMessage(topic, text, messageLifetimeMs);
      return stay !== null;
    },
    async setMicrophone(stream) {
      microphone = stream;
      await giveMicrophone();
    },
    async setSpeaker(deviceId) {
      speaker = deviceId;
      if (!deviceId) await stay?.audioVideo.chooseAudioOutput(null);
      else await giveSpeaker();
    },
    showTile(tileId, element) {
      if (element) stay?.audioVideo.bindVideoElement(tileId, element);
      else stay?.audioVideo.unbindVideoElement(tileId);
    },
  };
}

/** A browser that wants a gesture before it plays says so by rejecting; Join was one, and the element plays at the next. */
function ignorePlaybackRefusal(cause: unknown): void {
  if (cause instanceof DOMException && cause.name === "NotAllowedError") return;
  throw cause;
}

function stopOf(code: MeetingSessionStatusCode): MediaStop {
  switch (code) {
    case MeetingSessionStatusCode.Left:
      return "left";
    case MeetingSessionStatusCode.AudioJoinedFromAnotherDevice:
      return "elsewhere";
    case MeetingSessionStatusCode.MeetingEnded:
      return "ended";
    case MeetingSessionStatusCode.AudioAttendeeRemoved:
      return "removed";
    case MeetingSessionStatusCode.AudioCallAtCapacity:
      return "full";
    case MeetingSessionStatusCode.AudioAuthenticationRejected:
      return "refused";
    default:
      return "lost";
  }
}
