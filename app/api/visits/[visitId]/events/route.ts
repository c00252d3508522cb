import { z } from "zod";
import { authRefusals } from "@/lib/auth/actor-from";
import { visitState } from "@/lib/http/answers/call";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitViewer } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import type { Actor } from "@/lib/kernel/actor";
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
    const { deps, request, params } = knock;
    const visitId = params.visitId!;
    let seat: SeatActor | null = null;
    const read = async (actor: Actor) => {
      const viewer = await visitViewer({ ...knock, actor }, readSessionToken(request, {}));
      if (!viewer.ok) return viewer;
      seat = viewer.value.kind === "seat" ? viewer.value.actor : null;
      return liveState(deps, { visitId, viewer: viewer.value });
    };
    const first = await read(knock.actor);
    if (!first.ok) return first;
    return liveStream(knock, {
      route,
      follow: (changed) => deps.visitFeed.follow(visitId, changed),
      read,
      closed: async (later) => {
        if (seat) await noteSilence(deps, seat, later);
      },
    });
  },
});
