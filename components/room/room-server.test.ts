import { describe, expect, test, vi } from "vitest";
import { callFrom, roomDesk } from "./room-server";

const live = {
  state: "open",
  generation: 2,
  now: "2026-11-22T15:00:00.000Z",
  expiresAt: "2026-11-22T16:00:00.000Z",
  locked: false,
  mayRecord: false,
  recording: null,
  you: { role: "host", admitted: true, removed: false, rejoin: false },
  people: [
    { role: "host", seatId: "a", state: "in-call", waitingSince: null },
    { role: "guest", seatId: "b", state: "waiting", waitingSince: "2026-11-22T15:00:00.000Z" },
  ],
} as const;

describe("a room as the call is told of it", () => {
  test("has a host who leads, and a guest who waits", () => {
    const seen = callFrom({ ...live, people: [...live.people] });
    expect(seen).toMatchObject({ status: "open", generation: 2, you: { admitted: true } });
    expect(seen.parties[1]).toMatchObject({ party: "guest", seatId: "b", state: "waiting" });
  });

  test("ends by closing; what a room does not have is asked of nobody", async () => {
    const send = vi.fn(
      async (_url: string | URL | Request, _init?: RequestInit) => new Response(null, { status: 410 }),
    );
    const desk = roomDesk("r1", send);
    expect(await desk("end", "token", {})).toBe("done");
    expect(send.mock.calls[0]?.[0]).toBe("/api/rooms/r1/close");
    expect(await desk("share", "token", {})).toBe("failed");
    expect(send).toHaveBeenCalledTimes(1);
  });
});
