/** A day with its year, for lists that reach over years. */
export const dayOfYear = (at: Date, timeZone: string, tag: string): string =>
  new Intl.DateTimeFormat(tag, { timeZone, year: "numeric", month: "short", day: "numeric" }).format(at);
