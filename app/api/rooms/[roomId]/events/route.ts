import { z } from "zod";
import { authRefusals } from "@/lib/auth/actor-from";
import { liveRoom as answer } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { liveStream } from "@/lib/http/live-stream";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import type { Actor } from "@/lib/kernel/actor";
import { liveRoom, noteRoomSilence } from "@/lib/rooms/live-room";
import type { RoomActor } from "@/lib/rooms/redeem-invite";

const route = "GET /api/rooms/[roomId]/events";

export const GET = endpoint({
  route,
  summary: "The live state of a room as Server-Sent Events.",
  details: "Proof is asked for again at each reading.",
  answer: {
    media: "text/event-stream",
    holds: "`event: state` with the whole state, at once and after each change",
    each: answer,
  },
  refuses: [...authRefusals, ...refusals.seat, "ROOM_UNKNOWN", "STREAMS_LIMITED"],
  query: z.object({ seat: input.seatId.optional() }),
  run: async (knock) => {
    const { deps, request, params } = knock;
    const roomId = params.roomId!;
    let seat: RoomActor | null = null;
    const read = async (actor: Actor) => {
      const speaker = await roomSpeaker({ ...knock, actor }, readSessionToken(request, {}));
      if (!speaker.ok) return speaker;
      seat = speaker.value.kind === "room-invite" ? speaker.value : null;
      return liveRoom(deps, { actor: speaker.value, roomId });
    };
    const first = await read(knock.actor);
    if (!first.ok) return first;
    return liveStream(knock, {
      route,
      follow: (changed) => deps.roomFeed.follow(roomId, changed),
      read,
      closed: async (later) => {
        if (seat) await noteRoomSilence(deps, seat, later);
      },
    });
  },
});
