import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { removePerson } from "@/lib/rooms/change-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/remove",
  summary: "Takes somebody out: their link opens nothing more.",
  answer: z.object({ roomId: id, removed: id }),
  refuses: [...refusals.room, ...refusals.seat, ...refusals.roomOver],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ seatId: input.seatId, sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await roomSpeaker(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return removePerson(knock.deps, {
      actor: actor.value,
      roomId: knock.params.roomId!,
      seatId: knock.body.seatId,
    });
  },
});
