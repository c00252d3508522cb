/** What one second of a call's own statistics say (W3C webrtc-stats). Shares are 0 to 1; null: not enough to tell. */
export type LineSample = {
  lostDown: number | null;
  lostUp: number | null;
  roundTripMs: number | null;
};

/** The fields that are read of an RTCStats object; each may be missing, as browsers differ. */
type Stat = {
  type?: unknown;
  kind?: unknown;
  packetsLost?: unknown;
  packetsReceived?: unknown;
  fractionLost?: unknown;
  roundTripTime?: unknown;
  currentRoundTripTime?: unknown;
  nominated?: unknown;
};

/** Fewer packets than this in a second are silence, from which no loss can be told. */
const leastPackets = 20;
const numberOf = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

/** Remembers the counters of the second before: what counts is what was lost since. */
export function lineReader(): (report: Iterable<Stat>) => LineSample {
  let before = { lost: 0, received: 0 };
  return (report) => {
    let lost = 0;
    let received = 0;
    let lostUp: number | null = null;
    let roundTripMs: number | null = null;
    for (const stat of report) {
      if (stat.type === "inbound-rtp") {
        lost += numberOf(stat.packetsLost);
        received += numberOf(stat.packetsReceived);
      } else if (stat.type === "remote-inbound-rtp" && typeof stat.fractionLost === "number") {
        lostUp = Math.max(lostUp ?? 0, stat.fractionLost);
        if (typeof stat.roundTripTime === "number") roundTripMs = stat.roundTripTime * 1_000;
      } else if (stat.type === "candidate-pair" && typeof stat.currentRoundTripTime === "number") {
        roundTripMs ??= stat.currentRoundTripTime * 1_000;
      }
    }
    const since = { lost: lost - before.lost, received: received - before.received };
    before = { lost, received };
    // A connection made anew counts from nothing.
    const all = since.lost + since.received;
    const lostDown = since.received < 0 || all < leastPackets ? null : Math.max(0, since.lost) / all;
    return { lostDown, lostUp, roundTripMs };
  };
}
