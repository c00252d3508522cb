import { useEffect } from "react";

/** While something is typed that would be lost, a reload or a closed tab is asked about by the browser itself. */
export function useAskBeforeLeaving(typed: boolean): void {
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [typed]);
}
