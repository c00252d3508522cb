import { z } from "zod";
import { csvResponse } from "@/lib/http/csv";
import { endpoint } from "@/lib/http/endpoint";
import { requestLocale } from "@/lib/http/request-locale";
import * as input from "@/lib/http/visit-inputs";
import { personTable, programTable } from "@/lib/http/visit-table";
import { calendarDay } from "@/lib/kernel/times";
import { exportVisits } from "@/lib/visits/export-visits";

export const GET = endpoint({
  route: "GET /api/visits/export",
  summary: "The list of visits as a table, whole, as a stream.",
  details:
    "Recorded before its first byte. A cell that a spreadsheet would run begins with an apostrophe. With `timeZone` it is made for a person: headings and states in the caller's language, times by that zone's clocks.",
  answer: { media: "text/csv", holds: programTable.head.join(", ") },
  query: z.object({
    ...input.visitFilter,
    without: z.literal("cancelled").optional(),
    timeZone: input.timeZone.optional(),
  }),
  run: async ({ deps, actor, query: { timeZone, ...filter }, request, requestId }) => {
    const table = timeZone
      ? await personTable({ locale: requestLocale(request.headers), timeZone })
      : programTable;
    return csvResponse(
      {
        name: fileName(filter, calendarDay(deps.clock.now(), timeZone ?? "UTC"), timeZone),
        ...table,
        pages: await exportVisits(deps, { actor, ...filter }),
      },
      (fault) => deps.log.error({ err: fault, requestId }, "an export broke off"),
    );
  },
});

/** A file for a person is called by the days in it, where both ends were asked for; else by the day on which it was saved. */
function fileName({ from, to }: { from?: Date; to?: Date }, today: string, timeZone?: string): string {
  if (!from && !to) return `all-visits-saved-${today}`;
  if (!timeZone || !from || !to || from >= to) return `visits-saved-${today}`;
  const [first, last] = [calendarDay(from, timeZone), calendarDay(new Date(to.getTime() - 1), timeZone)];
  return first === last ? `visits-${first}` : `visits-${first}-to-${last}`;
}
