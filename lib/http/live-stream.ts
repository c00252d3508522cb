import type { RouteName } from "@/lib/auth/access";
import { access } from "@/lib/auth/access";
import { actorFrom } from "@/lib/auth/actor-from";
import type { Actor } from "@/lib/kernel/actor";
import { err, type Result } from "@/lib/kernel/result";
import type { Knock } from "./endpoint";
import { eventStream } from "./event-stream";

/** Runs `work` after so many ms, outside the request. */
type Later = (ms: number, work: () => Promise<void>) => void;
type Watcher = Pick<Knock<unknown, unknown>, "deps" | "request" | "origin" | "requestId">;

/**
 * The answer of a door that streams what somebody may see. Who they are is asked again at each reading, with whatever proof came with the request.
 *
 * @param source.read a refusal ends the stream.
 * @param source.closed when the stream is over, whoever ended it.
 */
export async function liveStream<State>(
  { deps, request, origin, requestId }: Watcher,
  source: {
    route: RouteName;
    follow(changed: () => void): Promise<(() => void) | null>;
    read(actor: Actor): Promise<Result<State, { code: string }>>;
    closed?(later: Later): Promise<void>;
  },
): Promise<Response | Result<never, { code: "STREAMS_LIMITED"; retryAfterSeconds: number }>> {
  const { route, follow, read, closed } = source;
  const failed = (error: unknown) => deps.log.error({ err: error, requestId, route }, "live stream ended");
  const later: Later = (ms, work) => {
    setTimeout(() => void work().catch(failed), ms).unref();
  };
  const stream = await eventStream<State>(
    {
      follow,
      read: async () => {
        const actor = await actorFrom(deps, { request, origin, rule: access[route] });
        const state = actor.ok ? await read(actor.value) : actor;
        return state.ok ? state.value : null;
      },
      failed,
      closed: () => void closed?.(later).catch(failed),
    },
    request.signal,
  );
  return stream ?? err({ code: "STREAMS_LIMITED", retryAfterSeconds: 30 });
}
