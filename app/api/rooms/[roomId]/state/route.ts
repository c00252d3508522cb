import { z } from "zod";
import { liveRoom as answer } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { liveRoom } from "@/lib/rooms/live-room";

export const GET = endpoint({
  route: "GET /api/rooms/[roomId]/state",
  summary: "Who is where in a room, now.",
  details: "What pages ask where they cannot listen to the events.",
  answer,
  refuses: [...refusals.seat, "ROOM_UNKNOWN"],
  query: z.object({ seat: input.seatId.optional() }),
  run: async (knock) => {
    const actor = await roomSpeaker(knock, readSessionToken(knock.request, {}));
    if (!actor.ok) return actor;
    return liveRoom(knock.deps, { actor: actor.value, roomId: knock.params.roomId! });
  },
});
