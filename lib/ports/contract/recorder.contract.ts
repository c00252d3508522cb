import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Meetings } from "../meetings";
import type { Recorder } from "../recorder";

/** What every Recorder keeps. */
export function recorderContract(
  open: () => Promise<{ recorder: Recorder; meetings: Pick<Meetings, "create" | "end"> }>,
): void {
  async function recorded(withPicture = false) {
    const { recorder, meetings } = await open();
    const [token, externalMeetingId] = [randomUUID(), `room-${randomUUID()}`];
    const made = await meetings.create({ clientToken: randomUUID(), externalMeetingId, maxAttendees: 2 });
    if (!made.ok) throw new Error(made.error.code);
    const { meetingId } = made.value;
    const place = `rooms/${token}`;
    const started = await recorder.start({ token, meetingId, place, withPicture });
    if (!started.ok) throw new Error(started.error.code);
    const { captureId } = started.value;
    const stop = () => recorder.stop({ token, captureId, place });
    async function found() {
      const look = async () => {
        const file = await recorder.find(place);
        return file.ok ? file.value : null;
      };
      await expect.poll(look, { timeout: 5_000 }).not.toBeNull();
      return (await look())!;
    }
    return { recorder, meetings, meetingId, token, place, withPicture, captureId, stop, found };
  }
  const tick = () => new Promise((resolve) => setTimeout(resolve, 60)); // something to record: three frames
  const done = { ok: true, value: undefined };

  describe("recorder", () => {
    test("one recording is started once and stopped once, however often it is asked for", async () => {
      const { recorder, meetingId, token, place, withPicture, captureId, stop } = await recorded();
      const again = await recorder.start({ token, meetingId, place, withPicture });
      expect(again).toEqual({ ok: true, value: { captureId } });
      expect(await recorder.isRunning(captureId)).toEqual({ ok: true, value: true });
      await tick();
      expect([await stop(), await stop()]).toEqual([done, done]);
      expect(await recorder.isRunning(captureId)).toEqual({ ok: true, value: false });
    });

    test("it ends with its meeting, and its file is there all the same", async () => {
      const { recorder, meetings, meetingId, captureId, stop, found } = await recorded();
      await tick();
      await meetings.end(meetingId);
      expect(await recorder.isRunning(captureId)).toEqual({ ok: true, value: false });
      expect(await stop()).toEqual(done);
      expect((await found()).bytes).toBeGreaterThan(0);
      const another = { token: randomUUID(), meetingId, place: "rooms/late", withPicture: false };
      const late = await recorder.start(another);
      expect(late).toEqual({ ok: false, error: { code: "MEETING_ENDED" } });
    });

    test("is read whole and in parts; beyond the end there is nothing", async () => {
      const { recorder, stop, found } = await recorded();
      await tick();
      await stop();
      const { key, bytes } = await found();
      const read = async (range: { from: number; to: number } | null) => {
        const answer = await recorder.read(key, range);
        if (!answer.ok) return answer.error.code;
        const body = Buffer.from(await new Response(answer.value.body).arrayBuffer());
        return { ...answer.value, body };
      };
      const whole = await read(null);
      if (typeof whole === "string") throw new Error(whole);
      expect(whole).toMatchObject({
        total: bytes,
        range: { from: 0, to: bytes - 1 },
        contentType: "audio/mp4",
      });
      expect(whole.body.length).toBe(bytes);
      const part = await read({ from: 4, to: 7 });
      expect(part).toMatchObject({ range: { from: 4, to: 7 }, total: bytes });
      expect(typeof part === "string" ? part : part.body.toString("latin1")).toBe("ftyp");
      expect(await read({ from: bytes, to: bytes + 9 })).toBe("RANGE_UNKNOWN");
      expect(await recorder.read(`${key}.none`, null)).toEqual({
        ok: false,
        error: { code: "RECORDING_GONE" },
      });
    });

    test("one with a picture is a film, also where nobody showed any", async () => {
      const { recorder, stop, found } = await recorded(true);
      await tick();
      await stop();
      const answer = await recorder.read((await found()).key, null);
      expect(answer).toMatchObject({ ok: true, value: { contentType: expect.stringMatching(/^video\//) } });
      if (answer.ok) await answer.value.body.cancel();
    });

    test("what is locked goes for nobody before its time; what is not goes for good", async () => {
      const locked = await recorded();
      await tick();
      await locked.stop();
      const { key } = await locked.found();
      expect(await locked.recorder.lock(key, new Date(Date.now() + 60_000))).toEqual(done);
      expect(await locked.recorder.remove(locked.place)).toEqual({
        ok: false,
        error: { code: "RECORDING_LOCKED" },
      });
      expect((await locked.recorder.read(key, null)).ok).toBe(true);
      const free = await recorded();
      await tick();
      await free.stop();
      await free.found();
      expect(await free.recorder.remove(free.place)).toEqual(done);
      expect(await free.recorder.find(free.place)).toEqual({ ok: true, value: null });
      expect(await free.recorder.remove(free.place)).toEqual(done);
    });
  });
}
