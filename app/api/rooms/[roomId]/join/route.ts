import { z } from "zod";
import { joinedRoom } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { joinRoom } from "@/lib/rooms/join-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/join",
  summary: "Spends an invite and comes into the room (seed 2).",
  details:
    "Also at `POST /rooms/{roomId}/join`. An invite is spent once, by one browser (its cookie) or one `Idempotency-Key`, which may repeat the call and so return. The whole meeting is answered each time.",
  answer: joinedRoom,
  refuses: [
    ...refusals.link,
    ...refusals.cloud,
    ...refusals.roomOver,
    "ROOM_UNKNOWN",
    "ROOM_LOCKED",
    "ROOM_FULL",
    "ROOM_REMOVED",
  ],
  body: z
    .object({ token: input.joinToken.optional(), code: input.shortCode.optional() })
    .refine((body) => body.token !== undefined || body.code !== undefined, {
      path: ["token"],
      error: "Send the token of the invite, or its code.",
    }),
  run: ({ deps, body, params, holder, origin }) => {
    const presented = body.token === undefined ? { code: body.code ?? "" } : { token: body.token };
    return joinRoom(deps, { presented, roomId: params.roomId!, holder, origin });
  },
});
