import type { Quality, Who } from "../call-state";
import { lineRater } from "./rate-line";
import type { LineSample } from "./read-line";
import { readReport, writeReport } from "./report";

/** What somebody said of their line counts for this long. */
const reportKeptMs = 15_000;
/** Told again while there is something to tell, at most so often. */
const tellEveryMs = 2_000;
/** A change of this share of lost packets is worth telling. */
const worthTelling = 0.04;

/** Whoever loses packets on their way to the meeting learns it by the same line, late; a gap here may wait so long for their word. */
const graceMs = 10_000;

/**
 * This page's own line, a second at a time. What is lost on somebody else's way to the meeting arrives here as a gap as well; each
 * client therefore tells the others what it loses upstream, and that isn't held against the listener's own line.
 * While what we send arrives, and the reports that say so reach us, a gap is more likely another's: it waits for that other's word before it is
 * blamed on this line. A line by which no reports come any more excuses nothing, and loses upstream what it loses downstream.
 */
export function openLine(deps: {
  rated: (quality: Quality, atMs: number) => void;
  others: (who: Who, quality: Quality) => void;
  /** False where it couldn't be sent, or may not be. */
  send: (report: string) => boolean;
}) {
  const rate = lineRater();
  const upstream = new Map<Who, { lost: number; atMs: number }>();
  let gapSinceMs: number | null = null;
  /** The last word of ours on what we lose upstream. It isn't taken back because no further report came through. */
  let lostUpLast = 0;
  let told = { quality: "good" as Quality, lostUp: 0, atMs: Number.NEGATIVE_INFINITY };

  function othersLoss(atMs: number): number {
    const fresh = [...upstream.values()].filter((one) => atMs - one.atMs < reportKeptMs);
    return Math.max(0, ...fresh.map(({ lost }) => lost));
  }

  /** What this line itself loses of what comes, as far as it can be told. */
  function ownLoss({ lostDown, lostUp }: LineSample, atMs: number): number | null {
    if (lostDown === null) return null;
    const theirs = Math.min(0.95, othersLoss(atMs));
    const own = Math.max(0, (lostDown - theirs) / (1 - theirs));
    if (own < worthTelling) gapSinceMs = null;
    else gapSinceMs ??= atMs;
    const heardOfUs = lostUp !== null && lostUp < worthTelling;
    const waits = heardOfUs && gapSinceMs !== null && atMs - gapSinceMs < graceMs;
    return waits ? null : own;
  }

  return {
    sample(sample: LineSample, atMs: number): void {
      const lostDown = ownLoss(sample, atMs);
      const lostUp = sample.unheard ? Math.max(lostUpLast, lostDown ?? 0) : sample.lostUp;
      lostUpLast = lostUp ?? 0;
      const quality = rate({ lostDown, lostUp, roundTripMs: sample.roundTripMs });
      deps.rated(quality, atMs);
      const lost = lostUp ?? 0;
      const news =
        quality !== told.quality ||
        Math.abs(lost - told.lostUp) >= worthTelling ||
        (lost >= worthTelling && atMs - told.atMs >= reportKeptMs / 3);
      if (!news || (quality === told.quality && atMs - told.atMs < tellEveryMs)) return;
      if (deps.send(writeReport({ quality, lostUp: lost }))) told = { quality, lostUp: lost, atMs };
    },
    /** @param text a stranger's: anything that isn't a report is nothing. */
    heard(who: Who, text: string, atMs: number): void {
      const report = readReport(text);
      if (!report) return;
      upstream.set(who, { lost: report.lostUp, atMs });
      deps.others(who, report.quality);
    },
  };
}
