import { instantOf } from "@/lib/kernel/wall-time";
import type { OpeningHours } from "@/lib/ports/contact-centre";

/** Whether it is open now, and when that changes; null: not within the days that are known. */
export type Opening = { open: true; until: Date | null } | { open: false; opensAt: Date | null };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Whoever is open for so long without a break is always open. Milliseconds. */
const alwaysMs = 6 * dayMs;

/** From where to where it is open, in order. What touches is one; so is what ends a minute before the next begins, as "23:59" is meant. */
export function openSpans({ timeZone, spans }: OpeningHours): { from: Date; until: Date }[] {
  const all = spans
    .flatMap(({ date, from, until }) => {
      const [begins, ends] = [instantAt(date, from, timeZone), instantAt(date, until, timeZone)];
      return begins && ends && begins < ends ? [{ from: begins, until: ends }] : [];
    })
    .sort((one, other) => one.from.getTime() - other.from.getTime());
  const joined: typeof all = [];
  for (const span of all) {
    const last = joined.at(-1);
    if (last && span.from.getTime() - last.until.getTime() <= minuteMs)
      last.until = span.until > last.until ? span.until : last.until;
    else joined.push(span);
  }
  return joined;
}

export function openingAt(hours: OpeningHours, now: Date): Opening {
  const next = openSpans(hours).find(({ until }) => until > now);
  if (!next || next.from > now) return { open: false, opensAt: next?.from ?? null };
  return { open: true, until: next.until.getTime() - now.getTime() > alwaysMs ? null : next.until };
}

/** @param minutes since midnight of that date, by the clocks there; what they skip is an hour later. */
function instantAt(date: string, minutes: number, timeZone: string): Date | null {
  const wall = (later: number) => {
    const at = Date.parse(`${date}T00:00:00Z`) + (minutes + later) * minuteMs;
    return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 16);
  };
  return instantOf(wall(0), timeZone) ?? instantOf(wall(60), timeZone);
}
