import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { roomSeatHolder, roomSession } from "@/lib/rooms/who-speaks";
import { isSignedIn, type Knock } from "./endpoint";

type Asker = Pick<
  Knock<unknown, { seat?: string }>,
  "deps" | "actor" | "origin" | "params" | "query" | "holder"
>;
type Refused = { code: "SESSION_INVALID" | "SEAT_UNKNOWN" | "SIGN_IN_REQUIRED" };

/**
 * Who speaks inside a room: the holder of its session; else the browser that spent the invite of `?seat=`; else who is signed in. In that order, so
 * that a colleague who opened a guest's link acts as that guest.
 */
export async function roomSpeaker(asker: Asker, sessionToken?: string): Promise<Result<Actor, Refused>> {
  const { deps, params, query, holder, origin, actor } = asker;
  const roomId = params.roomId!;
  if (sessionToken) return roomSession(deps, { roomId, sessionToken, origin });
  if (query.seat) return roomSeatHolder(deps, { roomId, seatId: query.seat, holder, origin });
  return isSignedIn(actor) ? ok(actor) : err({ code: "SIGN_IN_REQUIRED" });
}
