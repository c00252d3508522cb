import { useSyncExternalStore } from "react";
import type { DeviceCare } from "@/lib/call/device-care";

export function useCare(care: DeviceCare) {
  return useSyncExternalStore(care.subscribe, care.state, care.state);
}
