import { clockTime } from "@/lib/call/time-words";

/** "Nov 23, 2:50 PM", where the reader is: a room may be for another day. */
export function momentWords(zone: string, tag: string): (iso: string) => string {
  const day = new Intl.DateTimeFormat(tag, { month: "short", day: "numeric", timeZone: zone });
  return (iso) => `${day.format(new Date(iso))}, ${clockTime(new Date(iso), zone, tag)}`;
}
