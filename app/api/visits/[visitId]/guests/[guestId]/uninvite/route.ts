import { endpoint } from "@/lib/http/endpoint";
import { uninviteGuest } from "@/lib/visits/uninvite-guest";

/** POST /api/visits/:visitId/guests/:guestId/uninvite: their links are dead, and they are out if they were in. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/guests/[guestId]/uninvite",
  run: ({ deps, actor, params }) =>
    uninviteGuest(deps, { actor, visitId: params.visitId!, guestId: params.guestId! }),
});
