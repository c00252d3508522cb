import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Meetings } from "../meetings";
import type { Transcriber } from "../transcriber";

/** What every Transcriber keeps. */
export function transcriberContract(
  open: () => Promise<{ transcriber: Transcriber; meetings: Pick<Meetings, "create" | "end"> }>,
): void {
  async function meet() {
    const { transcriber, meetings } = await open();
    const externalMeetingId = `visit-${randomUUID()}`;
    const made = await meetings.create({ clientToken: randomUUID(), externalMeetingId, maxAttendees: 6 });
    if (!made.ok) throw new Error(made.error.code);
    return { transcriber, meetings, meetingId: made.value.meetingId };
  }

  describe("transcriber", () => {
    test("starting twice and stopping twice is done once and fails never, in each language", async () => {
      const { transcriber, meetingId } = await meet();
      for (const language of ["en", "es", "es"] as const)
        expect(await transcriber.start(meetingId, language)).toEqual({ ok: true, value: undefined });
      for (const _ of [1, 2])
        expect(await transcriber.stop(meetingId)).toEqual({ ok: true, value: undefined });
    });

    test("a meeting that ended is said to have ended, and stopping there is success", async () => {
      const { transcriber, meetings, meetingId } = await meet();
      await meetings.end(meetingId);
      expect(await transcriber.start(meetingId, "en")).toEqual({
        ok: false,
        error: { code: "MEETING_ENDED" },
      });
      expect((await transcriber.stop(meetingId)).ok).toBe(true);
    });
  });
}
