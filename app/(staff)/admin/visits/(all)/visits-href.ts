import { askedHref } from "../../asked-href";

/** Days that move with the calendar, so that an address kept for later still means them. */
export const periods = ["on", "today", "tomorrow", "next7", "past7", "past30"] as const;
export type Period = (typeof periods)[number];

/** What the address asks for, as typed. A patient is asked for by id alone: no name ever stands in an address. */
export type Typed = {
  /** "": the days `from` and `to`. */
  period: string;
  from: string;
  to: string;
  state: string;
  clinician: string;
  patient: string;
  order: string;
  /** Names with commas between them; "" for the usual ones, "none" for none. */
  columns: string;
};

export const visitsHref = (typed: Typed, change?: Record<string, string>): string =>
  askedHref("/admin/visits", typed, change);
