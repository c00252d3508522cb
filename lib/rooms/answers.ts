/** What the rooms' use cases answer: plain JSON in seed 2's names. Every instant is an ISO 8601 string in UTC. */

import type { RoomRole } from "@/lib/kernel/room-role";
import type { Attendee, Meeting } from "@/lib/ports/meetings";
import type { LiveRecording } from "@/lib/recordings/live-recording";
import type { RoomState } from "./room";

export type RoomLink = { link: string; token: string; expiresAt: string };
/** POST /api/rooms, 201. The links are credentials. */
export type MadeRoom = { roomId: string; expiresAt: string; host: RoomLink; guest: RoomLink };

/** POST /api/rooms/:id/join. */
export type JoinedRoom = {
  role: RoomRole;
  chimeJoinInfo: { meeting: Meeting; attendee: Attendee };
  /** The bearer of this seat's further calls; the newest one counts. */
  sessionToken: string;
  roomId: string;
  seatId: string;
  /** False: in the lobby, connected, and hears nobody yet. */
  admitted: boolean;
  /** Rises when the meeting was made anew: join again then. */
  generation: number;
  expiresAt: string;
};

export type PersonState = "absent" | "waiting" | "in-call" | "left";
export type RoomPerson = {
  role: RoomRole;
  /** Null: nobody has come by this link. */
  seatId: string | null;
  state: PersonState;
  waitingSince: string | null;
};

export type LinkState = "ready" | "opened" | "used" | "revoked" | "over";

/** Who is where in a room, now. */
export type LiveRoom = {
  state: RoomState;
  generation: number;
  now: string;
  expiresAt: string;
  locked: boolean;
  you: { role: RoomRole | null; admitted: boolean; removed: boolean; rejoin: boolean };
  people: RoomPerson[];
  /** The reader may ask for a recording. */
  mayRecord: boolean;
  recording: LiveRecording | null;
  /** For whoever manages the room, while it is open: the seats whose holders' pages are open now, and how the newest links stand. */
  here?: string[];
  links?: Record<RoomRole, LinkState>;
};

export type RoomEntry = {
  roomId: string;
  name: string | null;
  state: RoomState;
  lobby: boolean;
  locked: boolean;
  startsAt: string;
  expiresAt: string;
  createdAt: string;
  closedAt: string | null;
  people: (RoomPerson & { here: boolean; link: LinkState })[];
};
