/** Times as people say them. Thin spaces become no-break spaces, so that server and browser write the same. */
const plain = (text: string) => text.replaceAll("\u202f", "\u00a0");

/** "2:50 PM" */
export function clockTime(at: Date, timeZone: string, locale = "en-US"): string {
  return plain(new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone }).format(at));
}

/** "Eastern Time" */
export function zoneName(at: Date, timeZone: string, locale = "en-US"): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "longGeneric" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** `today`, `tomorrow`, or the day's own name: "Monday, November 23". Days are the reader's. */
export function dayOf(
  at: Date,
  now: Date,
  timeZone: string,
  locale = "en-US",
): { kind: "today" | "tomorrow" } | { kind: "other"; name: string } {
  const day = (date: Date) =>
    new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
      date,
    );
  if (day(at) === day(now)) return { kind: "today" };
  // Noon of tomorrow's date, whatever the length of today (clocks change).
  const [year = 0, month = 1, date = 1] = day(now).split("-").map(Number);
  const tomorrow = new Date(Date.UTC(year, month - 1, date + 1)).toISOString().slice(0, 10);
  if (day(at) === tomorrow) return { kind: "tomorrow" };
  return {
    kind: "other",
    name: new Intl.DateTimeFormat(locale, {
      weekday: "long",
      month: "long",
      day: "numeric",
      timeZone,
    }).format(at),
  };
}

/** "04:12", "1:04:12" */
export function timer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** "0:06" */
export function shortTimer(ms: number): string {
  return timer(ms).replace(/^0(?=\d:)/, "");
}

/** Whole minutes, at least one: nobody talked for "0 minutes". */
export function minutesOf(ms: number): number {
  return Math.max(1, Math.round(ms / 60_000));
}

/** "+15550100199" → "(555) 010-0199"; other countries' numbers stay as they are. */
export function phoneWords(number: string): string {
  const found = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return found ? `(${found[1]}) ${found[2]}-${found[3]}` : number;
}
