const clock = new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit" });
const date = new Intl.DateTimeFormat("en-US", { month: "short", day: "numeric" });

export const clockOf = (at: number) => clock.format(at);

/** "Today 2:40 PM", "Nov 20 9:05 AM", in the zone of this computer. */
export function dayAndClock(at: number, now = Date.now()): string {
  const day = date.format(at);
  return `${day === date.format(now) ? "Today" : day} ${clock.format(at)}`;
}

/** "4 min", "2 h 5 min". */
export function span(fromMs: number, toMs: number): string {
  const minutes = Math.max(0, Math.floor((toMs - fromMs) / 60_000));
  if (minutes < 1) return "less than a minute";
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
