import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { lockRoom } from "@/lib/rooms/change-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/lock",
  summary: "Locks the room, or unlocks it: while it is locked nobody comes in who has not been in.",
  answer: z.object({ roomId: id, locked: z.boolean() }),
  refuses: [...refusals.room, ...refusals.seat, ...refusals.roomOver],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ locked: z.boolean(), sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await roomSpeaker(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return lockRoom(knock.deps, {
      actor: actor.value,
      roomId: knock.params.roomId!,
      locked: knock.body.locked,
    });
  },
});
