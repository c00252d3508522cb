import { useSyncExternalStore } from "react";
import type { LocalMedia } from "@/lib/call/local-media";

export function useLocalMedia(local: LocalMedia) {
  return useSyncExternalStore(local.subscribe, local.state, local.state);
}
