import { takeCallback } from "@/lib/desk/callbacks";
import { deskCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /api/desk/callbacks/[callbackId]/take",
  summary: "The signed-in agent takes a callback and reads whom to call. One agent ever does.",
  answer: deskCallbacks,
  persons: true,
  refuses: ["FORBIDDEN", "CALLBACK_GONE", "CALLBACK_NOT_DUE", "CALLBACK_ONE_AT_A_TIME"],
  run: async ({ deps, actor, params }) =>
    actor.kind === "person"
      ? takeCallback(deps, { actor, callbackId: params.callbackId ?? "" })
      : err({ code: "FORBIDDEN" } as const),
});
