import { roomEntry } from "@/lib/http/answers/room";
import { endpoint } from "@/lib/http/endpoint";
import { getRoom } from "@/lib/rooms/list-rooms";

export const GET = endpoint({
  route: "GET /api/rooms/[roomId]",
  summary: "Reads one audio room: how it stands, and who is in it.",
  answer: roomEntry,
  refuses: ["ROOM_UNKNOWN", "FORBIDDEN"],
  run: ({ deps, actor, params }) => getRoom(deps, { actor, roomId: params.roomId! }),
});
