import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readSessionToken, visitViewer } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { liveState } from "@/lib/visits/live-state";

/** GET /api/visits/:visitId/state?seat=…: who is where, now. What pages ask where they cannot listen. */
export const GET = endpoint({
  route: "GET /api/visits/[visitId]/state",
  query: z.object({ seat: input.seatId.optional() }),
  run: async (knock) => {
    const viewer = await visitViewer(knock, readSessionToken(knock.request, {}));
    if (!viewer.ok) return viewer;
    return liveState(knock.deps, { visitId: knock.params.visitId!, viewer: viewer.value });
  },
});
