import { useEffect } from "react";
import { playTune } from "@/lib/call/sounds";

const everyMs = 3_000;
/** After that the telephone has long rung. Milliseconds. */
const ringsMs = 30_000;

/** An agent is calling this customer's telephone: two notes every few seconds, and a mark before the tab's title. Silent where nobody has touched the page, for no browser lets it sound. */
export function useCallingNow(calling: boolean): void {
  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = calling ? `(1) ${plain}` : plain;
    if (!calling) return;
    const ring = () => {
      if (navigator.userActivation?.hasBeenActive) void playTune("ring");
    };
    ring();
    const timer = setInterval(ring, everyMs);
    const quiet = setTimeout(() => clearInterval(timer), ringsMs);
    return () => {
      clearInterval(timer);
      clearTimeout(quiet);
      document.title = plain;
    };
  }, [calling]);
}
