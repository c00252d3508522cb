import { instantOf } from "@/lib/kernel/wall-time";

export type Search = Record<string, string | string[] | undefined>;
export type WrongDays = { from?: "badDay" | "badOrder"; to?: "badDay" };

/** One value of an address; anything else in it is nothing. */
export const textOf = (value: string | string[] | undefined): string =>
  typeof value === "string" ? value.trim().slice(0, 512) : "";

const dayMs = 24 * 3_600_000;

/** Two days of the reader's calendar, both meant whole, as instants: `from` inclusive, `to` exclusive. What is wrong filters nothing. */
export function readDays(
  typed: { from: string; to: string },
  zone: string,
): { from?: Date; to?: Date; wrong: WrongDays } {
  const from = typed.from ? instantOf(`${typed.from}T00:00`, zone) : null;
  // The last day reaches up to where the next one begins.
  const to = typed.to ? instantOf(`${nextDay(typed.to)}T00:00`, zone) : null;
  if (from && to && from >= to) return { wrong: { from: "badOrder" } };
  return {
    ...(from && { from }),
    ...(to && { to }),
    wrong: {
      ...(typed.from && !from ? { from: "badDay" } : {}),
      ...(typed.to && !to ? { to: "badDay" } : {}),
    },
  };
}

/** "" for what is no day. */
function nextDay(day: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? "" : new Date(at + dayMs).toISOString().slice(0, 10);
}
