import { z } from "zod";
import { lateVisit } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { runAllLate } from "@/lib/visits/run-all-late";

export const POST = endpoint({
  route: "POST /api/visits/late",
  summary:
    "Says of everybody who waits for a clinician, or is due within three hours, that they begin late; 0 takes it back.",
  details: "Each patient is told. The answer has the visits that this was said of.",
  answer: z.object({ visits: z.array(lateVisit) }),
  refuses: ["FORBIDDEN"],
  body: z.object({ clinicianId: input.personId, minutes: z.number().int().min(0).max(240) }),
  run: ({ deps, actor, body }) => runAllLate(deps, { actor, ...body }),
});
