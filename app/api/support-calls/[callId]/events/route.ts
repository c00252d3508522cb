import { authRefusals } from "@/lib/auth/actor-from";
import { ownCallNow } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { err } from "@/lib/kernel/result";
import { readOwnCall } from "@/lib/support-calls/own-calls";
import { watchOwnCall } from "@/lib/support-calls/watch-own-call";

const route = "GET /api/support-calls/[callId]/events";

export const GET = endpoint({
  route,
  summary: "A call of one's own as Server-Sent Events, as long as it lasts.",
  details: "Whose call it is is asked again at each reading.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the whole call, at once and after each change",
    each: ownCallNow,
  },
  persons: true,
  refuses: [...authRefusals, "CALL_UNKNOWN", "STREAMS_LIMITED"],
  run: async (knock) => {
    const { deps, actor, params } = knock;
    const callId = params.callId ?? "";
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    const own = await readOwnCall(deps, { customer: actor, callId });
    if (!own.ok) return own;
    const watch = watchOwnCall(deps, { customer: actor, callId });
    return liveStream(knock, {
      route,
      follow: async (changed) => {
        const stop = await deps.supportCallFeed.follow(callId, changed);
        return stop && watch.start(changed, stop);
      },
      read: async (reader) => (reader.kind === "person" ? watch.read(reader) : err({ code: "FORBIDDEN" })),
    });
  },
});
