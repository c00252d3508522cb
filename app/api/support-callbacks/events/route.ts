import { authRefusals } from "@/lib/auth/actor-from";
import { ownCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { err, ok } from "@/lib/kernel/result";
import { readOwnCallbacks } from "@/lib/support-calls/own-callback";

const route = "GET /api/support-callbacks/events";

export const GET = endpoint({
  route,
  summary: "A customer's own callback as Server-Sent Events.",
  details: "Whose it is is asked again at each reading.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the whole state, at once and after each change",
    each: ownCallbacks,
  },
  persons: true,
  refuses: [...authRefusals, "STREAMS_LIMITED"],
  run: async (knock) => {
    const { deps, actor } = knock;
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    return liveStream(knock, {
      route,
      follow: (changed) => deps.callbackFeed.follow(actor.id, changed),
      read: async (reader) =>
        reader.kind === "person"
          ? ok(await readOwnCallbacks(deps, { customer: reader }))
          : err({ code: "FORBIDDEN" }),
    });
  },
});
