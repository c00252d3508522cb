import { authRefusals } from "@/lib/auth/actor-from";
import { roomsNews } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { ok } from "@/lib/kernel/result";
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
  run: (knock) => {
    const { deps } = knock;
    return liveStream(knock, {
      route,
      follow: (changed) => deps.roomFeed.followAll(changed),
      read: async (actor) => ok({ version: await roomsVersion(deps, actor) }),
    });
  },
});
