/** What our page inside a site's page and that page tell each other, each to the other's exact origin. `vouchsafe` marks our own. */
export type ToHost =
  /** Send a handover: the first, or a new one. */
  { vouchsafe: "ready" } | { vouchsafe: "phase"; phase: "ready" | "calling" | "talking" | "over" };
export type ToCall = { vouchsafe: "handover"; handover: string } | { vouchsafe: "no-handover" };

/** The part of a window that is used here; a test brings its own. */
export type OurWindow = Pick<Window, "addEventListener" | "removeEventListener"> & {
  parent: Pick<Window, "postMessage">;
  opener: Pick<Window, "postMessage"> | null;
};

/**
 * The page that holds ours, if it says to be of one of these origins and proves it: the browser delivers to that origin alone, and tells from which one
 * an answer came. Nothing from anywhere else is heard.
 *
 * @param options.claimed the origin that it says to be of.
 * @returns null: nobody holds our page, or nobody who may.
 */
export function openHostLink(
  self: OurWindow,
  options: {
    claimed: string;
    origins: readonly string[];
    told: (message: ToCall) => void;
  },
): { say(message: ToHost): void; close(): void } | null {
  const { claimed, origins, told } = options;
  const framed = self.parent !== (self as unknown);
  const host = framed ? self.parent : self.opener;
  if (!host || !origins.includes(claimed)) return null;
  const hear = (event: MessageEvent) => {
    if (event.source !== host || event.origin !== claimed) return;
    const message = readToCall(event.data);
    if (message) told(message);
  };
  self.addEventListener("message", hear as EventListener);
  return {
    say: (message) => host.postMessage(message, claimed),
    close: () => self.removeEventListener("message", hear as EventListener),
  };
}

function readToCall(data: unknown): ToCall | null {
  if (typeof data !== "object" || data === null || !("vouchsafe" in data)) return null;
  if (data.vouchsafe === "no-handover") return { vouchsafe: "no-handover" };
  if (data.vouchsafe !== "handover" || !("handover" in data) || typeof data.handover !== "string")
    return null;
  return { vouchsafe: "handover", handover: data.handover };
}
