import { access } from "@/lib/auth/access";
import { actorFrom, authRefusals } from "@/lib/auth/actor-from";
import { atDoor } from "@/lib/desk/deps";
import { deskNews } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { eventStream } from "@/lib/http/event-stream";
import { err } from "@/lib/kernel/result";

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
  run: async ({ deps, actor, request, origin, requestId }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    const at = atDoor(deps, actor);
    if (!at.ok) return at;
    const { door, agent } = at.value;
    const stream = await eventStream(
      {
        follow: async (changed) => door.follow(agent, changed),
        read: async () => {
          const still = await actorFrom(deps, { request, origin, rule: access[route] });
          if (!still.ok) return null;
          const phone = await door.look(agent);
          return { now: deps.clock.now().toISOString(), phone: phone.ok ? phone.value : null };
        },
        failed: (error) => deps.log.error({ err: error, requestId, route }, "live stream ended"),
      },
      request.signal,
    );
    return stream ?? err({ code: "STREAMS_LIMITED", retryAfterSeconds: 30 } as const);
  },
});
