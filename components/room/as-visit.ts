import type { Desk, StartAnswer } from "@/lib/call/call";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { JoinedRoom, LiveRoom } from "@/lib/rooms/answers";
import type { LiveState, StartedVisit } from "@/lib/visits/answers";
import type { JoinAnswer } from "./join-answer";

/** The call's engine knows two sides of a visit; a room's are its host and its guest. */
const partyOf = { host: "clinician", guest: "patient" } as const;

function startedFrom({ chimeJoinInfo, sessionToken, ...seat }: JoinedRoom): StartedVisit {
  return {
    connectContact: null,
    chimeJoinInfo,
    visitSession: { sessionToken, expiresIn: 3_600 },
    seatId: seat.seatId,
    party: partyOf[seat.role],
    admitted: seat.admitted,
    generation: seat.generation,
  };
}

export function startAnswerFrom(answer: JoinAnswer): StartAnswer {
  if (answer.status === "joined") return { status: "started", started: startedFrom(answer.joined) };
  if (answer.status === "busy") return answer;
  // What is wrong with the link, or over, its own page says; the engine looks there when it hears of a link.
  const code = answer.code === "ROOM_FULL" ? "MEETING_FULL" : "TOKEN_REVOKED";
  return { status: "refused", code };
}

export function liveFrom(live: LiveRoom): LiveState {
  const { role, ...you } = live.you;
  return {
    status: live.state === "open" ? "ACTIVE" : "COMPLETED",
    generation: live.generation,
    now: live.now,
    you: { party: role && partyOf[role], ...you, maySpeak: true, mayShare: false },
    lateMinutes: null,
    lateUntil: null,
    parties: live.people.map(({ role: theirs, ...person }) => ({
      party: partyOf[theirs],
      guestId: null,
      name: "",
      maySpeak: true,
      ...person,
    })),
  };
}

const doors: Partial<Record<Parameters<Desk>[0], string>> = {
  admit: "admit",
  remove: "remove",
  leave: "leave",
  end: "close",
};

/** The room's own doors, as this page's session. */
export function roomDesk(roomId: string, send: typeof fetch): Desk {
  return async (verb, sessionToken, body) => {
    const door = doors[verb];
    if (!door) return "failed";
    const { seatId } = body;
    const status = await post(send, `${roomId}/${door}`, sessionToken, seatId ? { seatId } : {});
    if (status === 401) return "session-over";
    const done = (status >= 200 && status < 300) || (status === 410 && (verb === "end" || verb === "leave"));
    return done ? "done" : "failed";
  };
}

/** @returns the status; 0: nothing could be reached. Leaving is often the page's last deed. */
export async function post(
  send: typeof fetch,
  path: string,
  sessionToken: string,
  body: Record<string, unknown>,
): Promise<number> {
  const response = await unlessOffline(
    send(`/api/rooms/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${sessionToken}` },
      body: JSON.stringify(body),
      keepalive: true,
    }),
  );
  return response?.status ?? 0;
}
