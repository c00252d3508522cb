import { endpoint } from "@/lib/http/endpoint";
import { markNoShow } from "@/lib/visits/mark-no-show";

/** POST /api/visits/:visitId/no-show: closes a visit whose patient never came. One who was there is not: the refusal carries the `evidence`. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/no-show",
  run: ({ deps, actor, params }) => markNoShow(deps, { actor, visitId: params.visitId! }),
  refused: ({ evidence }) => (evidence ? { evidence } : {}),
});
