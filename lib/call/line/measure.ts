import type { Measured } from "@/lib/kernel/measured";
import type { Quality } from "../call-state";
import type { LineSample } from "./read-line";

/** What is known of the call itself; the rest of a report is about the devices and the browser. */
export type LineMeasured = Omit<Measured, "camera" | "microphone" | "browser" | "browserVersion" | "system">;

/** Everything that a second of statistics says of freezes, counted since the call began (W3C webrtc-stats). */
export type Frozen = { freezes: number; frozenSeconds: number };

/** A running mean and the worst of it, over what was told. The worst is that of five seconds: one lost second is no finding. */
function course() {
  let sum = 0;
  let count = 0;
  let worst = 0;
  const last: number[] = [];
  return {
    add(value: number) {
      sum += value;
      count += 1;
      last.push(value);
      if (last.length > 5) last.shift();
      if (last.length === 5) worst = Math.max(worst, last.reduce((all, one) => all + one, 0) / last.length);
    },
    mean: () => (count === 0 ? 0 : sum / count),
    worst: () => Math.max(worst, count === 0 ? 0 : sum / count),
  };
}

const rounded = (value: number, most: number) => Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;

/** A call's own measurements, from its first second to its last, over every connection that it had. */
export function openMeasure() {
  const [down, up, way] = [course(), course(), course()];
  let seconds = 0;
  let badSeconds = 0;
  let before: Frozen = { freezes: 0, frozenSeconds: 0 };
  const frozen = { freezes: 0, frozenSeconds: 0 };
  let reconnects = 0;
  let awayMs = 0;
  let awaySinceMs: number | null = null;

  return {
    sample({ lostDown, lostUp, roundTripMs }: Pick<LineSample, "lostDown" | "lostUp" | "roundTripMs">): void {
      seconds += 1;
      if (lostDown !== null) down.add(lostDown * 100);
      if (lostUp !== null) up.add(lostUp * 100);
      if (roundTripMs !== null) way.add(roundTripMs);
    },
    rated(quality: Quality): void {
      if (quality === "bad") badSeconds += 1;
    },
    /** Counters begin anew with each connection. */
    froze(now: Frozen): void {
      const anew = now.freezes < before.freezes || now.frozenSeconds < before.frozenSeconds;
      const since = anew ? { freezes: 0, frozenSeconds: 0 } : before;
      frozen.freezes += now.freezes - since.freezes;
      frozen.frozenSeconds += now.frozenSeconds - since.frozenSeconds;
      before = now;
    },
    away(atMs: number): void {
      if (awaySinceMs !== null) return;
      reconnects += 1;
      awaySinceMs = atMs;
    },
    back(atMs: number): void {
      if (awaySinceMs !== null) awayMs += Math.max(0, atMs - awaySinceMs);
      awaySinceMs = null;
    },
    read(atMs: number): LineMeasured {
      const stillAway = awaySinceMs === null ? 0 : Math.max(0, atMs - awaySinceMs);
      return {
        seconds: Math.min(86_400, seconds),
        lostDownPercent: rounded(down.mean(), 100),
        worstLostDownPercent: rounded(down.worst(), 100),
        lostUpPercent: rounded(up.mean(), 100),
        worstLostUpPercent: rounded(up.worst(), 100),
        roundTripMs: Math.round(rounded(way.mean(), 600_000)),
        worstRoundTripMs: Math.round(rounded(way.worst(), 600_000)),
        freezes: Math.min(100_000, Math.round(frozen.freezes)),
        frozenSeconds: rounded(frozen.frozenSeconds, 86_400),
        reconnects: Math.min(100_000, reconnects),
        awaySeconds: rounded((awayMs + stillAway) / 1_000, 86_400),
        badSeconds: Math.min(86_400, badSeconds),
      };
    },
  };
}

type Stat = { type?: unknown; kind?: unknown; freezeCount?: unknown; totalFreezesDuration?: unknown };
const numberOf = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

/** Freezes of all the pictures that come in. Browsers that don't count them say 0. */
export function readFrozen(report: Iterable<Stat>): Frozen {
  let freezes = 0;
  let frozenSeconds = 0;
  for (const { type, kind, freezeCount, totalFreezesDuration } of report) {
    if (type !== "inbound-rtp" || kind !== "video") continue;
    freezes += numberOf(freezeCount);
    frozenSeconds += numberOf(totalFreezesDuration);
  }
  return { freezes, frozenSeconds };
}
