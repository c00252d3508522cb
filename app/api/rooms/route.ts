import { z } from "zod";
import { madeRoom, roomPage } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { roomName, ttlMinutes } from "@/lib/http/room-inputs";
import * as input from "@/lib/http/visit-inputs";
import { listRooms } from "@/lib/rooms/list-rooms";
import { makeRoom } from "@/lib/rooms/make-room";

export const POST = endpoint({
  route: "POST /api/rooms",
  summary: "Makes an audio room for two, with a link for its host and one for its guest (seed 2).",
  details:
    "Also at `POST /rooms`, as the seed has it. The room is open for `ttlMinutes` from `startsAt` on, an hour from now where neither is given. `lobby: false` lets the guest in without being let in.",
  answer: madeRoom,
  refuses: ["FORBIDDEN"],
  status: 201,
  body: z.object({
    name: roomName.optional(),
    ttlMinutes: ttlMinutes.optional(),
    startsAt: input.instant.optional(),
    lobby: z.boolean().optional(),
  }),
  run: ({ deps, actor, body }) => makeRoom(deps, { actor, ...body }),
});

export const GET = endpoint({
  route: "GET /api/rooms",
  summary: "Lists the audio rooms that the caller may see, newest first.",
  answer: roomPage,
  refuses: ["FORBIDDEN"],
  query: z.object({
    open: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional(),
    ...input.page,
  }),
  run: ({ deps, actor, query }) => listRooms(deps, { actor, ...query }),
});
