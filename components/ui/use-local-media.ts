import { useSyncExternalStore } from "react";
import type { LocalMedia } from "@/lib/call/local-media";
import { type LocalMediaState, unaskedMedia } from "@/lib/call/local-media-state";

const nothing = () => () => undefined;
const unasked = () => unaskedMedia;

/** @param local null on the server, which has no devices. */
export function useLocalMedia(local: LocalMedia | null): LocalMediaState {
  return useSyncExternalStore(local?.subscribe ?? nothing, local?.state ?? unasked, unasked);
}
