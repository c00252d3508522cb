import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { uninviteGuest } from "@/lib/visits/uninvite-guest";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/guests/[guestId]/uninvite",
  summary: "Takes an invitation back: the guest's links are dead, and they are out if they were in.",
  answer: z.object({ visitId: id, guestId: id }),
  refuses: [...refusals.visit, "GUEST_UNKNOWN"],
  run: ({ deps, actor, params }) =>
    uninviteGuest(deps, { actor, visitId: params.visitId!, guestId: params.guestId! }),
});
