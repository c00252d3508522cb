import { useSyncExternalStore } from "react";
import type { Call } from "@/lib/call/call";

/** Shows a call that lives outside React, so that StrictMode's double mount can't join twice. */
export function useCall(call: Call) {
  return useSyncExternalStore(call.subscribe, call.state, call.state);
}
