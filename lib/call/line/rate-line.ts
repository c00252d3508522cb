import type { Quality } from "../call-state";
import type { LineSample } from "./read-line";

type Rated = Exclude<Quality, "none">;
/** From here on: the share of packets lost, and the round trip in milliseconds. Speech still gets through at 10 %. */
const limits: readonly { quality: Rated; lost: number; roundTripMs: number }[] = [
  { quality: "bad", lost: 0.18, roundTripMs: 2_000 },
  { quality: "weak", lost: 0.05, roundTripMs: 600 },
  { quality: "fair", lost: 0.02, roundTripMs: 300 },
];
const order: readonly Rated[] = ["good", "fair", "weak", "bad"];
/** The share that the newest second has in the running mean: a burst of one second alone changes nothing. */
const newest = 0.2;
const betterAfter = 5;

/**
 * Says how a line is, a second at a time. Worse is said as soon as the mean says so, better only after five seconds:
 * words that flicker help nobody.
 */
export function lineRater(): (sample: Omit<LineSample, "unheard">) => Rated {
  let lost = 0;
  let roundTripMs = 0;
  let quality: Rated = "good";
  let secondsBetter = 0;
  return (sample) => {
    const worst = Math.max(sample.lostDown ?? 0, sample.lostUp ?? 0);
    lost += newest * (worst - lost);
    if (sample.roundTripMs !== null) roundTripMs += newest * (sample.roundTripMs - roundTripMs);
    const now =
      limits.find((limit) => lost >= limit.lost || roundTripMs >= limit.roundTripMs)?.quality ?? "good";
    if (order.indexOf(now) > order.indexOf(quality)) {
      quality = now;
      secondsBetter = 0;
    } else if (now === quality) secondsBetter = 0;
    else {
      secondsBetter += 1;
      if (secondsBetter >= betterAfter) {
        quality = now;
        secondsBetter = 0;
      }
    }
    return quality;
  };
}
