import { ownCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";
import { readOwnCallbacks } from "@/lib/support-calls/own-callback";

export const GET = endpoint({
  route: "GET /api/support-callbacks/state",
  summary: "A customer's own callback, as it stands.",
  answer: ownCallbacks,
  persons: true,
  refuses: ["FORBIDDEN"],
  run: async ({ deps, actor }) =>
    actor.kind === "person"
      ? ok(await readOwnCallbacks(deps, { customer: actor }))
      : err({ code: "FORBIDDEN" } as const),
});
