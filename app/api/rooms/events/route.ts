import { access } from "@/lib/auth/access";
import { actorFrom, authRefusals } from "@/lib/auth/actor-from";
import { roomsNews } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { eventStream } from "@/lib/http/event-stream";
import { err } from "@/lib/kernel/result";
import { roomsVersion } from "@/lib/rooms/list-rooms";

const route = "GET /api/rooms/events";

export const GET = endpoint({
  route,
  summary: "Says when the list of rooms has changed, as Server-Sent Events.",
  details: "Who may see what is asked again at each reading. The news names nobody: read the list again.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the list's version, at once and after each change",
    each: roomsNews,
  },
  refuses: [...authRefusals, "STREAMS_LIMITED"],
  run: async ({ deps, request, origin, requestId }) => {
    const stream = await eventStream(
      {
        follow: (changed) => deps.roomFeed.followAll(changed),
        read: async () => {
          const actor = await actorFrom(deps, { request, origin, rule: access[route] });
          return actor.ok ? { version: await roomsVersion(deps, actor.value) } : null;
        },
        failed: (error) => deps.log.error({ err: error, requestId, route }, "live stream ended"),
      },
      request.signal,
    );
    return stream ?? err({ code: "STREAMS_LIMITED", retryAfterSeconds: 30 });
  },
});
