import { seriesOfVisit } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { readSeries } from "@/lib/visits/read-series";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/series",
  summary: "The series that a visit is one of, with its other visits.",
  answer: seriesOfVisit,
  refuses: ["VISIT_UNKNOWN"],
  run: ({ deps, actor, params }) => readSeries(deps, { actor, visitId: params.visitId! }),
});
