import { occurrences, type Repeats } from "@/lib/kernel/recurrence";
import type { BookState } from "./actions";

/** What the booking form's fields hold, as typed. */
export type Values = {
  date: string;
  time: string;
  zone: string;
  clinicianId: string;
  duration: string;
  /** "": as the patient's visits suggest. */
  visitType: string;
  channel: string;
  reason: string;
  repeats: "never" | Repeats;
  /** How a series ends: after so many visits, or on a day. */
  ends: "after" | "on";
  count: string;
  until: string;
};

/** What each part of the form is given. */
export type Part = {
  values: Values;
  set: (name: keyof Values) => (value: string) => void;
  errors: BookState["errors"];
};

/** Somebody who is asked beside the two, as typed. `key` tells rows apart that hold the same. */
export type GuestRow = {
  key: string;
  role: string;
  name: string;
  phone: string;
  email: string;
  locale: string;
  /** "": the patient's. */
  timeZone: string;
};

/** What was done to single dates of the rule, by the wall time at which the rule puts them. */
export type Changes = Readonly<Record<string, { out: boolean; wall: string }>>;
/** One date of a series: `rule` is where the rule puts it, `wall` where it will be. */
export type SeriesDate = { rule: string; wall: string; out: boolean };

/** The dates of what is typed; none where it does not repeat. */
export function datesOf(values: Values, changes: Changes): SeriesDate[] {
  if (values.repeats === "never") return [];
  const end =
    values.ends === "on" ? { until: values.until } : { visits: Math.floor(Number(values.count)) || 0 };
  return occurrences(`${values.date}T${values.time}`, values.repeats, end).map((rule) => ({
    rule,
    wall: changes[rule]?.wall ?? rule,
    out: changes[rule]?.out ?? false,
  }));
}
