import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { roomRole as answeredRole } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomRole } from "@/lib/http/room-inputs";
import * as input from "@/lib/http/visit-inputs";
import { sendRoomLink } from "@/lib/rooms/change-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/send",
  summary: "Sends a link that nobody has used to a number or an address.",
  details: "Ten times for a room. The message names nobody.",
  answer: z.object({ roomId: id, role: answeredRole, to: z.string().describe("Masked.") }),
  status: 202,
  refuses: [...refusals.room, ...refusals.roomOver, "LINK_CLOSED", "ROOM_MESSAGES_ENOUGH"],
  body: z.object({
    role: roomRole,
    to: z.union([z.strictObject({ email: z.email().max(254) }), z.strictObject({ phone: input.typedPhone })]),
    locale: input.locale.default("en"),
  }),
  run: ({ deps, actor, params, body }) => sendRoomLink(deps, { actor, roomId: params.roomId!, ...body }),
});
