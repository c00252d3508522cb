import { createContext } from "react";
import type { LiveDeps } from "@/lib/call/live-channel";

/** How this page reaches the doors of a call. */
export type Line = Pick<LiveDeps, "fetch" | "openEvents">;

/** By this browser's own sign-in, unless somebody brings another. */
export const LineContext = createContext<Line>({
  fetch: (...request) => fetch(...request),
  openEvents: (url) => new EventSource(url),
});
