import type { AuditFilter } from "@/lib/audit/list-audit";
import { isAuditEvent } from "@/lib/http/audit-inputs";
import { instantOf } from "@/lib/kernel/wall-time";
import { isUuid } from "@/lib/visits/find-visit";

export type Search = Record<string, string | string[] | undefined>;
/** What the address asks for, as typed: the form shows it again, right or wrong. Days are the reader's. */
export type Typed = { event: string; visit: string; person: string; from: string; to: string };
export type Wrong = { visit?: "badVisit"; from?: "badDay" | "badOrder"; to?: "badDay" };

export const textOf = (value: string | string[] | undefined): string =>
  typeof value === "string" ? value.trim().slice(0, 100) : "";

const dayMs = 24 * 3_600_000;

/** The filter that the address means, and what in it means nothing: such a part filters nothing, so it must be said. */
export function readAsked(search: Search, zone: string): { typed: Typed; filter: AuditFilter; wrong: Wrong } {
  const typed: Typed = {
    event: textOf(search.event),
    visit: textOf(search.visit),
    person: textOf(search.person),
    from: textOf(search.from),
    to: textOf(search.to),
  };
  const from = typed.from ? instantOf(`${typed.from}T00:00`, zone) : null;
  // The last day is meant whole: up to where the next one begins.
  const to = typed.to ? instantOf(`${nextDay(typed.to)}T00:00`, zone) : null;
  const wrong: Wrong = {
    ...(typed.visit && !isUuid(typed.visit) ? { visit: "badVisit" } : {}),
    ...(typed.from && !from ? { from: "badDay" } : from && to && from >= to ? { from: "badOrder" } : {}),
    ...(typed.to && !to ? { to: "badDay" } : {}),
  };
  const filter: AuditFilter = {
    ...(isAuditEvent(typed.event) ? { event: typed.event } : {}),
    ...(typed.visit && !wrong.visit ? { visitId: typed.visit.toLowerCase() } : {}),
    ...(isUuid(typed.person) ? { personId: typed.person.toLowerCase() } : {}),
    ...(from && !wrong.from ? { from } : {}),
    ...(to && !wrong.from ? { to } : {}),
  };
  return { typed, filter, wrong };
}

/** "" for what is no day. */
function nextDay(day: string): string {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(at) ? "" : new Date(at + dayMs).toISOString().slice(0, 10);
}

/** The page's address with some of what is asked changed; an empty value goes. */
export function auditHref(typed: Typed, change: Record<string, string> = {}): string {
  const query = new URLSearchParams(
    Object.entries({ ...typed, ...change }).filter(([, value]) => value !== ""),
  ).toString();
  return query ? `/admin/audit?${query}` : "/admin/audit";
}
