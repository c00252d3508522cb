import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { admitPerson } from "@/lib/rooms/admit-person";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/admit",
  summary: "Lets the guest in who waits in the lobby.",
  answer: z.object({ roomId: id, admitted: z.array(id) }),
  refuses: [...refusals.room, ...refusals.seat, ...refusals.roomOver, ...refusals.cloud],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ seatId: input.seatId.optional(), sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await roomSpeaker(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return admitPerson(knock.deps, {
      actor: actor.value,
      roomId: knock.params.roomId!,
      seatId: knock.body.seatId,
    });
  },
});
