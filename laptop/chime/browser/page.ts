import {
  type AudioVideoFacade,
  DefaultDeviceController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  MeetingSessionStatusCode,
  type VideoTileState,
} from "amazon-chime-sdk-js";

/** What happened on this page, in order. The tests wait for these. */
export type PageEvent = { type: string; at: number } & Record<string, unknown>;
export type JoinOptions = {
  hz?: number;
  color?: string;
  video?: boolean;
  /** The SDK's old way to send one picture in several sizes. */
  simulcast?: boolean;
};
type Meeting = Record<string, unknown>;

const events: PageEvent[] = [];
const note = (type: string, facts: Record<string, unknown> = {}) =>
  events.push({ type, at: performance.now(), ...facts });
const logs: string[] = [];
const keep = (level: string) => (message: string | (() => string)) => {
  logs.push(`${level} ${typeof message === "function" ? message() : message}`);
  if (logs.length > 2000) logs.shift();
};
const logger = {
  info: keep("info"),
  warn: keep("warn"),
  error: keep("error"),
  debug: () => {},
  setLogLevel: () => {},
  getLogLevel: () => LogLevel.INFO,
};

const context = new AudioContext();
const loudness = context.createGain();

/** A sine tone as a microphone. */
function tone(hz: number): MediaStream {
  const oscillator = context.createOscillator();
  const out = context.createMediaStreamDestination();
  oscillator.frequency.value = hz;
  loudness.gain.value = 0.4;
  oscillator.connect(loudness).connect(out);
  oscillator.start();
  return out.stream;
}

/** A moving, coloured card as a camera. */
function card(color: string, width = 640, height = 360): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext("2d")!;
  let frame = 0;
  setInterval(() => {
    pen.fillStyle = color;
    pen.fillRect(0, 0, width, height);
    pen.fillStyle = "#fff";
    pen.fillRect((frame++ * 7) % width, height - 40, 20, 20);
  }, 1000 / 15);
  return canvas.captureStream(15);
}

let call: AudioVideoFacade;
let session: DefaultMeetingSession;
const audio = document.querySelector("audio")!;
const tiles = document.createElement("div");
document.body.append(tiles);

function showTile(state: VideoTileState): void {
  const { tileId, localTile, boundExternalUserId, isContent, active } = state;
  note("tile", { tileId, local: localTile, who: boundExternalUserId, content: isContent, active });
  if (tileId === null || !state.boundAttendeeId) return;
  let video = document.querySelector<HTMLVideoElement>(`#tile-${tileId}`);
  if (!video) {
    video = document.createElement("video");
    video.id = `tile-${tileId}`;
    video.muted = true;
    video.playsInline = true;
    tiles.append(video);
    video.requestVideoFrameCallback(() =>
      note(localTile ? "first-local-frame" : "first-remote-frame", { who: boundExternalUserId }),
    );
  }
  video.dataset.who = `${boundExternalUserId ?? ""}${isContent ? " (content)" : ""}`;
  video.dataset.local = String(localTile);
  call.bindVideoElement(tileId, video);
}

async function join(meeting: Meeting, attendee: Meeting, options: JoinOptions = {}): Promise<void> {
  const { hz, color, video = true } = options;
  await context.resume();
  const configuration = new MeetingSessionConfiguration(meeting, attendee);
  configuration.enableSimulcastForUnifiedPlanChromiumBasedBrowsers = options.simulcast ?? false;
  session = new DefaultMeetingSession(configuration, logger, new DefaultDeviceController(logger));
  call = session.audioVideo;
  const microphones = await call.listAudioInputDevices();
  const cameras = await call.listVideoInputDevices();
  await call.startAudioInput(hz ? tone(hz) : microphones[0]!.deviceId);
  if (video) await call.startVideoInput(color ? card(color) : cameras[0]!.deviceId);
  call.addObserver({
    audioVideoDidStartConnecting: (reconnecting) => note("connecting", { reconnecting }),
    audioVideoDidStart: () => {
      note("started");
      if (video) call.startLocalVideoTile();
    },
    audioVideoDidStop: (status) => note("stopped", { why: MeetingSessionStatusCode[status.statusCode()] }),
    videoTileDidUpdate: showTile,
    videoTileWasRemoved: (tileId) => {
      note("tile-removed", { tileId });
      document.querySelector(`#tile-${tileId}`)?.remove();
    },
  });
  call.addContentShareObserver({
    contentShareDidStart: () => note("sharing"),
    contentShareDidStop: () => note("sharing-over"),
  });
  await call.bindAudioElement(audio);
  call.realtimeSubscribeToAttendeeIdPresence((id, present, who, dropped) => {
    note("presence", { id, present, who, dropped });
    if (present)
      call.realtimeSubscribeToVolumeIndicator(id, (_id, volume, muted) => {
        if (volume !== null) volumes[who ?? id] = Math.max(volumes[who ?? id] ?? 0, volume);
        if (muted !== null) note("muted", { who, muted });
      });
  });
  call.realtimeSubscribeToReceiveDataMessage("chat", (message) =>
    note("data", { text: message.text(), who: message.senderExternalUserId, throttled: message.throttled }),
  );
  note("start");
  call.start();
}

const volumes: Record<string, number> = {};
let analyser: AnalyserNode | null = null;
let analysed: MediaStream | null = null;

/** How loud one frequency is in what comes out of the loudspeaker, dB; -Infinity while there is no sound at all. */
function loudnessAt(hz: number): number {
  const stream = audio.srcObject as MediaStream | null;
  if (!stream || stream.getAudioTracks().length === 0) return Number.NEGATIVE_INFINITY;
  if (analysed !== stream || !analyser) {
    analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    analyser.smoothingTimeConstant = 0;
    context.createMediaStreamSource(stream).connect(analyser);
    analysed = stream;
  }
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const at = Math.round((hz * analyser.fftSize) / context.sampleRate);
  return Math.max(...bins.subarray(at - 2, at + 3));
}

/** The middle colour of what is shown of somebody, or null while there is no picture. */
function colorOf(who: string): [number, number, number] | null {
  const video = [...document.querySelectorAll("video")].find(
    (tile) => tile.dataset.who === who && tile.dataset.local === "false",
  );
  if (!video || video.videoWidth === 0) return null;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true })!;
  pen.drawImage(video, 0, 0, 8, 8);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(4, 3, 1, 1).data;
  return [red, green, blue];
}

const framesOf = (who: string) =>
  [...document.querySelectorAll("video")]
    .filter((tile) => tile.dataset.who === who && tile.dataset.local === "false")
    .reduce((frames, tile) => frames + tile.getVideoPlaybackQuality().totalVideoFrames, 0);

/** The facade hides its connection, the controller behind it does not. */
function connection(): RTCPeerConnection | null {
  const controller = session.audioVideo as unknown as {
    audioVideoController: { rtcPeerConnection: RTCPeerConnection | null };
  };
  return controller.audioVideoController.rtcPeerConnection;
}

async function inbound(kind: "audio" | "video"): Promise<{ packets: number; frames: number; lost: number }> {
  const total = { packets: 0, frames: 0, lost: 0 };
  const stats = await connection()?.getStats();
  for (const report of stats?.values() ?? [])
    if (report.type === "inbound-rtp" && report.kind === kind) {
      total.packets += report.packetsReceived;
      total.frames += report.framesDecoded ?? 0;
      total.lost += report.packetsLost;
    }
  return total;
}

/** Resolves when so much more has arrived. */
async function receives(kind: "audio" | "video", what: "packets" | "frames", more: number): Promise<void> {
  const until = (await inbound(kind))[what] + more;
  while ((await inbound(kind))[what] < until) await new Promise(requestAnimationFrame);
}

/** The loudest a frequency gets while audio packets keep coming, over a number of them (50 a second). dB. */
async function loudestDuring(hz: number, packets: number): Promise<number> {
  const until = (await inbound("audio")).packets + packets;
  let loudest = Number.NEGATIVE_INFINITY;
  while ((await inbound("audio")).packets < until) {
    loudest = Math.max(loudest, loudnessAt(hz));
    await new Promise(requestAnimationFrame);
  }
  return loudest;
}

const party = {
  events,
  logs,
  volumes,
  join,
  call: () => call,
  card,
  loudnessAt,
  loudestDuring,
  colorOf,
  framesOf,
  connection,
  inbound,
  receives,
  setLoudness: (gain: number) => {
    loudness.gain.value = gain;
  },
};
declare global {
  interface Window {
    party: typeof party;
  }
}
window.party = party;
