import { z } from "zod";
import { id, time } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { ttlMinutes } from "@/lib/http/room-inputs";
import { extendRoom } from "@/lib/rooms/change-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/extend",
  summary: "Keeps the room and its links open longer: at most a day from now.",
  details: "A token runs out as it was signed; the link does not.",
  answer: z.object({ roomId: id, expiresAt: time }),
  refuses: [...refusals.room, ...refusals.roomOver],
  body: z.object({ minutes: ttlMinutes }),
  run: ({ deps, actor, params, body }) => extendRoom(deps, { actor, roomId: params.roomId!, ...body }),
});
