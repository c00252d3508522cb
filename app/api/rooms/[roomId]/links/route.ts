import { z } from "zod";
import { roomLink } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { roomRole } from "@/lib/http/room-inputs";
import { renewLink } from "@/lib/rooms/change-room";

export const POST = endpoint({
  route: "POST /api/rooms/[roomId]/links",
  summary: "Makes a new link for the host or the guest.",
  details: "The old one opens nothing more, and whoever came by it is out.",
  answer: roomLink,
  status: 201,
  refuses: [...refusals.room, ...refusals.roomOver],
  body: z.object({ role: roomRole }),
  run: ({ deps, actor, params, body }) => renewLink(deps, { actor, roomId: params.roomId!, ...body }),
});
