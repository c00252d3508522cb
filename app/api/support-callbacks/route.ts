import { z } from "zod";
import { authRefusals } from "@/lib/auth/actor-from";
import { readCaller } from "@/lib/auth/read-caller";
import { ownCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { callTopics } from "@/lib/kernel/call-topic";
import { askCallback } from "@/lib/support-calls/ask-callback";

export const POST = endpoint({
  route: "POST /api/support-callbacks",
  summary: "A signed-in customer asks to be called back, or changes when.",
  details:
    "At the number on file. One open at a time: asking again moves it. Which hours are offered stands on `/support`.",
  answer: ownCallbacks,
  refuses: [
    ...authRefusals,
    "CALLBACK_NEEDS_RECORD",
    "CALLBACK_NEEDS_NUMBER",
    "CALLBACK_TIME_GONE",
    "CALLBACK_UNDER_WAY",
    "CALLBACKS_LIMITED",
  ],
  body: z.object({
    when: z
      .union([z.literal("turn"), z.iso.datetime()])
      .describe("`turn`: as soon as it is their turn. Else the start of an hour that was offered."),
    topic: z.enum(callTopics).optional(),
  }),
  run: async ({ deps, request, actor, origin, body }) => {
    const caller = await readCaller(deps, { request, actor, origin });
    return caller.ok ? askCallback(deps, { ...caller.value, ...body }) : caller;
  },
});
