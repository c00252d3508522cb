import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { everyCapability, type Meeting, type Meetings, noCapability } from "../meetings";

/** What every Meetings keeps. */
export function meetingsContract(open: () => Promise<Meetings>): void {
  async function newMeeting(meetings: Meetings, maxAttendees = 6): Promise<Meeting> {
    const made = await meetings.create({
      clientToken: randomUUID(),
      externalMeetingId: `visit-${randomUUID()}`,
      maxAttendees,
    });
    if (!made.ok) throw new Error(made.error.code);
    return made.value;
  }

  describe("meetings", () => {
    test("a meeting says where its media is, in the seed's spelling", async () => {
      const meeting = await newMeeting(await open());
      expect(meeting.meetingId).not.toBe("");
      expect(meeting.mediaPlacement.signalingUrl).toMatch(/^wss?:\/\/[^?]+$/);
      expect(meeting.mediaPlacement.audioHostUrl).not.toBe("");
    });

    test("the same client token makes one meeting, however often", async () => {
      const meetings = await open();
      const request = {
        clientToken: randomUUID(),
        externalMeetingId: `visit-${randomUUID()}`,
        maxAttendees: 6,
      };
      const made = await Promise.all([1, 2, 3, 4].map(() => meetings.create(request)));
      expect(new Set(made.map((answer) => answer.ok && answer.value.meetingId)).size).toBe(1);
    });

    test("a second person is given the whole meeting", async () => {
      const meetings = await open();
      const meeting = await newMeeting(meetings);
      expect(await meetings.get(meeting.meetingId)).toEqual({ ok: true, value: meeting });
    });

    test("each attendee has a join token of their own, which a WebSocket may carry as a sub-protocol", async () => {
      const meetings = await open();
      const { meetingId } = await newMeeting(meetings);
      const both = await Promise.all(
        ["patient-1", "clinician-1"].map((externalUserId) =>
          meetings.addAttendee(meetingId, { externalUserId, capabilities: everyCapability }),
        ),
      );
      const tokens = both.map((answer) => (answer.ok ? answer.value.joinToken : ""));
      expect(new Set(tokens).size).toBe(2);
      for (const token of tokens) expect(token).toMatch(/^[\w.-]+$/);
    });

    test("who waits may be let in later", async () => {
      const meetings = await open();
      const { meetingId } = await newMeeting(meetings);
      const waiting = await meetings.addAttendee(meetingId, {
        externalUserId: "patient-1",
        capabilities: noCapability,
      });
      if (!waiting.ok) throw new Error(waiting.error.code);
      expect((await meetings.setCapabilities(meetingId, waiting.value.attendeeId, everyCapability)).ok).toBe(
        true,
      );
      expect(await meetings.setCapabilities(meetingId, randomUUID(), everyCapability)).toEqual({
        ok: false,
        error: { code: "ATTENDEE_GONE" },
      });
    });

    test("removing somebody twice, and ending twice, is done once and fails never", async () => {
      const meetings = await open();
      const { meetingId } = await newMeeting(meetings);
      const added = await meetings.addAttendee(meetingId, {
        externalUserId: "patient-1",
        capabilities: everyCapability,
      });
      if (!added.ok) throw new Error(added.error.code);
      for (const _ of [1, 2])
        expect((await meetings.removeAttendee(meetingId, added.value.attendeeId)).ok).toBe(true);
      for (const _ of [1, 2]) expect((await meetings.end(meetingId)).ok).toBe(true);
    });

    test("a meeting that ended is said to have ended", async () => {
      const meetings = await open();
      const { meetingId } = await newMeeting(meetings);
      await meetings.end(meetingId);
      expect(await meetings.get(meetingId)).toEqual({ ok: false, error: { code: "MEETING_ENDED" } });
      expect(
        await meetings.addAttendee(meetingId, { externalUserId: "late-1", capabilities: everyCapability }),
      ).toEqual({
        ok: false,
        error: { code: "MEETING_ENDED" },
      });
    });
  });
}
