import { askedHref } from "../../asked-href";

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
