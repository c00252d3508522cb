import { authRefusals } from "@/lib/auth/actor-from";
import { todayNews } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { ok } from "@/lib/kernel/result";
import { lookAtToday, newsOf } from "@/lib/visits/look-at-today";

const route = "GET /api/visits/events";

export const GET = endpoint({
  route,
  summary: "Says when the list of today's visits has changed, as Server-Sent Events.",
  details: "Who may see what is asked again at each reading. The news names nobody: read the list again.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the list's version and how many wait, at once and after each change",
    each: todayNews,
  },
  refuses: [...authRefusals, "STREAMS_LIMITED"],
  run: (knock) => {
    const { deps } = knock;
    return liveStream(knock, {
      route,
      follow: (changed) => deps.visitFeed.followAll(changed),
      read: async (actor) => ok(newsOf(await lookAtToday(deps, { actor }))),
    });
  },
});
