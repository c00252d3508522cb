import type { AuditFilter } from "@/lib/audit/list-audit";
import { isAuditEvent } from "@/lib/http/audit-inputs";
import { isUuid } from "@/lib/kernel/uuid";
import { readDays, type Search, textOf, type WrongDays } from "../asked-days";
import { askedHref } from "../asked-href";

/** What the address asks for, as typed: the form shows it again, right or wrong. Days are the reader's. */
export type Typed = { event: string; visit: string; person: string; from: string; to: string };
export type Wrong = WrongDays & { visit?: "badVisit" };

/** The filter that the address means, and what in it means nothing: such a part filters nothing, so it must be said. */
export function readAsked(search: Search, zone: string): { typed: Typed; filter: AuditFilter; wrong: Wrong } {
  const typed: Typed = {
    event: textOf(search.event),
    visit: textOf(search.visit),
    person: textOf(search.person),
    from: textOf(search.from),
    to: textOf(search.to),
  };
  const { wrong, ...days } = readDays(typed, zone);
  const badVisit = typed.visit !== "" && !isUuid(typed.visit);
  const filter: AuditFilter = {
    ...days,
    ...(isAuditEvent(typed.event) ? { event: typed.event } : {}),
    ...(typed.visit && !badVisit ? { visitId: typed.visit.toLowerCase() } : {}),
    ...(isUuid(typed.person) ? { personId: typed.person.toLowerCase() } : {}),
  };
  return { typed, filter, wrong: badVisit ? { ...wrong, visit: "badVisit" } : wrong };
}

export const auditHref = (typed: Typed, change?: Record<string, string>): string =>
  askedHref("/admin/audit", typed, change);
