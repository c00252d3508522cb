import type { Device, LocalMediaState } from "@/lib/call/local-media-state";
import {
  type ConnectionFigures,
  findingsOf as connectionFindingsOf,
  nothingMeasured,
} from "@/lib/kernel/connection";

type Trouble = "refused" | "none" | "in-use" | "failed" | "untried";
/** What came of one run, as `POST /api/check/:shortCode` takes it. */
export type Findings = {
  camera: "works" | Trouble;
  microphone: "works" | "silent" | Trouble;
  speaker: "works" | "silent" | "untried";
} & ConnectionFigures;

/** What this run has seen beside the devices themselves. */
export type Seen = {
  /** The microphone once brought a voice. */
  voice: boolean;
  /** What the person said of the chime; null: nothing yet. */
  chime: boolean | null;
  /** The connection; null: still measuring, or not begun. */
  line: ConnectionFigures | null;
};

export function findingsOf({ camera, microphone }: LocalMediaState, seen: Seen): Findings {
  const sound = stateOf(microphone);
  return {
    camera: stateOf(camera),
    microphone: sound === "works" && !seen.voice ? "silent" : sound,
    speaker: seen.chime === null ? "untried" : seen.chime ? "works" : "silent",
    ...(seen.line ?? nothingMeasured),
  };
}

function stateOf(device: Device): "works" | Trouble {
  if (device.state === "on") return "works";
  if (device.state !== "problem") return "untried";
  if (device.problem === "system") return "refused";
  return device.problem === "insecure" ? "failed" : device.problem;
}

/** Nothing is left that a person could still do or wait for. */
export function isComplete({ camera, microphone, speaker }: Findings, seen: Seen): boolean {
  return seen.line !== null && ![camera, microphone, speaker].includes("untried") && microphone !== "silent";
}

export function isFine(found: Findings): boolean {
  const { camera, microphone, speaker, network } = found;
  const devices = camera === "works" && microphone === "works" && speaker === "works";
  return devices && network === "good" && connectionFindingsOf(found).length === 0;
}
