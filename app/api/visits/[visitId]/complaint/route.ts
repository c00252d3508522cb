import { endpoint } from "@/lib/http/endpoint";
import { readComplaint } from "@/lib/visits/read-complaint";

/** GET /api/visits/:visitId/complaint: why the patient comes. Recorded before it is answered. */
export const GET = endpoint({
  route: "GET /api/visits/[visitId]/complaint",
  run: ({ deps, actor, params }) => readComplaint(deps, { actor, visitId: params.visitId! }),
});
