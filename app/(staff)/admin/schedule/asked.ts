import { isUuid } from "@/lib/kernel/uuid";
import { type Search, textOf } from "../asked-days";
import { askedHref } from "../asked-href";
import { addDays, dayOr, weekOf } from "./days";

export type Asked = { view: "week" | "day"; on: string; clinicianId: string };

/** What the address asks to see; this week where it asks nothing. `today`: `YYYY-MM-DD`. */
export function readAsked(search: Search, today: string): Asked & { days: string[] } {
  const view = textOf(search.view) === "day" ? "day" : "week";
  const on = dayOr(textOf(search.on), today);
  const clinicianId = idIn(search.clinician);
  return { view, on, clinicianId, days: view === "day" ? [on] : weekOf(on) };
}

/**
 * The one visit that the address is about, if any: to be moved, or to be shown. `was`: the day from which it was moved here; `all`: and those
 * that follow it.
 */
export function readMarked(search: Search): { visitId: string; moving: boolean; was: string; all: boolean } {
  const move = idIn(search.move);
  return {
    visitId: move || idIn(search.visit),
    moving: move !== "",
    was: dayOr(textOf(search.was), ""),
    all: textOf(search.all) === "1",
  };
}

const idIn = (value: Search[string]) => (isUuid(textOf(value)) ? textOf(value).toLowerCase() : "");

/** Where a visit stands after it was moved from what `asked` shows: the day is found by the visit itself. */
export const movedHref = (asked: Asked, visitId: string, all: boolean): string =>
  askedHref("/admin/schedule", {
    visit: visitId,
    was: asked.on,
    all: all ? "1" : "",
    view: asked.view === "week" ? "" : asked.view,
    clinician: asked.clinicianId,
  });

/** The same view with some of it changed. */
export const scheduleHref = (asked: Asked, change: Partial<Asked> = {}): string => {
  const { view, on, clinicianId } = { ...asked, ...change };
  return askedHref("/admin/schedule", { view: view === "week" ? "" : view, on, clinician: clinicianId });
};

/** So many weeks or days on. */
export const stepped = (asked: Asked, steps: number): string =>
  scheduleHref(asked, { on: addDays(asked.on, steps * (asked.view === "week" ? 7 : 1)) });
