import type { ChosenDevices } from "./device-memory";
import type { DeviceProblem } from "./device-problem";

export type DeviceKind = keyof ChosenDevices;
export type Choice = { id: string; name: string };
/** One device. `off`: its owner wants it so. */
export type Device =
  | { state: "unasked" | "asking" | "off" }
  | { state: "on"; stream: MediaStream; id: string }
  | { state: "problem"; problem: DeviceProblem };

export type LocalMediaState = {
  camera: Device;
  microphone: Device;
  /** "": the system's own. */
  speaker: string;
  choices: Record<DeviceKind, readonly Choice[]>;
  canChooseSpeaker: boolean;
  /** Noise around the microphone is asked to be taken away (the getUserMedia constraint). */
  quieten: boolean;
};

/** Before anybody was asked for anything; what a server knows. */
export const unaskedMedia: LocalMediaState = {
  camera: { state: "unasked" },
  microphone: { state: "unasked" },
  speaker: "",
  choices: { camera: [], microphone: [], speaker: [] },
  canChooseSpeaker: false,
  quieten: true,
};
