import { z } from "zod";
import { roomRoles } from "@/lib/kernel/room-role";
import { roomStates } from "@/lib/rooms/room";
import { attendee, meeting } from "./call";
import { count, cursor, id, time } from "./common";
import { liveRecording } from "./recording";

export const roomRole = z
  .enum(roomRoles)
  .meta({ id: "RoomRole", description: "A room has one of each: its host, and its guest." });
const roomState = z.enum(roomStates).meta({
  id: "RoomState",
  description: "`expired`: its time ran out; `closed`: its host or a colleague ended it.",
});
const link = z.object({
  link: z.string().describe("For a person. A credential."),
  token: z.string().describe("The same for a program. A credential."),
  expiresAt: time,
});
export const roomLink = link.extend({ role: roomRole });
export const madeRoom = z.object({ roomId: id, expiresAt: time, host: link, guest: link });

export const joinedRoom = z
  .object({
    role: roomRole,
    chimeJoinInfo: z.object({ meeting, attendee }),
    sessionToken: z
      .string()
      .describe("A credential: the bearer of this seat's further calls. The newest counts."),
    roomId: id,
    seatId: id.describe("Names this seat in the live state, in admit and in remove."),
    admitted: z.boolean().describe("False: in the lobby, connected, and hears nobody yet."),
    generation: count.describe("Rises when the meeting was made anew: join again then."),
    expiresAt: time,
  })
  .meta({ id: "JoinedRoom", description: "Credentials: never log them, never keep them." });

const person = {
  role: roomRole,
  seatId: id.nullable().describe("Null: nobody has come by this link."),
  state: z.enum(["absent", "waiting", "in-call", "left"]),
  waitingSince: time.nullable(),
};
const linkState = z.enum(["ready", "opened", "used", "revoked", "over"]);
export const liveRoom = z
  .object({
    state: roomState,
    generation: count,
    now: time,
    expiresAt: time,
    locked: z.boolean().describe("Nobody comes in who has not been in."),
    you: z
      .object({
        role: roomRole.nullable().describe("Null: staff who watch without a seat."),
        admitted: z.boolean(),
        removed: z.boolean(),
        rejoin: z
          .boolean()
          .describe("This seat's place in the meeting is gone while the room is open: join again."),
      })
      .describe("The reader's own seat."),
    people: z.array(z.object(person)).describe("Host, then guest."),
    mayRecord: z.boolean().describe("The reader may ask for a recording."),
    recording: liveRecording,
    here: z
      .array(id)
      .optional()
      .describe("For who manages the room, while it is open: the seats whose holders' pages are open now."),
    links: z
      .object({ host: linkState, guest: linkState })
      .optional()
      .describe("For who manages the room, while it is open: how the newest links stand."),
  })
  .meta({ id: "LiveRoom", description: "Who is where in a room now." });

export const roomEntry = z
  .object({
    roomId: id,
    name: z.string().nullable(),
    state: roomState,
    lobby: z.boolean().describe("The guest waits until they are let in."),
    locked: z.boolean(),
    startsAt: time.describe("As planned; who is early may come in early."),
    expiresAt: time,
    createdAt: time,
    closedAt: time.nullable(),
    people: z.array(
      z.object({
        ...person,
        here: z.boolean().describe("Their page is open now."),
        link: linkState,
      }),
    ),
  })
  .meta({ id: "Room", description: "An audio room. Holds nothing that opens it." });
export const roomPage = z.object({ rooms: z.array(roomEntry), nextCursor: cursor });
export const roomsNews = z.object({ version: z.string().describe("Another one: read the list again.") });
