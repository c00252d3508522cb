/** `3:00 PM`, as the person in that zone reads a clock. */
export function clockTime(at: Date, timeZone: string, locale = "en-US"): string {
  return plainSpaces(
    new Intl.DateTimeFormat(locale, { timeZone, hour: "numeric", minute: "2-digit" }).format(at),
  );
}

/** `Monday, November 23, 3:00 PM EST`: the zone is named once, where a reader may be elsewhere. */
export function fullTime(at: Date, timeZone: string, locale = "en-US"): string {
  return plainSpaces(
    new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: "long",
      month: "long",
      day: "numeric",
      hour: "numeric",
      minute: "2-digit",
      timeZoneName: "short",
    }).format(at),
  );
}

/** `Mon, Nov 23`. */
export function shortDay(at: Date, timeZone: string, locale = "en-US"): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "short",
    month: "short",
    day: "numeric",
  }).format(at);
}

/** How far away, as people say it: "in 3 days", "in 2 hours", "in 20 minutes"; whole units, the largest that fits. */
export function untilWords(at: Date, now: Date, locale = "en-US"): string {
  const minutes = Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 60_000));
  const say = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  if (minutes < 60) return say.format(minutes, "minute");
  if (minutes < 48 * 60) return say.format(Math.floor(minutes / 60), "hour");
  return say.format(Math.floor(minutes / (24 * 60)), "day");
}

/** `Mon, Nov 23, 2026, 3:00 PM`: one of a list that may reach over years, whose zone is named elsewhere. */
export function listedTime(at: Date, timeZone: string, locale = "en-US"): string {
  return plainSpaces(
    new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: "short",
      month: "short",
      day: "numeric",
      year: "numeric",
      hour: "numeric",
      minute: "2-digit",
    }).format(at),
  );
}

/** The calendar day that `at` falls on in that zone: `YYYY-MM-DD`. */
export function calendarDay(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** Newer ICU puts a narrow no-break space before AM/PM, which turns a one-part SMS into a three-part one. */
function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}
