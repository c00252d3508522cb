import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { leaveRoom } from "@/lib/rooms/live-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/leave",
  summary: "Says that the holder of a seat goes. They may come back while the room is open.",
  answer: z.object({ roomId: id }),
  refuses: [...refusals.room, ...refusals.seat],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await roomSpeaker(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    if (actor.value.kind !== "room-invite") return err({ code: "FORBIDDEN" } as const);
    return leaveRoom(knock.deps, actor.value);
  },
});
