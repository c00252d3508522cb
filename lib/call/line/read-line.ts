/** What one second of a call's own statistics say (W3C webrtc-stats). Shares are 0 to 1; null: not enough to tell. */
export type LineSample = {
  lostDown: number | null;
  /** As the other end reported of late; null once its reports stay away. */
  lostUp: number | null;
  /** The other end did report, and no longer does: its reports come by this line as well. */
  unheard: boolean;
  roundTripMs: number | null;
};

/** The fields that are read of an RTCStats object; each may be missing, as browsers differ. */
type Stat = {
  type?: unknown;
  kind?: unknown;
  /** Of a report from the other end: when it came. Milliseconds. */
  timestamp?: unknown;
  packetsLost?: unknown;
  packetsReceived?: unknown;
  fractionLost?: unknown;
  roundTripTime?: unknown;
  currentRoundTripTime?: unknown;
  nominated?: unknown;
};

/** Fewer packets than this in a second are silence, from which no loss can be told. */
const leastPackets = 20;
/** The other end reports about once a second; after this long its last word is no news. */
const reportFreshMs = 3_000;
/**
 * Read once a second. After a longer pause the device itself had stopped (asleep, lid shut): what it didn't take then, the line didn't lose, and
 * an answer that lay there wasn't long on its way. The counters own up to either in the seconds after.
 */
const pauseMs = 3_000;
const nothing: LineSample = { lostDown: null, lostUp: null, unheard: false, roundTripMs: null };
const numberOf = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

/** Remembers the counters of the second before: what counts is what was lost since. */
export function lineReader(): (report: Iterable<Stat>) => LineSample {
  let before = { lost: 0, received: 0, atMs: 0 };
  let awakeAtMs = Number.NEGATIVE_INFINITY;
  return (report) => {
    const stats = [...report];
    // A report from the other end keeps the time at which it came; all other figures are of now.
    const nowMs = Math.max(0, ...stats.map(({ timestamp }) => numberOf(timestamp)));
    let lost = 0;
    let received = 0;
    let lostUp: number | null = null;
    let stale = false;
    let roundTripMs: number | null = null;
    for (const stat of stats) {
      if (stat.type === "inbound-rtp") {
        lost += numberOf(stat.packetsLost);
        received += numberOf(stat.packetsReceived);
      } else if (stat.type === "remote-inbound-rtp" && typeof stat.fractionLost === "number") {
        if (typeof stat.roundTripTime === "number") roundTripMs = stat.roundTripTime * 1_000;
        const fresh = stat.timestamp === undefined || nowMs - numberOf(stat.timestamp) < reportFreshMs;
        if (fresh) lostUp = Math.max(lostUp ?? 0, stat.fractionLost);
        else stale = true;
      } else if (stat.type === "candidate-pair" && typeof stat.currentRoundTripTime === "number") {
        roundTripMs ??= stat.currentRoundTripTime * 1_000;
      }
    }
    const since = { lost: lost - before.lost, received: received - before.received };
    if (before.atMs > 0 && nowMs - before.atMs > pauseMs) awakeAtMs = nowMs;
    before = { lost, received, atMs: nowMs };
    if (nowMs - awakeAtMs < pauseMs) return nothing;
    // A connection made anew counts from nothing.
    const all = since.lost + since.received;
    const told = since.received >= 0 && all >= leastPackets;
    const lostDown = told ? Math.max(0, since.lost) / all : null;
    return { lostDown, lostUp, unheard: lostUp === null && stale, roundTripMs };
  };
}
