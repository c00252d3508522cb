import { missedVisit } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { markNoShow } from "@/lib/visits/mark-no-show";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/no-show",
  summary: "Closes a visit whose patient never came.",
  details: "One who was there is not a no-show: the refusal carries the `evidence`.",
  answer: missedVisit,
  refuses: [...refusals.visit, ...refusals.closed, "VISIT_NOT_BEGUN", "PATIENT_PRESENT"],
  run: ({ deps, actor, params }) => markNoShow(deps, { actor, visitId: params.visitId! }),
  refused: ({ evidence }) => (evidence ? { evidence } : {}),
});
