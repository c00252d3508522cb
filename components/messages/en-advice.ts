import type { DeviceProblem, Place } from "@/lib/call/permission-advice";

/** Part of the one catalogue (see en.ts): kept apart so that the door loads none of it before it is needed. */
type Advice = { title: string; say: string; steps: readonly string[] };
const kinds = { both: "camera and microphone", camera: "camera", microphone: "microphone" } as const;
export type Missing = keyof typeof kinds;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What to do when a device isn't there, step by step, in the names that this browser itself uses. */
export function deviceAdvice(missing: Missing, problem: DeviceProblem, place: Place): Advice {
  const what = kinds[missing];
  const is = missing === "both" ? "are" : "is";
  switch (problem) {
    case "refused":
      return {
        title: `Your ${what} ${is} off for this page`,
        say: "Your device is keeping things private. Nothing is broken, and your link is not used up. To turn it on:",
        steps: allowSteps(place, missing),
      };
    case "in-use":
      return {
        title: `Another app is using your ${what}`,
        say: "Only one app can use it at a time. Your link is not used up.",
        steps: [
          "Close other calls and camera apps, like Zoom, Teams or FaceTime.",
          "Close other tabs that show your camera.",
          "Come back here and press Try again.",
        ],
      };
    case "none":
      return {
        title: `We can’t find a ${missing === "both" ? "camera or microphone" : what}`,
        say: "Your device has none that we can use.",
        steps: [
          "Plug it in, or switch it on.",
          "If it is wireless, check that it is connected.",
          "Come back here and press Try again.",
        ],
      };
    case "insecure":
      return {
        title: "This page can’t use your camera here",
        say: "Browsers allow it only at a secure address.",
        steps: ["Open the link in your message again.", "Check that the address starts with https."],
      };
    case "failed":
      return {
        title: `Your ${what} did not start`,
        say: "Something on your device stopped it. Your link is not used up.",
        steps: ["Restart your browser.", "Open the link in your message again."],
      };
  }
}

function allowSteps(place: Place, missing: Missing): readonly string[] {
  const which = missing === "both" ? "Camera and Microphone" : capital(kinds[missing]);
  const again = "Come back here and tap Try again.";
  switch (place) {
    case "in-app-ios":
      return ["Tap the share button or the three dots.", "Choose Open in Safari.", "Tap Allow when it asks."];
    case "in-app-android":
      return ["Tap the three dots at the top.", "Choose Open in Chrome.", "Tap Allow when it asks."];
    case "safari-ios":
      return [
        "Tap the page button at the left end of the address bar.",
        "Tap the three dots, then Website Settings.",
        `Set ${which} to Allow.`,
        again,
      ];
    case "chrome-ios":
      return [
        "Open Settings on your phone.",
        "Find your browser in the list of apps.",
        `Turn on ${which}.`,
        again,
      ];
    case "chrome-android":
      return [
        "Tap the button at the left end of the address bar.",
        "Tap Permissions.",
        `Turn on ${which}.`,
        again,
      ];
    case "samsung":
      return [
        "Tap the lock at the left end of the address bar.",
        "Tap Permissions.",
        `Allow ${which}.`,
        again,
      ];
    case "safari-mac":
      return [
        "In the menu bar, choose Safari, then Settings for This Website.",
        `Set ${which} to Allow.`,
        "Come back here and press Try again.",
      ];
    case "firefox":
      return [
        "Press the crossed-out symbol at the left end of the address bar.",
        `Take away the block on ${which}.`,
        "Come back here and press Try again.",
      ];
    case "chrome":
    case "edge":
    case "other":
      return [
        "Press the symbol at the left end of the address bar.",
        `Turn on ${which}.`,
        "Come back here and press Try again.",
      ];
  }
}

export const ratherNot = {
  title: "Would you rather not?",
  say: "You can still have your visit.",
  noCamera: "Join with no camera",
} as const;
