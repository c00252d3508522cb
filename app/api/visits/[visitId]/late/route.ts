import { z } from "zod";
import { lateVisit } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { runLate } from "@/lib/visits/run-late";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/late",
  summary: "Says that a visit begins so many minutes late; 0 takes it back.",
  details: "The patient is told.",
  answer: lateVisit,
  refuses: [...refusals.visit, ...refusals.closed],
  body: z.object({ minutes: z.number().int().min(0).max(240) }),
  run: ({ deps, actor, body, params }) => runLate(deps, { actor, visitId: params.visitId!, ...body }),
});
