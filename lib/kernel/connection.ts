/** How the media of a check went out. `tcp`: only through TCP or TLS, so UDP is blocked; `none`: not at all; `untried`: it could not be told. */
export const mediaPaths = ["udp", "tcp", "none", "untried"] as const;
export type MediaPath = (typeof mediaPaths)[number];
export const networkRatings = ["good", "slow", "bad", "none", "untried"] as const;
export type NetworkRating = (typeof networkRatings)[number];

/** What one check of a connection and a device measured. Null: it could not be. Numbers alone: no name of a device, a browser or a network. */
export type ConnectionFigures = {
  path: MediaPath;
  /** Of sound packets to and from the media host, those that were lost on the way, repaired or not. 0 to 100. */
  lostDownPercent: number | null;
  lostUpPercent: number | null;
  /** To the media host and back. Milliseconds. */
  mediaRoundTripMs: number | null;
  /** RFC 3550 §6.4.1, the worse direction. Milliseconds. */
  jitterMs: number | null;
  /** The line over HTTPS, to our own server: as `rateNetwork` says; `untried`: it was not looked at. */
  network: NetworkRating;
  downKbps: number | null;
  upKbps: number | null;
  roundTripMs: number | null;
  /** Of the fifteen that were drawn for it in a second, those that came out of an encoder and a decoder of this device again. */
  framesPerSecond: number | null;
  /** To encode and decode one picture of 960 × 540. Milliseconds. */
  frameMs: number | null;
  /** How late the page's own timers were, nine of ten times at most. Milliseconds. */
  lateMs: number | null;
};

const connectionFindings = [
  "no-internet",
  "udp-blocked",
  "udp-detour",
  "loss-heavy",
  "line-too-slow",
  "loss",
  "line-slow",
  "far",
  "unsteady",
  "device-slow",
] as const;
/** `udp-blocked`: no way for video at all; `udp-detour`: by TCP or TLS only. */
export type ConnectionFinding = (typeof connectionFindings)[number];

/**
 * The limits. Loss: below 2 % nobody notices; from 10 % on the picture stands and only repeated sound gets through (`bars`: at 2 % the picture moves, at
 * 10 % speech is intelligible). Round trip: ITU-T G.114 calls 400 ms one way the most that conversation bears; 400 ms both ways is where people begin to
 * talk into each other, as it asks for 150 to 200 one way. Jitter: 30 ms is what a jitter buffer of a browser takes without making the way longer.
 * The line: our picture of 960 × 540 wants about 600 kbit/s each way; sound and a small picture do with a quarter.
 * The device: a picture is due each 67 ms. Half of that for one encoder and one decoder leaves nothing for a second face, the sound and the page. 12 of 15
 * pictures is where motion begins to stutter. A page that is late by 100 ms no longer answers a tap at once.
 */
const limits = {
  lossPercent: 2,
  heavyLossPercent: 10,
  roundTripMs: 400,
  jitterMs: 30,
  frameMs: 33,
  framesPerSecond: 12,
  lateMs: 100,
  /** A page that comes so late times itself, and no network: what it gave up waiting for may well have come. */
  untimedMs: 300,
} as const;
/** What is known by waiting for it, by the page's own clock. */
const timed: readonly ConnectionFinding[] = ["udp-blocked", "line-too-slow", "line-slow", "far"];

const atLeast = (value: number | null, limit: number) => value !== null && value >= limit;

/** Figures in, findings out, the worst first. None: all is well, as far as it was measured. Pure: page and staff read the same. */
export function findingsOf(figures: ConnectionFigures): ConnectionFinding[] {
  const { path, network, lostDownPercent, lostUpPercent, framesPerSecond } = figures;
  const loss = Math.max(lostDownPercent ?? 0, lostUpPercent ?? 0);
  const found: Record<ConnectionFinding, boolean> = {
    "no-internet": network === "none",
    "udp-blocked": path === "none" && network !== "none",
    "udp-detour": path === "tcp",
    "loss-heavy": loss >= limits.heavyLossPercent,
    "line-too-slow": network === "bad",
    loss: loss >= limits.lossPercent && loss < limits.heavyLossPercent,
    "line-slow": network === "slow",
    far: atLeast(figures.mediaRoundTripMs ?? figures.roundTripMs, limits.roundTripMs),
    unsteady: atLeast(figures.jitterMs, limits.jitterMs),
    "device-slow":
      atLeast(figures.frameMs, limits.frameMs) ||
      atLeast(figures.lateMs, limits.lateMs) ||
      (framesPerSecond !== null && framesPerSecond < limits.framesPerSecond),
  };
  const trusted = !atLeast(figures.lateMs, limits.untimedMs);
  return connectionFindings.filter((finding) => found[finding] && (trusted || !timed.includes(finding)));
}

/** The line as HTTPS sees it; a side through which nothing came in time counts as 0. */
export function rateNetwork({ downKbps, upKbps }: { downKbps: number; upKbps: number }): NetworkRating {
  if (downKbps >= 800 && upKbps >= 600) return "good";
  return downKbps >= 200 && upKbps >= 150 ? "slow" : "bad";
}

/** Enough was measured to call it well: the media path, what is lost on it at least one way, the line and the device. */
export function isWhole(figures: ConnectionFigures): boolean {
  const { path, network, lostDownPercent, lostUpPercent, frameMs } = figures;
  const heard = lostDownPercent !== null || lostUpPercent !== null;
  return path !== "untried" && network !== "untried" && heard && frameMs !== null;
}

/** Before anything was measured. */
export const nothingMeasured: ConnectionFigures = {
  path: "untried",
  lostDownPercent: null,
  lostUpPercent: null,
  mediaRoundTripMs: null,
  jitterMs: null,
  network: "untried",
  downKbps: null,
  upKbps: null,
  roundTripMs: null,
  framesPerSecond: null,
  frameMs: null,
  lateMs: null,
};
