/** "4 minutes ago", in the reader's language. */
export function sinceWords(at: Date, now: Date, tag: string): string {
  const minutes = Math.max(0, Math.round((now.getTime() - at.getTime()) / 60_000));
  const words = new Intl.RelativeTimeFormat(tag, { numeric: "auto" });
  return minutes < 90 ? words.format(-minutes, "minute") : words.format(-Math.round(minutes / 60), "hour");
}
