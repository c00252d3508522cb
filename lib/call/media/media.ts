import type { StartedVisit } from "@/lib/visits/answers";
import type { CallEvent } from "../call-state";

/** What carries sound and picture. One per page; `connect` may follow `hangUp` any number of times. */
export type CallMedia = {
  /** Joins with the microphone silent and no camera. Tells how it goes by `told`; resolves once it is on its way. */
  connect(join: StartedVisit["chimeJoinInfo"], told: (event: MediaEvent) => void): Promise<void>;
  /** Idempotent: sends what is given, and nothing of what is null. */
  publish(sending: { microphone: boolean; camera: MediaStream | null }): Promise<void>;
  /** Null: join by listening alone. */
  setMicrophone(stream: MediaStream | null): Promise<void>;
  /** "" or null: the system's own. Does nothing where a browser can't choose. */
  setSpeaker(deviceId: string | null): Promise<void>;
  showTile(tileId: number, element: HTMLVideoElement | null): void;
  hangUp(): void;
};

export type MediaEvent = Extract<
  CallEvent,
  {
    type:
      | "media-connected"
      | "media-reconnecting"
      | "media-stopped"
      | "presence"
      | "tiles"
      | "talking"
      | "quality";
  }
>;
