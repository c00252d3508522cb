type NetworkRating = "good" | "slow" | "bad" | "none";
/** `none`: our server could not be reached. Figures are null where nothing could be measured. */
export type NetworkFinding = {
  network: NetworkRating;
  downKbps: number | null;
  upKbps: number | null;
  roundTripMs: number | null;
};

type Deps = { fetch: typeof fetch; now: () => number };

/** Once something takes longer than this, the line is bad enough to say so. */
const patienceMs = 8_000;
const rounds = 5;
/** As `app/api/probe` gives and takes. */
const downBytes = 192 * 1024;
const upBytes = 48 * 1024;
/** Quicker than this, one piece says more of the way there than of the line's width: then four at once. */
const tooQuickMs = 700;

/**
 * How the way to our server is, over HTTPS alone: how long a word takes, and how much goes through in each direction. It says nothing of UDP, which
 * the call itself tries first: that shows in the call. Takes a second or two, half a minute on a line that barely works.
 */
export async function measureNetwork(deps: Deps): Promise<NetworkFinding> {
  const first = await timed(deps, hello);
  if (first === null) return { network: "none", downKbps: null, upKbps: null, roundTripMs: null };
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push((await timed(deps, hello)) ?? patienceMs);
  const roundTripMs = Math.round(times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? patienceMs);
  const downKbps = await throughput(deps, downBytes, download);
  const upKbps = await throughput(deps, upBytes, upload);
  return { network: rate({ downKbps, upKbps, roundTripMs }), downKbps, upKbps, roundTripMs };
}

/** Our picture of 960 × 540 wants about 600 kbit/s each way; sound and a small picture do with a quarter. */
function rate(line: { downKbps: number; upKbps: number; roundTripMs: number }): NetworkRating {
  const { downKbps, upKbps, roundTripMs } = line;
  if (downKbps >= 800 && upKbps >= 600 && roundTripMs <= 300) return "good";
  return downKbps >= 200 && upKbps >= 150 && roundTripMs <= 800 ? "slow" : "bad";
}

type Ask = (deps: Deps, signal: AbortSignal) => Promise<void>;

const hello: Ask = async ({ fetch }, signal) => {
  await finish(fetch("/api/health", { cache: "no-store", signal }));
};
const download: Ask = async ({ fetch }, signal) => {
  await finish(fetch("/api/probe", { cache: "no-store", signal }));
};
const filler = JSON.stringify({ filler: "x".repeat(upBytes) });
const upload: Ask = async ({ fetch }, signal) => {
  const headers = { "content-type": "application/json" };
  await finish(fetch("/api/probe", { method: "POST", body: filler, headers, signal }));
};

async function finish(asked: Promise<Response>): Promise<void> {
  const answer = await asked;
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the probe was answered ${answer.status}`);
}

/** kbit/s; what did not come in time counts as what would have come just then. */
async function throughput(deps: Deps, bytes: number, ask: Ask): Promise<number> {
  const one = await timed(deps, ask);
  const kbps = (size: number, ms: number) => Math.round((size * 8) / Math.max(1, ms));
  if (one === null) return Math.min(149, kbps(bytes, patienceMs));
  if (one >= tooQuickMs) return kbps(bytes, one);
  const four = await timed(deps, async (...given) => {
    await Promise.all(Array.from({ length: 4 }, () => ask(...given)));
  });
  return four === null ? kbps(bytes, one) : kbps(4 * bytes, four);
}

/** Milliseconds; null: it failed, or took too long. */
async function timed(deps: Deps, ask: Ask): Promise<number | null> {
  const began = deps.now();
  try {
    await ask(deps, AbortSignal.timeout(patienceMs));
    return deps.now() - began;
  } catch {
    return null; // a line that breaks is a finding, not a fault
  }
}
