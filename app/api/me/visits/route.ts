import { z } from "zod";
import { ownVisits } from "@/lib/http/answers/own";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { err, ok } from "@/lib/kernel/result";
import { listOwnVisits } from "@/lib/visits/own-visits";

export const GET = endpoint({
  route: "GET /api/me/visits",
  summary: "A patient's own visits: what is to come, and what is over.",
  details: "For customers who are signed in. An account that no record was connected with sees none.",
  answer: ownVisits,
  persons: true,
  query: z.object(input.page),
  refuses: ["FORBIDDEN"],
  run: async ({ deps, actor, query }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    return ok(await listOwnVisits(deps, { patient: actor, ...query }));
  },
});
