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
