import { authRefusals } from "@/lib/auth/actor-from";
import { readDeskCallbacks } from "@/lib/desk/callbacks";
import { deskCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { err } from "@/lib/kernel/result";

const route = "GET /api/desk/callbacks/events";
/** What was to come is due some time, and nobody tells of that. Milliseconds. */
const everyMs = 15_000;

export const GET = endpoint({
  route,
  summary: "Customers who asked to be called back, as Server-Sent Events.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with all of them, at once and after each change",
    each: deskCallbacks,
  },
  persons: true,
  refuses: [...authRefusals, "STREAMS_LIMITED"],
  run: async (knock) => {
    const { deps, actor } = knock;
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    return liveStream(knock, {
      route,
      follow: async (changed) => {
        const stop = await deps.callbackFeed.followAll(changed);
        if (!stop) return null;
        const timer = setInterval(changed, everyMs);
        return () => {
          clearInterval(timer);
          stop();
        };
      },
      read: async (reader) =>
        reader.kind === "person" ? readDeskCallbacks(deps, { actor: reader }) : err({ code: "FORBIDDEN" }),
    });
  },
});
