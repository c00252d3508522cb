import type { DeviceProblem } from "@/lib/call/permission-advice";

/** Part of the one catalogue (see en.ts): devices that fail in mid-call. What happened, then what to do. */
const camera: Record<DeviceProblem, string> = {
  refused:
    "Your browser took the camera away. The others still hear you. Allow it again, then press Try again.",
  none: "Your camera is gone. The others still hear you. Plug it in again.",
  "in-use": "Another app uses your camera. The others still hear you. Close that app, then press Try again.",
  insecure: "Your camera can’t be used at this address. The others still hear you.",
  failed: "Your camera stopped. The others still hear you.",
};
const microphone: Record<DeviceProblem, string> = {
  refused: "Your browser took the microphone away. Nobody hears you. Allow it again, then press Try again.",
  none: "Your microphone is gone. Nobody hears you. Plug one in.",
  "in-use": "Another app uses your microphone. Nobody hears you. Close that app, then press Try again.",
  insecure: "Your microphone can’t be used at this address. Nobody hears you.",
  failed: "Your microphone stopped. Nobody hears you.",
};

export const deviceWords = {
  camera: (problem: DeviceProblem) => camera[problem],
  microphone: (problem: DeviceProblem) => microphone[problem],
  tryAgain: "Try again",
  choose: "Choose another",
  frozen: "Your camera stopped sending. Another app may use it.",
  talkingMuted: "You are muted.",
  talkingMutedSay: "Nobody hears you.",
  unmute: "Let them hear you",
} as const;
