import type { Measured } from "@/lib/kernel/measured";
import type { Device, LocalMediaState } from "../local-media-state";
import { placeOf, systemOf } from "../permission-advice";
import type { LineMeasured } from "./measure";

/** What a trouble report holds: the call's numbers, and devices and browser by the names of fixed lists. No name of a device goes along. */
export function reportOf(
  line: LineMeasured,
  { camera, microphone }: Pick<LocalMediaState, "camera" | "microphone">,
  { userAgent, maxTouchPoints }: Pick<Navigator, "userAgent" | "maxTouchPoints">,
): Measured {
  return {
    ...line,
    camera: stateOf(camera),
    microphone: stateOf(microphone),
    browser: browserOf(userAgent, maxTouchPoints),
    browserVersion: versionOf(userAgent),
    system: systemOf(userAgent, maxTouchPoints),
  };
}

function stateOf(device: Device): Measured["camera"] {
  if (device.state === "on") return "on";
  if (device.state !== "problem") return "off";
  if (device.problem === "system") return "refused";
  return device.problem === "insecure" ? "failed" : device.problem;
}

function browserOf(userAgent: string, maxTouchPoints: number): Measured["browser"] {
  switch (placeOf(userAgent, maxTouchPoints)) {
    case "in-app-ios":
    case "in-app-android":
      return "in-app";
    case "safari-ios":
    case "safari-mac":
      return "safari";
    case "chrome-ios":
      return /FxiOS/.test(userAgent) ? "firefox" : /EdgiOS/.test(userAgent) ? "edge" : "chrome";
    case "chrome":
    case "chrome-android":
      return "chrome";
    case "samsung":
      return "samsung";
    case "firefox":
    case "firefox-android":
      return "firefox";
    case "edge":
      return "edge";
    case "other":
      return "other";
  }
}

/** The major version alone, of the browser's own name for itself; 0 where there is none. */
function versionOf(userAgent: string): number {
  const named =
    /(?:Edg|EdgiOS|FxiOS|CriOS|SamsungBrowser|Firefox|Version)\/(\d{1,4})/.exec(userAgent) ??
    /Chrom(?:e|ium)\/(\d{1,4})/.exec(userAgent);
  return Number(named?.[1] ?? 0);
}
