import type { ConnectContext } from "./context";
import { dayNames } from "./hours";
import { bareId, invalidRequest, type Json, notFound } from "./input";

const dayMs = 24 * 3_600_000;
/** Nobody asks for more than a year of days. */
const daysMax = 366;

/**
 * GetEffectiveHoursOfOperations. The laptop's hours have no overrides: the hours themselves are changed.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_GetEffectiveHoursOfOperations.html
 */
export function getEffectiveHours(
  connect: ConnectContext,
  { instanceId, hoursId, query }: { instanceId: string; hoursId: string; query: URLSearchParams },
): Json {
  connect.mustBeOurs(instanceId);
  if (bareId(hoursId) !== bareId(connect.instance.hoursArn)) throw notFound("HoursOfOperation");
  const [from, to] = [dayOf(query.get("fromDate")), dayOf(query.get("toDate"))];
  if (to < from || (to - from) / dayMs >= daysMax)
    throw invalidRequest("ToDate must not come before FromDate");
  const hours = connect.hours();
  const dates = Array.from({ length: (to - from) / dayMs + 1 }, (_, index) => new Date(from + index * dayMs));
  return {
    EffectiveHoursOfOperationList: dates.map((date) => ({
      Date: date.toISOString().slice(0, 10),
      OperationalHours: hours.days.includes(dayNames[date.getUTCDay()]!)
        ? [{ Start: slice(hours.from), End: slice(hours.until) }]
        : [],
    })),
    EffectiveOverrideHoursList: [],
    TimeZone: hours.timeZone,
  };
}

function dayOf(given: string | null): number {
  const at = given && /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(at)) throw invalidRequest("FromDate and ToDate are like 2026-11-23");
  return at;
}

/** The vendor's hours end at 0: a day that is open until midnight ends at 0:00. */
function slice(clock: string): Json {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return { Hours: hours % 24, Minutes: minutes };
}
