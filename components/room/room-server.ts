import type { Desk } from "@/lib/call/call";
import type { LiveCall } from "@/lib/call/call-facts";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { LiveRoom } from "@/lib/rooms/answers";

/** A room's live state, in the words of the call: nobody in it has a name. */
export function callFrom({ state, people, ...live }: LiveRoom): LiveCall {
  return {
    ...live,
    status: state,
    parties: people.map(({ role, ...who }) => ({ ...who, party: role, name: "" })),
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
