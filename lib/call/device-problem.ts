/** `system`: the browser would, but the device itself keeps it from the camera; no button of the page's changes that. */
export type DeviceProblem = "refused" | "system" | "none" | "in-use" | "insecure" | "failed";

/** What `getUserMedia` rejected with, in our words (W3C Media Capture §10.3.2, and the older names of some browsers). */
export function problemOf(cause: unknown): DeviceProblem {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : "";
  switch (name) {
    case "NotAllowedError":
      // Chromium's own words for a device whose privacy settings say no; other browsers tell no difference.
      return /by system/i.test((cause as Error).message) ? "system" : "refused";
    case "PermissionDeniedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "DevicesNotFoundError":
    case "OverconstrainedError":
      return "none";
    case "NotReadableError":
    case "TrackStartError":
    case "AbortError":
      return "in-use";
    default:
      return "failed";
  }
}
