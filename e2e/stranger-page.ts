import {
  ConsoleLogger,
  DefaultDeviceController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
} from "amazon-chime-sdk-js";

type JoinInfo = { meeting: unknown; attendee: unknown };
type Events = { type: string; text?: string }[];
declare global {
  interface Window {
    stranger: { join(info: JoinInfo): Promise<void>; events: Events; say(text: string): void };
  }
}

/** Somebody's own program: join info in hand, the vendor's SDK, and none of our pages. It sends and plays all that it is given. */
const events: Events = [];
let say: (text: string) => void = () => {};
window.stranger = {
  events,
  say: (text) => say(text),
  async join(info) {
    const logger = new ConsoleLogger("stranger", LogLevel.OFF);
    const session = new DefaultMeetingSession(
      new MeetingSessionConfiguration(info.meeting, info.attendee),
      logger,
      new DefaultDeviceController(logger),
    );
    const { audioVideo } = session;
    const audio = document.body.appendChild(
      Object.assign(document.createElement("audio"), { autoplay: true }),
    );
    await audioVideo.bindAudioElement(audio);
    audioVideo.addObserver({
      audioVideoDidStart: () => events.push({ type: "started" }),
      audioVideoDidStop: () => events.push({ type: "stopped" }),
      videoTileDidUpdate: ({ tileId, localTile }) => {
        if (tileId === null || localTile) return;
        events.push({ type: "tile" });
        const video = Object.assign(document.createElement("video"), { width: 320, height: 180 });
        audioVideo.bindVideoElement(tileId, document.body.appendChild(video));
      },
    });
    audioVideo.realtimeSubscribeToReceiveDataMessage("chat", (message) =>
      events.push({ type: "data", text: message.text() }),
    );
    say = (text) => void audioVideo.realtimeSendDataMessage("chat", text, 60_000);
    const own = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    await audioVideo.startAudioInput(new MediaStream(own.getAudioTracks()));
    await audioVideo.startVideoInput(new MediaStream(own.getVideoTracks()));
    audioVideo.start();
    audioVideo.startLocalVideoTile();
  },
};
