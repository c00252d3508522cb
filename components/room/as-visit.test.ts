import { describe, expect, test, vi } from "vitest";
import { liveFrom, roomDesk, startAnswerFrom } from "./as-visit";

const live = {
  state: "open",
  generation: 2,
  now: "2026-11-22T15:00:00.000Z",
  expiresAt: "2026-11-22T16:00:00.000Z",
  locked: false,
  you: { role: "host", admitted: true, removed: false, rejoin: false },
  people: [
    { role: "host", seatId: "a", state: "in-call", waitingSince: null },
    { role: "guest", seatId: "b", state: "waiting", waitingSince: "2026-11-22T15:00:00.000Z" },
  ],
} as const;

describe("a room as the call's engine sees it", () => {
  test("has its host where a clinician is, and a guest who waits like a patient", () => {
    const seen = liveFrom({ ...live, people: [...live.people] });
    expect(seen).toMatchObject({ status: "ACTIVE", generation: 2, you: { party: "clinician" } });
    expect(seen.parties[1]).toMatchObject({ party: "patient", seatId: "b", state: "waiting" });
  });

  test("is over when it was closed or ran out", () => {
    for (const state of ["closed", "expired"] as const)
      expect(liveFrom({ ...live, people: [], state }).status).toBe("COMPLETED");
  });

  test("sends whoever may not come in to the link's own page", () => {
    expect(startAnswerFrom({ status: "refused", code: "ROOM_REMOVED" })).toMatchObject({
      code: "TOKEN_REVOKED",
    });
    expect(startAnswerFrom({ status: "refused", code: "ROOM_FULL" })).toMatchObject({ code: "MEETING_FULL" });
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
