import type { NetworkFinding } from "@/lib/call/check/measure-network";
import type { Device, LocalMediaState } from "@/lib/call/local-media-state";

type Trouble = "refused" | "none" | "in-use" | "failed" | "untried";
/** What came of one run, as `POST /api/check/:shortCode` takes it. */
export type Findings = {
  camera: "works" | Trouble;
  microphone: "works" | "silent" | Trouble;
  speaker: "works" | "silent" | "untried";
  network: NetworkFinding["network"] | "untried";
  downKbps: number | null;
  upKbps: number | null;
  roundTripMs: number | null;
};

/** What this run has seen beside the devices themselves. */
export type Seen = {
  /** The microphone once brought a voice. */
  voice: boolean;
  /** What the person said of the chime; null: nothing yet. */
  chime: boolean | null;
  /** Null: still measuring, or not begun. */
  line: NetworkFinding | null;
};

export function findingsOf({ camera, microphone }: LocalMediaState, seen: Seen): Findings {
  const sound = stateOf(microphone);
  const nothing = { network: "untried", downKbps: null, upKbps: null, roundTripMs: null } as const;
  return {
    camera: stateOf(camera),
    microphone: sound === "works" && !seen.voice ? "silent" : sound,
    speaker: seen.chime === null ? "untried" : seen.chime ? "works" : "silent",
    ...(seen.line ?? nothing),
  };
}

function stateOf(device: Device): "works" | Trouble {
  if (device.state === "on") return "works";
  if (device.state !== "problem") return "untried";
  if (device.problem === "system") return "refused";
  return device.problem === "insecure" ? "failed" : device.problem;
}

/** Nothing is left that a person could still do or wait for. */
export function isComplete(found: Findings): boolean {
  const { camera, microphone, speaker, network } = found;
  return ![camera, microphone, speaker, network].includes("untried") && microphone !== "silent";
}

export function isFine({ camera, microphone, speaker, network }: Findings): boolean {
  return camera === "works" && microphone === "works" && speaker === "works" && network === "good";
}
