import {
  ConsoleLogger,
  DefaultActiveSpeakerPolicy,
  DefaultDeviceController,
  DefaultEventController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  MeetingSessionStatusCode,
  NoOpEventReporter,
} from "amazon-chime-sdk-js";
import type { StartedVisit } from "@/lib/visits/answers";
import type { MediaStop } from "../call-state";
import { lineWatch } from "./line-watch";
import type { CallMedia, MediaEvent } from "./media";
import { presenceOf, type Seen } from "./presence";

/** The upper bound of what one camera sends: 960 × 540 at 15 frames needs no more (kbit/s). */
const videoKbps = 900;

/**
 * The call over Amazon Chime. The only file that knows its SDK.
 * Tracks are given to the SDK as clones: it may stop or disable what it holds, while the page's own preview and level go on.
 */
export function chimeMedia(audioElement: () => HTMLAudioElement | null): CallMedia {
  const logger = new ConsoleLogger("call", LogLevel.OFF);
  let session: DefaultMeetingSession | null = null;
  let microphone: MediaStream | null = null;
  let speaker: string | null = null;
  let stopWatching = () => {};
  let sendingCamera: MediaStream | null = null;
  let sendingMicrophone = false;

  const facade = () => session?.audioVideo ?? null;

  async function connect(join: StartedVisit["chimeJoinInfo"], told: (event: MediaEvent) => void) {
    hangUp();
    const configuration = new MeetingSessionConfiguration(join.meeting, join.attendee);
    configuration.reconnectTimeoutMs = 120_000;
    // Back within 2 seconds of a cut socket: the SDK's own first pause is up to a second.
    configuration.reconnectFixedWaitMs = 0;
    configuration.reconnectShortBackOffMs = 300;
    const devices = new DefaultDeviceController(logger, { enableWebAudio: false });
    // Without this the SDK would report every event to an address of the vendor's.
    const events = new DefaultEventController(configuration, logger, new NoOpEventReporter());
    const current = new DefaultMeetingSession(configuration, logger, devices, events);
    session = current;
    const { audioVideo } = current;
    const mine = join.attendee.attendeeId;
    const tell = (event: MediaEvent) => {
      if (session === current) told(event);
    };

    const watch = lineWatch(later, () => tell({ type: "media-stopped", why: "lost", atMs: Date.now() }));
    stopWatching = watch.close;
    events.addObserver({
      // With a close code: a socket that had been open. One that cannot be opened is the SDK's to try again.
      eventDidReceive: (name, attributes) => {
        if (name === "signalingDropped" && "signalingCloseCode" in attributes) watch.dropped();
      },
    });

    const tiles = new Set<number>();
    const tellTiles = () => tell({ type: "tiles", tiles: [...tiles], atMs: Date.now() });
    audioVideo.addObserver({
      audioVideoDidStartConnecting: (reconnecting) => {
        watch.moved();
        if (reconnecting) tell({ type: "media-reconnecting", atMs: Date.now() });
      },
      audioVideoDidStart: () => {
        watch.moved();
        tell({ type: "media-connected", atMs: Date.now() });
      },
      audioVideoDidStop: (status) =>
        tell({ type: "media-stopped", why: stopOf(status.statusCode()), atMs: Date.now() }),
      videoTileDidUpdate: ({ tileId, localTile, boundAttendeeId }) => {
        if (localTile || tileId === null || !boundAttendeeId || tiles.has(tileId)) return;
        tiles.add(tileId);
        tellTiles();
      },
      videoTileWasRemoved: (tileId) => {
        if (tiles.delete(tileId)) tellTiles();
      },
      connectionDidBecomePoor: () => tell({ type: "quality", quality: "weak" }),
      connectionDidSuggestStopVideo: () => tell({ type: "quality", quality: "weak" }),
      connectionDidBecomeGood: () => tell({ type: "quality", quality: "good" }),
    });

    const seen = new Map<string, Seen>();
    audioVideo.realtimeSubscribeToAttendeeIdPresence((attendeeId, present, _externalId, dropped) => {
      if (attendeeId === mine || attendeeId.includes("#")) return;
      seen.set(attendeeId, present ? "here" : dropped ? "dropped" : "gone");
      tell({ type: "presence", others: presenceOf(seen.values()), atMs: Date.now() });
    });
    audioVideo.subscribeToActiveSpeakerDetector(new DefaultActiveSpeakerPolicy(), ([loudest]) =>
      tell({ type: "talking", talking: !loudest ? "nobody" : loudest === mine ? "me" : "other" }),
    );

    audioVideo.setVideoMaxBandwidthKbps(videoKbps);
    audioVideo.chooseVideoInputQuality(960, 540, 15);
    await giveMicrophone();
    if (session !== current) return;
    audioVideo.realtimeMuteLocalAudio();
    await giveSpeaker();
    if (session !== current) return;
    const element = audioElement();
    if (element) await audioVideo.bindAudioElement(element).catch(ignorePlaybackRefusal);
    if (session !== current) return;
    audioVideo.start();
  }

  async function giveMicrophone() {
    const audioVideo = facade();
    if (!audioVideo) return;
    const track = microphone?.getAudioTracks()[0];
    if (!track) return void (await audioVideo.stopAudioInput());
    const own = track.clone();
    own.enabled = true;
    await audioVideo.startAudioInput(new MediaStream([own]));
    if (!sendingMicrophone) audioVideo.realtimeMuteLocalAudio();
  }

  async function giveSpeaker() {
    if (speaker && "setSinkId" in HTMLMediaElement.prototype) await facade()?.chooseAudioOutput(speaker);
  }

  async function publish({ microphone: speak, camera }: { microphone: boolean; camera: MediaStream | null }) {
    const audioVideo = facade();
    if (!audioVideo) return;
    sendingMicrophone = speak;
    if (speak) audioVideo.realtimeUnmuteLocalAudio();
    else audioVideo.realtimeMuteLocalAudio();
    const track = camera?.getVideoTracks()[0];
    if (!track) {
      sendingCamera = null;
      audioVideo.stopLocalVideoTile();
      await audioVideo.stopVideoInput();
    } else if (sendingCamera !== camera) {
      sendingCamera = camera;
      await audioVideo.startVideoInput(new MediaStream([track.clone()]));
      if (sendingCamera === camera && facade() === audioVideo) audioVideo.startLocalVideoTile();
    }
  }

  function hangUp() {
    const old = session;
    session = null;
    stopWatching();
    sendingCamera = null;
    sendingMicrophone = false;
    if (!old) return;
    const { audioVideo } = old;
    audioVideo.stop();
    // The SDK lets go of the devices it was given only when told; nobody waits for it.
    void Promise.allSettled([audioVideo.stopVideoInput(), audioVideo.stopAudioInput()]);
  }

  return {
    connect,
    publish,
    hangUp,
    async setMicrophone(stream) {
      microphone = stream;
      await giveMicrophone();
    },
    async setSpeaker(deviceId) {
      speaker = deviceId;
      if (!deviceId) await facade()?.chooseAudioOutput(null);
      else await giveSpeaker();
    },
    showTile(tileId, element) {
      const audioVideo = facade();
      if (element) audioVideo?.bindVideoElement(tileId, element);
      else audioVideo?.unbindVideoElement(tileId);
    },
  };
}

function later(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
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
