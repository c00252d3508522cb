import { z } from "zod";
import { ownCalls } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";
import { listOwnCalls } from "@/lib/support-calls/own-calls";

export const GET = endpoint({
  route: "GET /api/support-calls",
  summary: "A customer's own calls to the contact centre.",
  answer: ownCalls,
  persons: true,
  query: z.object({
    limit: z.coerce.number().int().min(1).max(50).default(20),
    cursor: z.string().max(100).optional().describe("The last page's `nextCursor`."),
  }),
  refuses: ["FORBIDDEN"],
  run: async ({ deps, actor, query }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    return ok(await listOwnCalls(deps, { customer: actor, ...query }));
  },
});
