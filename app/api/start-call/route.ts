import { z } from "zod";
import { authRefusals } from "@/lib/auth/actor-from";
import { readCaller } from "@/lib/auth/read-caller";
import { callRoute, startedCall } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { callTopics } from "@/lib/kernel/call-topic";
import { startCall } from "@/lib/support-calls/start-call";

const body = z.object({
  token: z
    .string()
    .max(16_384)
    .optional()
    .describe("An access token, for callers who send neither a session nor a Bearer (seed 0)."),
  route: callRoute.optional(),
  topic: z.enum(callTopics).optional().describe("What it is about: shown to the agent."),
});

export const POST = endpoint({
  route: "POST /api/start-call",
  summary: "A signed-in customer calls the contact centre (seed 0, 1 to 3); the same at `/start-call`.",
  details:
    "Who calls is read from the session, the Bearer or the token, and from nothing else that is sent. One call at a time: a second request is given the first one's place. Signing in must be recent, twelve hours where nothing else is set; else SESSION_TOO_OLD. A call that is under way keeps the route that it has.",
  answer: startedCall,
  refuses: [
    ...refusals.cloud,
    ...authRefusals,
    "SESSION_TOO_OLD",
    "CALLS_LIMITED",
    "CALL_OVER",
    "CALL_ELSEWHERE",
    "ROUTE_CLOSED",
    "CONTACT_REFUSED",
  ],
  body,
  run: async ({ deps, request, actor, origin, body }) => {
    const caller = await readCaller(deps, { request, actor, origin, token: body.token });
    if (!caller.ok) return caller;
    return startCall(deps, { ...caller.value, topic: body.topic }, { route: body.route });
  },
});
