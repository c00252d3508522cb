import { type ConnectionFigures, rateNetwork } from "@/lib/kernel/connection";

/** `network` `none`: our server could not be reached. */
export type NetworkFigures = Pick<ConnectionFigures, "network" | "downKbps" | "upKbps" | "roundTripMs">;
type Deps = { fetch: typeof fetch; now: () => number };

/** Who answers no word in this time is out of reach. Milliseconds, like all of these. */
const reachMs = 3_000;
const rounds = 5;
const roundsMs = 1_200;
/** Long enough to tell a line that is good enough, and one that is not enough for a small picture: 40 kB up in this time are 149 kbit/s. */
const downMs = 1_600;
const upMs = 2_200;
/** `app/api/probe` gives 192 kB, and takes 64 kB at most. */
const upBytes = 40 * 1024;
/** Quicker than this, one piece says more of the way there than of the line's width: then four at once, for so long. */
const tooQuickMs = 700;
const fourMs = 1_200;

/**
 * How the way to our server is, over HTTPS: how long a word takes, and how much goes through in each direction. At most 960 kB down and 200 kB up, and
 * about six seconds; a second or two on a line that will do.
 */
export async function measureNetwork(deps: Deps, signal: AbortSignal): Promise<NetworkFigures> {
  const first = await timed(deps, signal, reachMs, hello);
  if (!first.whole) return { network: "none", downKbps: null, upKbps: null, roundTripMs: null };
  // The first word also opened the connection.
  const times: number[] = [];
  const until = deps.now() + roundsMs;
  while (times.length < rounds && deps.now() < until) {
    const next = await timed(deps, signal, roundsMs, hello);
    times.push(next.ms);
  }
  const sorted = times.sort((a, b) => a - b);
  const roundTripMs = Math.round(sorted[Math.floor(sorted.length / 2)] ?? first.ms);
  const downKbps = await throughput(deps, signal, downMs, download);
  const upKbps = await throughput(deps, signal, upMs, upload);
  return { network: rateNetwork({ downKbps, upKbps }), downKbps, upKbps, roundTripMs };
}

/** Adds to what came or went so far, so that a piece which is not whole in time counts as well. */
type Ask = (deps: Deps, signal: AbortSignal, moved: (bytes: number) => void) => Promise<void>;

/** No answer, half an answer, a refusal, or one that took too long. */
class Broken extends Error {}
const broke = (cause: unknown): never => {
  throw new Broken("the line broke", { cause });
};

const hello: Ask = async ({ fetch }, signal) => {
  await whole(await fetch("/api/health", { cache: "no-store", signal }).catch(broke), () => undefined);
};
const download: Ask = async ({ fetch }, signal, moved) => {
  await whole(await fetch("/api/probe", { cache: "no-store", signal }).catch(broke), moved);
};
const filler = JSON.stringify({ filler: "x".repeat(upBytes) });
const upload: Ask = async ({ fetch }, signal, moved) => {
  const headers = { "content-type": "application/json" };
  const sent = fetch("/api/probe", { method: "POST", body: filler, headers, signal });
  await whole(await sent.catch(broke), () => undefined);
  moved(upBytes);
};

async function whole(answer: Response, moved: (bytes: number) => void): Promise<void> {
  if (!answer.ok) throw new Broken(`the probe was answered ${answer.status}`);
  const reader = answer.body?.getReader();
  const next = () => reader?.read().catch(broke);
  for (let part = await next(); part && !part.done; part = await next()) moved(part.value.length);
}

async function throughput(deps: Deps, signal: AbortSignal, withinMs: number, ask: Ask): Promise<number> {
  const one = await timed(deps, signal, withinMs, ask);
  if (!one.whole || one.ms >= tooQuickMs) return one.kbps;
  const four = await timed(deps, signal, fourMs, async (...given) => {
    await Promise.all(Array.from({ length: 4 }, () => ask(...given)));
  });
  return Math.max(one.kbps, four.kbps);
}

/** A line that breaks is a finding, not a fault: what had moved until then counts. */
async function timed(
  deps: Deps,
  signal: AbortSignal,
  withinMs: number,
  ask: Ask,
): Promise<{ whole: boolean; ms: number; kbps: number }> {
  const began = deps.now();
  let bytes = 0;
  const told = (whole: boolean) => {
    const ms = deps.now() - began;
    return { whole, ms, kbps: Math.round((bytes * 8) / Math.max(1, ms)) };
  };
  const patience = new AbortController();
  const stop = () => patience.abort();
  const timer = setTimeout(stop, withinMs);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await ask(deps, patience.signal, (more) => {
      bytes += more;
    });
    return told(true);
  } catch (cause) {
    if (cause instanceof Broken) return told(false);
    throw cause;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
