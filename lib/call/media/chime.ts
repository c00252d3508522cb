import {
  DefaultActiveSpeakerPolicy,
  type DefaultMeetingSession,
  MeetingSessionStatusCode,
} from "amazon-chime-sdk-js";
import type { StartedVisit } from "@/lib/visits/answers";
import type { MediaStop, Picture, Seen, Tile, Who } from "../call-state";
import { readFrozen } from "../line/measure";
import { lineReader } from "../line/read-line";
import { lineWatch } from "./line-watch";
import type { CallMedia, DataEvent, MediaEvent, Topic } from "./media";
import { openSession } from "./open-session";
import { presenceOf } from "./presence";
import { readTranscript } from "./read-transcript";
import { baseOf, isScreen, whoOf } from "./who";

/** The upper bound of what one camera sends: 960 × 540 at 15 frames needs no more (kbit/s). */
const videoKbps = 900;
/** A message to somebody who is cut off just now waits this long for them. */
const messageLifetimeMs = 60_000;
const topics: readonly Topic[] = ["chat", "line", "share"];
/** Of what others show the SDK is about to negotiate: our page, drawn anew for it, would hold that up by as long as it takes. */
const negotiationFirstMs = 80;
/** A screen that nobody can be shown within this time is given up. */
const shareWithinMs = 15_000;

/**
 * The call over Amazon Chime. Only this folder knows its SDK.
 * Tracks are given to the SDK as clones: it may stop or disable what it holds, while the page's own preview and level go on.
 */
export function chimeMedia(audioElement: () => HTMLAudioElement | null): CallMedia {
  let session: DefaultMeetingSession | null = null;
  let microphone: MediaStream | null = null;
  let speaker: string | null = null;
  let stopWatching = () => {};
  let heldCamera: MediaStream | null = null;
  let holding: Promise<void> | null = null;
  /** What goes to the SDK: the page's own preview goes on while this is covered. */
  let lens: MediaStreamTrack | null = null;
  let picture: Picture = "off";
  let sent: Picture = "off";
  let othersShow = false;
  let sendingMicrophone = false;
  let watching = true;
  let cameras: readonly number[] = [];
  let sharing = false;
  let sharePending: (() => void) | null = null;
  let tellShare: (now: "on" | "off" | "failed") => void = () => undefined;

  const facade = () => session?.audioVideo ?? null;

  async function connect(
    join: StartedVisit["chimeJoinInfo"],
    told: (event: MediaEvent) => void,
    heard: (message: DataEvent) => void,
  ) {
    hangUp();
    const { events, session: current } = openSession(join);
    session = current;
    const { audioVideo } = current;
    const mine = join.attendee.attendeeId;
    const tell = (event: MediaEvent) => {
      if (session === current) told(event);
    };

    const socket = lineWatch(later, () => tell({ type: "media-stopped", why: "cut", atMs: Date.now() }));
    stopWatching = socket.close;
    events.addObserver({
      // With a close code: a socket that had been open. One that cannot be opened is the SDK's to try again.
      eventDidReceive: (name, attributes) => {
        if (name === "signalingDropped" && "signalingCloseCode" in attributes) socket.dropped();
      },
    });

    tellShare = (now) => tell({ type: "share-told", now });
    const tiles = new Map<number, Tile>();
    const tellTiles = () => {
      cameras = [...tiles.values()].filter(({ screen }) => !screen).map(({ tileId }) => tileId);
      tell({ type: "tiles", tiles: [...tiles.values()], atMs: Date.now() });
    };
    const readLine = lineReader();
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
      remoteVideoSourcesDidChange: (sources) => {
        othersShow = sources.length > 0;
        later(negotiationFirstMs, () => tell({ type: "cameras", cameras: sources.length, atMs: Date.now() }));
      },
      videoTileDidUpdate: ({ tileId, localTile, boundAttendeeId, boundExternalUserId }) => {
        if (localTile || tileId === null || !boundAttendeeId) return;
        if (baseOf(boundAttendeeId) === mine) return; // one's own screen share comes back as a tile
        const before = tiles.get(tileId);
        const who = whoOf(boundAttendeeId, boundExternalUserId);
        if (before?.who === who) return;
        tiles.set(tileId, { tileId, who, screen: isScreen(boundAttendeeId) });
        tellTiles();
        if (!watching) watch(false);
      },
      videoTileWasRemoved: (tileId) => {
        if (tiles.delete(tileId)) tellTiles();
      },
      metricsDidReceive: (report) => {
        const stats = report.getRTCStatsReport();
        const sample = readLine(stats.values());
        tell({ type: "line", sample, frozen: readFrozen(stats.values()), atMs: Date.now() });
      },
    });

    const names = new Map<string, Who>();
    audioVideo.addContentShareObserver({
      contentShareDidStart: () => {
        sharePending?.();
        tellShare("on");
      },
      contentShareDidStop: () => {
        sharePending?.();
        tellShare("off");
      },
    });

    const seen = new Map<Who, Seen>();
    const muted = new Set<Who>();
    audioVideo.realtimeSubscribeToAttendeeIdPresence((attendeeId, present, externalUserId, dropped) => {
      if (baseOf(attendeeId) === mine || isScreen(attendeeId)) return;
      const who = whoOf(attendeeId, externalUserId);
      const first = !names.has(attendeeId);
      names.set(attendeeId, who);
      seen.set(who, present ? "here" : dropped ? "dropped" : "gone");
      const others = presenceOf(seen.values());
      tell({ type: "presence", others, seen: Object.fromEntries(seen), atMs: Date.now() });
      if (!first) return;
      audioVideo.realtimeSubscribeToVolumeIndicator(attendeeId, (_attendee, _volume, isMuted) => {
        if (isMuted === null || isMuted === muted.has(who)) return;
        if (isMuted) muted.add(who);
        else muted.delete(who);
        tell({ type: "others-muted", muted: [...muted] });
      });
    });
    audioVideo.transcriptionController?.subscribeToTranscriptEvent((event) => {
      for (const one of readTranscript(event, (id, externalId) =>
        id === mine ? "me" : whoOf(id, externalId),
      ))
        tell({ type: "captions", told: one });
    });
    audioVideo.subscribeToActiveSpeakerDetector(new DefaultActiveSpeakerPolicy(), (active) =>
      tell({ type: "talking", talking: active.map((id) => (id === mine ? "me" : (names.get(id) ?? id))) }),
    );
    for (const topic of topics)
      audioVideo.realtimeSubscribeToReceiveDataMessage(topic, (message) => {
        const { senderAttendeeId, senderExternalUserId, timestampMs, throttled } = message;
        const from = senderAttendeeId === mine ? "me" : whoOf(senderAttendeeId, senderExternalUserId);
        if (session === current) heard({ topic, from, text: message.text(), atMs: timestampMs, throttled });
      });

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

  async function publish(sending: Parameters<CallMedia["publish"]>[0]) {
    const audioVideo = facade();
    if (!audioVideo) return;
    const { microphone: speak, camera } = sending;
    sendingMicrophone = speak;
    if (speak) audioVideo.realtimeUnmuteLocalAudio();
    else audioVideo.realtimeMuteLocalAudio();
    picture = camera === null ? "off" : sending.picture;
    if (picture === "off" && sent !== "off") {
      sent = "off";
      audioVideo.stopLocalVideoTile();
    }
    if (heldCamera !== camera) {
      heldCamera = camera;
      lens = camera?.getVideoTracks()[0]?.clone() ?? null;
      const held = lens ? audioVideo.startVideoInput(new MediaStream([lens])) : audioVideo.stopVideoInput();
      holding = held.then(() => undefined);
    }
    if (lens) lens.enabled = picture === "shown";
    if (holding) {
      const mine = holding;
      await mine;
      if (holding !== mine) return; // a later call goes on with another camera
      holding = null;
    }
    if (facade() !== audioVideo || picture === sent) return;
    // A right that came after the camera counts from the next negotiation on. The others' cameras bring one by themselves.
    const anew = sent === "covered" && picture === "shown" && !othersShow;
    if (anew) audioVideo.stopLocalVideoTile();
    if (anew || sent === "off") audioVideo.startLocalVideoTile();
    sent = picture;
  }

  async function share() {
    const audioVideo = facade();
    if (!audioVideo) return tellShare("failed");
    const stream = await chooseScreen();
    if (!stream) return tellShare("off");
    if (facade() !== audioVideo) return stopTracks(stream);
    const cancel = later(shareWithinMs, () => {
      audioVideo.stopContentShare();
      tellShare("failed");
    });
    sharePending = () => {
      cancel();
      sharePending = null;
    };
    sharing = true;
    await audioVideo.startContentShare(stream);
  }

  function watch(on: boolean) {
    watching = on;
    const audioVideo = facade();
    for (const tileId of cameras)
      if (on) audioVideo?.unpauseVideoTile(tileId);
      else audioVideo?.pauseVideoTile(tileId);
  }

  function hangUp() {
    const old = session;
    session = null;
    stopWatching();
    heldCamera = null;
    holding = null;
    lens = null;
    picture = "off";
    sent = "off";
    othersShow = false;
    sendingMicrophone = false;
    cameras = [];
    if (!old) return;
    const { audioVideo } = old;
    sharePending?.();
    if (sharing) audioVideo.stopContentShare();
    sharing = false;
    audioVideo.stop();
    // The SDK lets go of the devices it was given only when told; nobody waits for it.
    void Promise.allSettled([audioVideo.stopVideoInput(), audioVideo.stopAudioInput()]);
  }

  return {
    connect,
    publish,
    hangUp,
    watch,
    share,
    stopSharing() {
      sharePending?.();
      facade()?.stopContentShare();
    },
    send(topic, text) {
      const audioVideo = facade();
      if (!audioVideo) return false;
      audioVideo.realtimeSendDataMessage(topic, text, messageLifetimeMs);
      return true;
    },
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

/** Null where somebody closed the browser's question. Text must stay sharp; fifteen frames are plenty. */
async function chooseScreen(): Promise<MediaStream | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 10, max: 15 } },
      audio: false,
    });
    for (const track of stream.getVideoTracks()) track.contentHint = "detail";
    return stream;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "NotAllowedError") return null;
    throw cause;
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
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
