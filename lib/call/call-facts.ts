import type { Party } from "@/lib/kernel/party";
import type { RoomRole } from "@/lib/kernel/room-role";
import type { RoomState } from "@/lib/rooms/room";
import type { LiveState, SeatState, StartedVisit } from "@/lib/visits/answers";

/** Who somebody is in a call: of a visit, or of an audio room. */
export type CallParty = Party | RoomRole;

/** Whose call it is: they are inside without being let in, and let others in. */
export const leads = (party: CallParty): boolean => party === "clinician" || party === "host";

/** Those of whom a call has one each; a visit's guests may be several of a kind. */
export const isPrincipal = (party: CallParty): boolean =>
  leads(party) || party === "patient" || party === "guest";

/** A place in a call, with its credentials: what a server answers to whoever joins. */
export type Started = Pick<StartedVisit, "chimeJoinInfo" | "seatId" | "admitted" | "generation"> & {
  party: CallParty;
  /** The bearer of this seat's further calls. */
  sessionToken: string;
};

/** `name`: empty where nobody has one, as in a room. */
export type CallPerson = {
  seatId: string | null;
  party: CallParty;
  name: string;
  state: SeatState;
  waitingSince: string | null;
  /** False for a student whom the clinician has not let speak. */
  maySpeak?: boolean;
};

/** What a server tells of a call while it goes on. A visit's live state is one as it is. */
export type LiveCall = Pick<LiveState, "generation" | "now" | "queue" | "told" | "chatKept" | "callAskedAt"> &
  Partial<Pick<LiveState, "lateUntil" | "mayRecord" | "recording">> & {
    status: LiveState["status"] | RoomState;
    you: { admitted: boolean; removed: boolean; rejoin: boolean; maySpeak?: boolean; mayShare?: boolean };
    parties: readonly CallPerson[];
  };
