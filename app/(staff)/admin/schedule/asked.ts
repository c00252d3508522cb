import { isUuid } from "@/lib/kernel/uuid";
import { type Search, textOf } from "../asked-days";
import { askedHref } from "../asked-href";
import { addDays, dayOr, weekOf } from "./days";

export type Asked = { view: "week" | "day"; on: string; clinicianId: string };

/** What the address asks to see; this week where it asks nothing. `today`: `YYYY-MM-DD`. */
export function readAsked(search: Search, today: string): Asked & { days: string[]; moving: string } {
  const view = textOf(search.view) === "day" ? "day" : "week";
  const on = dayOr(textOf(search.on), today);
  const clinicianId = isUuid(textOf(search.clinician)) ? textOf(search.clinician).toLowerCase() : "";
  const moving = isUuid(textOf(search.move)) ? textOf(search.move).toLowerCase() : "";
  return { view, on, clinicianId, days: view === "day" ? [on] : weekOf(on), moving };
}

/** The same view with some of it changed. */
export const scheduleHref = (asked: Asked, change: Partial<Asked> = {}): string => {
  const { view, on, clinicianId } = { ...asked, ...change };
  return askedHref("/admin/schedule", { view: view === "week" ? "" : view, on, clinician: clinicianId });
};

/** So many weeks or days on. */
export const stepped = (asked: Asked, steps: number): string =>
  scheduleHref(asked, { on: addDays(asked.on, steps * (asked.view === "week" ? 7 : 1)) });
