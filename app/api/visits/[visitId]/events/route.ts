import { z } from "zod";
import { access } from "@/lib/auth/access";
import { actorFrom, authRefusals } from "@/lib/auth/actor-from";
import { visitState } from "@/lib/http/answers/call";
import { endpoint } from "@/lib/http/endpoint";
import { eventStream } from "@/lib/http/event-stream";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitViewer } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { liveState } from "@/lib/visits/live-state";
import { noteSilence } from "@/lib/visits/note-silence";
import type { SeatActor } from "@/lib/visits/seat-holder";

const route = "GET /api/visits/[visitId]/events";

export const GET = endpoint({
  route,
  summary: "The live state of a visit as Server-Sent Events.",
  details: "Proof is asked for again at each reading.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the whole state, at once and after each change",
    each: visitState,
  },
  refuses: [...authRefusals, ...refusals.seat, "VISIT_UNKNOWN", "STREAMS_LIMITED"],
  query: z.object({ seat: input.seatId.optional() }),
  run: async (knock) => {
    const { deps, request, origin, params, requestId } = knock;
    const visitId = params.visitId!;
    let seat: SeatActor | null = null;
    const failed = (error: unknown) => deps.log.error({ err: error, requestId, route }, "live stream ended");
    const later = (ms: number, run: () => Promise<void>) => {
      setTimeout(() => void run().catch(failed), ms).unref();
    };
    const read = async () => {
      const actor = await actorFrom(deps, { request, origin, rule: access[route] });
      if (!actor.ok) return actor;
      const viewer = await visitViewer({ ...knock, actor: actor.value }, readSessionToken(request, {}));
      if (!viewer.ok) return viewer;
      seat = viewer.value.kind === "seat" ? viewer.value.actor : null;
      return liveState(deps, { visitId, viewer: viewer.value });
    };
    const first = await read();
    if (!first.ok) return first;
    const stream = await eventStream(
      {
        follow: (changed) => deps.visitFeed.follow(visitId, changed),
        read: async () => {
          const state = await read();
          return state.ok ? state.value : null;
        },
        failed,
        closed: () => {
          if (seat) void noteSilence(deps, seat, later).catch(failed);
        },
      },
      request.signal,
    );
    return stream ?? err({ code: "STREAMS_LIMITED", retryAfterSeconds: 30 } as const);
  },
});
