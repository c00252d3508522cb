import type { LocalMedia } from "@/lib/call/local-media";

/** A press on Join that came before React: with the camera, or with sound alone. */
export type Press = "join" | "sound";

/** What the page's first script (first-look.ts) hands over to React. */
export type FirstLook = {
  local: LocalMedia;
  /** Ends the first script's part. @returns the press that nobody has followed yet; null at any second call. */
  takeOver(): Press | null;
};

declare global {
  interface Window {
    firstLook?: FirstLook;
  }
}
