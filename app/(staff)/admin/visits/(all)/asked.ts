import { calendarDay } from "@/lib/kernel/times";
import { isUuid } from "@/lib/kernel/uuid";
import type { VisitFilter } from "@/lib/visits/list-visits";
import { type VisitStatus, visitStatuses } from "@/lib/visits/status";
import { readDays, type Search, textOf, type WrongDays } from "../../asked-days";
import { daysOf, type Period, periods } from "../../periods";
import { columnsText, visitColumns } from "../../visit-columns";
import type { Typed } from "./visits-href";

/** The filter that the address means. One that asks nothing at all means what is on from today. */
export function readAsked(
  search: Search,
  { zone, now }: { zone: string; now: Date },
): { typed: Typed; filter: VisitFilter; wrong: WrongDays } {
  const typed: Typed = {
    period: textOf(search.period),
    from: textOf(search.from),
    to: textOf(search.to),
    state: textOf(search.state),
    clinician: textOf(search.clinician),
    patient: textOf(search.patient),
    order: textOf(search.order),
    columns: readColumns(search),
  };
  if (Object.keys(search).length === 0) typed.period = "on";
  const moving = isPeriod(typed.period) ? daysOf(typed.period, calendarDay(now, zone)) : null;
  if (moving) Object.assign(typed, { from: "", to: "" });
  else typed.period = "";
  const { wrong, ...days } = readDays(moving ?? typed, zone);
  const filter: VisitFilter = {
    ...days,
    ...(isStatus(typed.state) ? { status: typed.state } : {}),
    ...(isUuid(typed.clinician) ? { clinicianId: typed.clinician } : {}),
    ...(isUuid(typed.patient) ? { patientId: typed.patient } : {}),
    ...(typed.order === "desc" ? { order: "desc" } : {}),
  };
  return { typed, filter, wrong };
}

const isPeriod = (name: string): name is Period => periods.some((period) => period === name);

/** The form sends each checked box, an address of ours their list. */
function readColumns(search: Search): string {
  if (search.pick === undefined) return textOf(search.columns);
  const picked = [search.column ?? []].flat();
  return columnsText(visitColumns.filter((column) => picked.includes(column)));
}

const isStatus = (name: string): name is VisitStatus => visitStatuses.some((status) => status === name);
