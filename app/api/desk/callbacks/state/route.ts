import { readDeskCallbacks } from "@/lib/desk/callbacks";
import { deskCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

export const GET = endpoint({
  route: "GET /api/desk/callbacks/state",
  summary: "Customers who asked to be called back, and the one that the signed-in agent has taken.",
  answer: deskCallbacks,
  persons: true,
  refuses: ["FORBIDDEN"],
  run: async ({ deps, actor }) =>
    actor.kind === "person" ? readDeskCallbacks(deps, { actor }) : err({ code: "FORBIDDEN" } as const),
});
