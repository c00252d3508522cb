import { weekdayOf } from "@/lib/clinicians/availability";
import { instantOf } from "@/lib/kernel/wall-time";

/** `days` later, or earlier; `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The Monday of that week, and the six days after it. */
export function weekOf(day: string): string[] {
  const monday = addDays(day, 1 - weekdayOf(day));
  return Array.from({ length: 7 }, (_, index) => addDays(monday, index));
}

/** A day that the calendar has; else the other. */
export function dayOr(day: string, other: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
  return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : other;
}

/** When a day begins there. Where clocks skip midnight it begins at one. */
export function dayBegins(day: string, zone: string): Date {
  return instantOf(`${day}T00:00`, zone) ?? instantOf(`${day}T01:00`, zone) ?? new Date(`${day}T00:00:00Z`);
}
