import { useSyncExternalStore } from "react";
import type { Captions, CaptionsState } from "@/lib/call/captions/captions";

const never = () => () => {};

/** Null where the clinic has no captions. */
export function useCaptions(captions: Captions | null): CaptionsState | null {
  const read = () => captions?.state() ?? null;
  return useSyncExternalStore(captions?.subscribe ?? never, read, read);
}
