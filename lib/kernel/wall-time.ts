/**
 * The instant that a clock on the wall of `timeZone` shows as `wall` (`YYYY-MM-DDTHH:MM`, as a form's date and time fields give it).
 * A time that happens twice (clocks set back) is the first of the two.
 *
 * @returns null when it is no time, no zone, or one that the clocks skip.
 */
export function instantOf(wall: string, timeZone: string): Date | null {
  const asUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? Date.parse(`${wall}:00Z`) : Number.NaN;
  if (Number.isNaN(asUtc) || !isTimeZone(timeZone)) return null;
  // Clocks never differ from UTC by more than 14 hours, so the right offset is in force at one of these two moments.
  const day = 24 * 3_600_000;
  const offsets = [offsetMs(asUtc - day, timeZone), offsetMs(asUtc + day, timeZone)];
  const fits = offsets
    .map((offset) => asUtc - offset)
    .filter((instant) => wallOf(instant, timeZone) === wall);
  return fits.length > 0 ? new Date(Math.min(...fits)) : null;
}

/** What a clock on the wall there shows: `YYYY-MM-DDTHH:MM`. */
export function wallTime(at: Date, timeZone: string): string {
  return wallOf(at.getTime(), timeZone);
}

/** The same instant with how far that zone's clocks are from UTC: `2026-11-23T15:00:00-05:00` (ISO 8601). */
export function timeWithOffset(at: Date, timeZone: string): string {
  const offset = offsetMs(at.getTime(), timeZone) / 60_000;
  const two = (count: number) => String(Math.trunc(count)).padStart(2, "0");
  const ahead = Math.abs(offset);
  const seconds = at.toISOString().slice(17, 19);
  return `${wallTime(at, timeZone)}:${seconds}${offset < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}

/** An IANA name that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function wallOf(ms: number, timeZone: string): string {
  return new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, 16);
}

/** How far that zone's clocks are ahead of UTC at this instant. Milliseconds, to the minute. */
function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(ms);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  return shown - Math.floor(ms / 60_000) * 60_000;
}
