/** What a trouble report may say went wrong. */
export const troubleKinds = [
  "not-heard",
  "hears-nothing",
  "no-picture",
  "breaks-up",
  "cut-off",
  "other",
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** How a patient says that it was. */
export const surveyAnswers = ["good", "fair", "poor"] as const;
export type SurveyAnswer = (typeof surveyAnswers)[number];

export const browserNames = ["chrome", "edge", "firefox", "safari", "samsung", "in-app", "other"] as const;
export const systemNames = ["windows", "mac", "linux", "android", "ios", "other"] as const;
export const deviceStates = ["on", "off", "refused", "none", "in-use", "failed"] as const;

/**
 * What a call measured of itself, over all of it. Numbers, and names of the lists above: no text of anybody's can be in it.
 * Shares are 0 to 100, `…Ms` milliseconds, `…Seconds` seconds.
 */
export type Measured = {
  /** For how long something was measured. */
  seconds: number;
  lostDownPercent: number;
  worstLostDownPercent: number;
  lostUpPercent: number;
  worstLostUpPercent: number;
  roundTripMs: number;
  worstRoundTripMs: number;
  /** Times that the others' picture stood still, and for how long in all. */
  freezes: number;
  frozenSeconds: number;
  /** Times that the connection was lost, and for how long in all. */
  reconnects: number;
  awaySeconds: number;
  /** Seconds in which the line was so bad that words break up. */
  badSeconds: number;
  camera: (typeof deviceStates)[number];
  microphone: (typeof deviceStates)[number];
  browser: (typeof browserNames)[number];
  /** 0: not told. */
  browserVersion: number;
  system: (typeof systemNames)[number];
};
