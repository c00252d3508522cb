import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readComplaint } from "@/lib/visits/read-complaint";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/complaint",
  summary: "Why the patient comes.",
  details: "Recorded before it is answered.",
  answer: z.object({ chiefComplaint: z.string().nullable() }),
  refuses: [...refusals.visit],
  run: ({ deps, actor, params }) => readComplaint(deps, { actor, visitId: params.visitId! }),
});
