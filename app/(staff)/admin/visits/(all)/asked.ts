import { calendarDay } from "@/lib/kernel/times";
import { isUuid } from "@/lib/kernel/uuid";
import type { VisitFilter } from "@/lib/visits/list-visits";
import { type VisitStatus, visitStatuses } from "@/lib/visits/status";
import { readDays, type Search, textOf, type WrongDays } from "../../asked-days";
import { askedHref } from "../../asked-href";
import type { Typed } from "./visits-href";

/** The filter that the address means. One that asks nothing at all means what is on from today. */
export function readAsked(
  search: Search,
  { zone, now }: { zone: string; now: Date },
): { typed: Typed; filter: VisitFilter; wrong: WrongDays } {
  const typed: Typed = {
    from: textOf(search.from),
    to: textOf(search.to),
    state: textOf(search.state),
    clinician: textOf(search.clinician),
    patient: textOf(search.patient),
    order: textOf(search.order),
  };
  if (Object.keys(search).length === 0) typed.from = calendarDay(now, zone);
  const { wrong, ...days } = readDays(typed, zone);
  const filter: VisitFilter = {
    ...days,
    ...(isStatus(typed.state) ? { status: typed.state } : {}),
    ...(isUuid(typed.clinician) ? { clinicianId: typed.clinician } : {}),
    ...(isUuid(typed.patient) ? { patientId: typed.patient } : {}),
    ...(typed.order === "desc" ? { order: "desc" } : {}),
  };
  return { typed, filter, wrong };
}

const isStatus = (name: string): name is VisitStatus => visitStatuses.some((status) => status === name);

/** The same filter as a query of the API. */
export function exportHref({ from, to, ...rest }: VisitFilter): string {
  return askedHref("/api/visits/export", {
    ...rest,
    from: from?.toISOString() ?? "",
    to: to?.toISOString() ?? "",
  });
}
