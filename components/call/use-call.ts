import { useEffect, useState } from "react";
import type { Call } from "@/lib/call/call";

/**
 * Shows a call that lives outside React, so that StrictMode's double mount can't join twice.
 * Drawn in a task of its own: an event of the media engine is acted on before its news is painted (`useSyncExternalStore` would paint first).
 */
export function useCall(call: Call) {
  const [state, show] = useState(call.state);
  useEffect(() => {
    const changed = () => show(call.state());
    changed();
    return call.subscribe(changed);
  }, [call]);
  return state;
}
