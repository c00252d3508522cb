import type { Started } from "../call-facts";
import type { CallEvent, Picture, Who } from "../call-state";
import type { CaptionTold } from "../captions/captions";
import type { Frozen } from "../line/measure";
import type { LineSample } from "../line/read-line";

/** What carries sound and picture. One per page; `connect` may follow `hangUp` any number of times. */
export type CallMedia = {
  /** Joins with the microphone silent and no camera. Tells how it goes by `told`; resolves once it is on its way. */
  connect(
    join: Started["chimeJoinInfo"],
    told: (event: MediaEvent) => void,
    heard: (message: DataEvent) => void,
  ): Promise<void>;
  /** Idempotent. The camera is held ready whatever the picture. */
  publish(sending: { microphone: boolean; camera: MediaStream | null; picture: Picture }): Promise<void>;
  /** Null: join by listening alone. */
  setMicrophone(stream: MediaStream | null): Promise<void>;
  /** "" or null: the system's own. Does nothing where a browser can't choose. */
  setSpeaker(deviceId: string | null): Promise<void>;
  showTile(tileId: number, element: HTMLVideoElement | null): void;
  /** False: the others' cameras are no longer sent to this device. Screens still are. Holds for those who come later, too. */
  watch(cameras: boolean): void;
  /**
   * To everybody in the meeting. At most 2,048 bytes; a message that reaches somebody late is kept for them for a minute.
   * @returns false while there is no connection.
   */
  send(topic: Topic, text: string): boolean;
  /** Asks the browser's user what to show, then shows it to all. What becomes of it is told as `share-told`. */
  share(): Promise<void>;
  stopSharing(): void;
  hangUp(): void;
};

/** `line`: once a second, what was lost and how long the way is, and how often the others' pictures stood still so far. */
export type MediaEvent =
  | { type: "captions"; told: CaptionTold }
  | { type: "line"; sample: LineSample; frozen: Frozen; atMs: number }
  | Extract<
      CallEvent,
      {
        type:
          | "media-connected"
          | "media-reconnecting"
          | "media-stopped"
          | "presence"
          | "cameras"
          | "tiles"
          | "talking"
          | "others-muted"
          | "share-told";
      }
    >;

/** What travels as data messages. None of it authorises anything; who sent it is the engine's word, never the message's. */
export type Topic = "chat" | "line" | "share";
export type DataEvent = { topic: Topic; from: Who; text: string; atMs: number; throttled: boolean };
