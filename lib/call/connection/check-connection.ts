import { type ConnectionFigures, nothingMeasured } from "@/lib/kernel/connection";
import type { ConnectionCheck } from "@/lib/visits/answers";
import type { Probe } from "../media/probe-chime";
import type { DeviceFigures } from "./measure-device";
import type { NetworkFigures } from "./measure-network";
import { type MediaFigures, type MediaStat, mediaReader } from "./read-media";

/** All of it, whatever the line does. */
const longestMs = 15_000;
/** A meeting of the check's own, and the code to join it, are here by then or are not waited for. */
const readyMs = 4_000;
/** Media that found no way by then has none: the SDK itself tries UDP, TCP and TLS at once. */
const wayMs = 5_500;
/** From then on. Sound is 50 packets a second: 250 of them tell 2 % from none. */
const listenMs = 5_000;

export type CheckDeps = {
  /** A meeting of its own. Rejects where there is none to be had. */
  begin(signal: AbortSignal): Promise<ConnectionCheck>;
  /** Must arrive even from a page that goes away. Never rejects. */
  end(checkId: string): void;
  /** The media SDK's code, which no page waits for. Rejects without a network. */
  loadProbe(): Promise<(join: ConnectionCheck, told: (stats: Iterable<MediaStat>) => void) => Probe>;
  measureNetwork(signal: AbortSignal): Promise<NetworkFigures>;
  measureDevice(signal: AbortSignal): Promise<DeviceFigures>;
  after(ms: number, run: () => void): () => void;
};

/**
 * Checks one connection and one device, as a call would use them: the line over HTTPS first, alone; then the way to the media host and the device's own
 * speed together, as in a call. What cannot be told in time stays null.
 *
 * @returns null where `signal` stopped it.
 */
export async function checkConnection(
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<ConnectionFigures | null> {
  const all = new AbortController();
  const stop = () => all.abort();
  const cancel = deps.after(longestMs, stop);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  const meeting = takeMeeting(deps, all.signal);
  try {
    const ready = await meeting.ready;
    const network = await deps.measureNetwork(all.signal);
    const [media, device] = await Promise.all([
      ready && network.network !== "none" ? listen(deps, ready, all.signal) : null,
      deps.measureDevice(all.signal),
    ]);
    return signal.aborted ? null : { ...nothingMeasured, ...network, ...media, ...device };
  } finally {
    cancel();
    signal.removeEventListener("abort", stop);
    meeting.letGo();
  }
}

type Ready = { check: ConnectionCheck; probe: Awaited<ReturnType<CheckDeps["loadProbe"]>> };

/** A meeting that comes too late is ended all the same. */
function takeMeeting(deps: CheckDeps, signal: AbortSignal): { ready: Promise<Ready | null>; letGo(): void } {
  let checkId: string | null = null;
  let over = false;
  const begun = deps.begin(signal).then((check) => {
    if (over) deps.end(check.checkId);
    else checkId = check.checkId;
    return check;
  });
  const ready = new Promise<Ready | null>((settle) => {
    const give = (it: Ready | null) => {
      cancel();
      signal.removeEventListener("abort", none);
      settle(it);
    };
    const none = () => give(null);
    const cancel = deps.after(readyMs, none);
    signal.addEventListener("abort", none, { once: true });
    // Without it the media path stays untold; the rest of the check tells what it can.
    Promise.all([begun, deps.loadProbe()]).then(([check, probe]) => give({ check, probe }), none);
  });
  return {
    ready,
    letGo() {
      over = true;
      if (checkId) deps.end(checkId);
    },
  };
}

async function listen(deps: CheckDeps, { check, probe }: Ready, signal: AbortSignal): Promise<MediaFigures> {
  const reader = mediaReader();
  let foundWay: () => void = () => undefined;
  const found = new Promise<"found">((resolve) => {
    foundWay = () => resolve("found");
  });
  const joined = probe(check, (stats) => {
    if (reader.add(stats)) foundWay();
  });
  try {
    const waited = pause(deps, wayMs, signal).then((whole) => (whole ? "none" : "cut short"));
    const way = await Promise.race([found, waited]);
    if (way === "found") await pause(deps, listenMs, signal);
    const figures = reader.figures();
    return way === "none" ? { ...figures, path: "none" } : figures;
  } finally {
    joined.stop();
  }
}

/** @returns false where the signal cut it short. */
function pause(deps: CheckDeps, ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = () => {
      cancel();
      resolve(false);
    };
    const cancel = deps.after(ms, () => {
      signal.removeEventListener("abort", stop);
      resolve(true);
    });
    signal.addEventListener("abort", stop, { once: true });
  });
}
