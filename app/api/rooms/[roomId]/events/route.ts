import { z } from "zod";
import { access } from "@/lib/auth/access";
import { actorFrom, authRefusals } from "@/lib/auth/actor-from";
import { liveRoom as answer } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { eventStream } from "@/lib/http/event-stream";
import { refusals } from "@/lib/http/refusal-sets";
import { roomSpeaker } from "@/lib/http/room-speaker";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
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
    const { deps, request, origin, params, requestId } = knock;
    const roomId = params.roomId!;
    let seat: RoomActor | null = null;
    const failed = (error: unknown) => deps.log.error({ err: error, requestId, route }, "live stream ended");
    const later = (ms: number, run: () => Promise<void>) => {
      setTimeout(() => void run().catch(failed), ms).unref();
    };
    const read = async () => {
      const actor = await actorFrom(deps, { request, origin, rule: access[route] });
      if (!actor.ok) return actor;
      const speaker = await roomSpeaker({ ...knock, actor: actor.value }, readSessionToken(request, {}));
      if (!speaker.ok) return speaker;
      seat = speaker.value.kind === "room-invite" ? speaker.value : null;
      return liveRoom(deps, { actor: speaker.value, roomId });
    };
    const first = await read();
    if (!first.ok) return first;
    const stream = await eventStream(
      {
        follow: (changed) => deps.roomFeed.follow(roomId, changed),
        read: async () => {
          const state = await read();
          return state.ok ? state.value : null;
        },
        failed,
        closed: () => {
          if (seat) void noteRoomSilence(deps, seat, later).catch(failed);
        },
      },
      request.signal,
    );
    return stream ?? err({ code: "STREAMS_LIMITED", retryAfterSeconds: 30 } as const);
  },
});
