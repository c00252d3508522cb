import { authRefusals } from "@/lib/auth/actor-from";
import { atDoor } from "@/lib/desk/deps";
import { deskNews } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { err, ok } from "@/lib/kernel/result";

const route = "GET /api/desk/events";

export const GET = endpoint({
  route,
  summary: "What is at the signed-in agent's desk, as Server-Sent Events.",
  details:
    "Who may have a desk is asked again at each reading. It carries the agent's own way into the call.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the whole desk, at once and after each change",
    each: deskNews,
  },
  persons: true,
  refuses: [...authRefusals, "DESK_ELSEWHERE", "STREAMS_LIMITED"],
  run: async (knock) => {
    const { deps, actor } = knock;
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    const at = atDoor(deps, actor);
    if (!at.ok) return at;
    const { door, agent } = at.value;
    return liveStream(knock, {
      route,
      follow: async (changed) => door.follow(agent, changed),
      read: async () => {
        const phone = await door.look(agent);
        return ok({ now: deps.clock.now().toISOString(), phone: phone.ok ? phone.value : null });
      },
    });
  },
});
