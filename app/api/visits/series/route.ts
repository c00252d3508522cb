import { z } from "zod";
import { bookedSeries } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusedDates } from "@/lib/http/refused-dates";
import * as input from "@/lib/http/visit-inputs";
import { bookSeries } from "@/lib/visits/book-series";

export const POST = endpoint({
  route: "POST /api/visits/series",
  summary: "Books visits that repeat: all of them or none.",
  details:
    "Choose `seriesId` yourself: the same booking, sent twice, is one. Ask POST /api/visits/preview first what stands against each time. Where SERIES_DATES_REFUSED comes, `dates` says which and why.",
  answer: bookedSeries,
  refuses: [
    "FORBIDDEN",
    "PATIENT_UNKNOWN",
    "CLINICIAN_UNKNOWN",
    "SERIES_SIZE",
    "SERIES_DATES_REFUSED",
    "SERIES_ID_USED",
    "GUESTS_FULL",
    "GUESTS_NEED_MEETING",
  ],
  refused: refusedDates,
  status: 201,
  body: z.object({
    seriesId: z.guid("Must be a UUID.").meta({ examples: ["5f0c1a52-7d3b-4a51-9a53-1f5a8f0c9e11"] }),
    repeats: input.repeats,
    timeZone: input.timeZone,
    times: input.seriesTimes,
    send: z.boolean().optional(),
    ...input.visitGiven,
  }),
  run: ({ deps, actor, body }) => bookSeries(deps, { actor, ...body }),
});
