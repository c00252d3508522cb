import { preload } from "react-dom";

/**
 * Fetches the type with the page. Not at the patient's door: there, on a slow phone, its 34 kB would come before the script that
 * opens the preview; the door reads in the phone's own type until it arrives.
 */
export function preloadFont(): void {
  preload("/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2", {
    as: "font",
    type: "font/woff2",
    crossOrigin: "anonymous",
  });
}
