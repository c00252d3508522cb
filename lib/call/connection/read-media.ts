import type { ConnectionFigures, MediaPath } from "@/lib/kernel/connection";

/** The fields that are read of an RTCStats object (W3C webrtc-stats); each may be missing, as browsers differ. */
export type MediaStat = {
  type?: unknown;
  id?: unknown;
  state?: unknown;
  nominated?: unknown;
  selected?: unknown;
  selectedCandidatePairId?: unknown;
  localCandidateId?: unknown;
  protocol?: unknown;
  relayProtocol?: unknown;
  url?: unknown;
  packetsReceived?: unknown;
  packetsLost?: unknown;
  nackCount?: unknown;
  packetsSent?: unknown;
  retransmittedPacketsSent?: unknown;
  fractionLost?: unknown;
  jitter?: unknown;
  roundTripTime?: unknown;
  currentRoundTripTime?: unknown;
};
export type MediaFigures = Pick<
  ConnectionFigures,
  "path" | "lostDownPercent" | "lostUpPercent" | "mediaRoundTripMs" | "jitterMs"
>;

/** Fewer packets than this are two seconds of sound, of which no share can be told. */
const leastPackets = 100;
/** Who sent three seconds of sound, and heard no word of it from the other end, who reports once a second, gets nothing through that is of use. */
const unheardPackets = 150;

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);
const sumOf = (stats: readonly MediaStat[], name: keyof MediaStat) =>
  stats.reduce((sum, stat) => sum + (isNumber(stat[name]) ? stat[name] : 0), 0);
const mostOf = (values: unknown[]) => {
  const known = values.filter(isNumber);
  return known.length > 0 ? Math.max(...known) : null;
};
/** Of a hundred, to one place. */
const share = (lost: number, all: number) =>
  all < leastPackets ? null : Math.round(Math.min(1, Math.max(0, lost) / all) * 1000) / 10;

/** The way that media takes: that of the pair in use, whose relayed end says how it reaches its relay. Null: none is in use. */
export function readPath(report: Iterable<MediaStat>): Exclude<MediaPath, "none" | "untried"> | null {
  const stats = [...report];
  const transport = stats.find((stat) => stat.type === "transport" && stat.selectedCandidatePairId);
  const pairs = stats.filter(({ type }) => type === "candidate-pair");
  const pair = transport
    ? pairs.find(({ id }) => id === transport.selectedCandidatePairId)
    : pairs.find(
        ({ selected, nominated, state }) =>
          selected === true || (nominated === true && state === "succeeded"),
      );
  if (!pair) return null;
  const end = stats.find(({ type, id }) => type === "local-candidate" && id === pair.localCandidateId);
  const { relayProtocol, url, protocol } = end ?? {};
  const way =
    relayProtocol ?? (typeof url === "string" && /transport=tcp|^turns:/.test(url) ? "tcp" : protocol);
  return way === "tcp" || way === "tls" ? "tcp" : "udp";
}

/**
 * Figures of one connection of its own, from its statistics of each second. Lost is what did not come at the first try: what was asked for again and
 * came then (NACK) was lost on the way as well, and the counters that repair it say so; on a long way they may count one twice.
 */
export function mediaReader() {
  const roundTrips: number[] = [];
  let path: MediaPath = "untried";
  let latest: readonly MediaStat[] = [];
  let jitterMs: number | null = null;

  return {
    /** @returns whether media has a way by now. */
    add(report: Iterable<MediaStat>): boolean {
      const stats = [...report];
      const way = readPath(stats);
      if (!way) return false;
      path = way;
      latest = stats;
      const heard = stats.filter(({ type }) => type === "remote-inbound-rtp");
      const roundTrip =
        mostOf(heard.map(({ roundTripTime }) => roundTripTime)) ??
        mostOf(
          stats.filter(({ type }) => type === "candidate-pair").map((stat) => stat.currentRoundTripTime),
        );
      if (roundTrip !== null) roundTrips.push(roundTrip * 1000);
      const incoming = stats.filter(({ type }) => type === "inbound-rtp");
      const jitter = mostOf([...incoming, ...heard].map((stat) => stat.jitter));
      if (jitter !== null) jitterMs = Math.round(jitter * 1000);
      return true;
    },
    figures(): MediaFigures {
      const incoming = latest.filter(({ type }) => type === "inbound-rtp");
      const outgoing = latest.filter(({ type }) => type === "outbound-rtp");
      const heard = latest.filter(({ type }) => type === "remote-inbound-rtp");
      const stayedAway = Math.max(0, sumOf(incoming, "packetsLost"));
      const received = sumOf(incoming, "packetsReceived");
      const again = sumOf(outgoing, "retransmittedPacketsSent");
      const sent = sumOf(outgoing, "packetsSent") - again;
      const lostUp = heard.length > 0 ? share(Math.max(again, sumOf(heard, "packetsLost")), sent) : null;
      const sorted = [...roundTrips].sort((a, b) => a - b);
      const middle = sorted[Math.floor(sorted.length / 2)];
      return {
        path,
        lostDownPercent: share(Math.max(stayedAway, sumOf(incoming, "nackCount")), received + stayedAway),
        lostUpPercent: lostUp ?? (heard.length === 0 && sent >= unheardPackets ? 100 : null),
        mediaRoundTripMs: middle === undefined ? null : Math.round(middle),
        jitterMs,
      };
    },
  };
}
