import { z } from "zod";
import { visitState } from "@/lib/http/answers/call";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitViewer } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { liveState } from "@/lib/visits/live-state";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/state",
  summary: "Who is where in a visit, now.",
  details: "What pages ask where they cannot listen to the events.",
  answer: visitState,
  refuses: [...refusals.seat, "VISIT_UNKNOWN"],
  query: z.object({ seat: input.seatId.optional() }),
  run: async (knock) => {
    const viewer = await visitViewer(knock, readSessionToken(knock.request, {}));
    if (!viewer.ok) return viewer;
    return liveState(knock.deps, { visitId: knock.params.visitId!, viewer: viewer.value });
  },
});
