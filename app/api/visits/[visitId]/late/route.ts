import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { runLate } from "@/lib/visits/run-late";

/** POST /api/visits/:visitId/late `{minutes}`: the visit begins so many minutes late; 0 takes it back. The patient is told. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/late",
  body: z.object({ minutes: z.number().int().min(0).max(240) }),
  run: ({ deps, actor, body, params }) => runLate(deps, { actor, visitId: params.visitId!, ...body }),
});
