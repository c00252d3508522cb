import { expect, test, vi } from "vitest";
import type { LiveState } from "@/lib/visits/answers";
import { openCall, type StartAnswer } from "./call";
import type { Started } from "./call-facts";
import type { CallMedia, MediaEvent } from "./media/media";

const started = (token: string): Started => ({
  chimeJoinInfo: {
    meeting: { meetingId: "m", externalMeetingId: "x", mediaRegion: "r", mediaPlacement: {} },
    attendee: { attendeeId: "a", externalUserId: "u", joinToken: "t" },
  },
  sessionToken: token,
  seatId: "seat",
  party: "clinician",
  admitted: true,
  generation: 1,
});

function bench(answers: StartAnswer[]) {
  let tell: (event: MediaEvent) => void = () => undefined;
  const media: CallMedia = {
    connect: async (_join, told) => {
      tell = told;
    },
    publish: vi.fn(async () => undefined),
    setMicrophone: async () => undefined,
    setSpeaker: async () => undefined,
    showTile: () => undefined,
    hangUp: vi.fn(),
    watch: vi.fn(),
    share: vi.fn(async () => undefined),
    stopSharing: vi.fn(),
    send: vi.fn(() => true),
  };
  const waiting: { ms: number; run: () => void }[] = [];
  const start = vi.fn(
    async (): Promise<StartAnswer> => answers.shift() ?? { status: "refused", code: "NONE" },
  );
  const desk = vi.fn(async (): Promise<"done" | "session-over" | "failed"> => "done");
  const stopped = vi.fn();
  const follow = vi.fn((_seat: string, _told: (live: LiveState) => void) => stopped);
  const call = openCall(
    {
      media,
      start,
      desk,
      follow,
      camera: () => null,
      play: () => undefined,
      chat: () => undefined,
      captions: () => undefined,
      now: () => 1_000,
      after: (ms, run) => {
        waiting.push({ ms, run });
        return () => undefined;
      },
    },
    { muted: false, cameraOn: false },
  );
  const next = async () => {
    waiting.shift()?.run();
    await Promise.resolve();
    await new Promise((settled) => setImmediate(settled));
  };
  return {
    call,
    media,
    start,
    desk,
    follow,
    stopped,
    waiting,
    next,
    tell: (event: MediaEvent) => tell(event),
  };
}

test("no network at Join costs a wait, not the visit", async () => {
  const it = bench([{ status: "started", started: started("one") }]);
  it.start.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  it.call.join();
  await it.next();
  expect(it.call.state()).toMatchObject({ phase: "joining", tries: 1 });
  expect(it.waiting[0]?.ms).toBe(1_000);
  await it.next();
  it.tell({ type: "media-connected", atMs: 2_000 });
  expect(it.call.state().phase).toBe("live");
});

test("after an hour the session is renewed by itself, and the press isn't lost", async () => {
  const it = bench([
    { status: "started", started: started("old") },
    { status: "started", started: started("new") },
  ]);
  it.call.join();
  await it.next();
  it.desk.mockResolvedValueOnce("session-over");
  it.call.admit("patient");
  await it.next();
  expect(it.desk.mock.calls).toEqual([
    ["admit", "old", { seatId: "patient" }],
    ["admit", "new", { seatId: "patient" }],
  ]);
});

test("an answer that comes after leaving joins nobody", async () => {
  const it = bench([{ status: "started", started: started("one") }]);
  it.call.join();
  it.call.leave();
  await it.next();
  expect(it.call.state()).toMatchObject({ phase: "ended", reason: "left" });
});

test("a cut line goes back with what the server gave last, and the server isn't asked", async () => {
  const it = bench([{ status: "started", started: started("one") }]);
  it.call.join();
  await it.next();
  it.tell({ type: "media-connected", atMs: 2_000 });
  const connect = vi.spyOn(it.media, "connect");
  it.tell({ type: "media-stopped", why: "cut", atMs: 3_000 });
  expect(connect.mock.calls[0]?.[0]).toEqual(started("one").chimeJoinInfo);
  it.tell({ type: "media-connected", atMs: 3_400 });
  expect(it.call.state().phase).toBe("live");
  expect(it.start).toHaveBeenCalledTimes(1);
});

test("leaving is told until the server has it, and the closed page then watches the visit", async () => {
  const it = bench([{ status: "started", started: started("one") }]);
  it.call.join();
  await it.next();
  it.desk.mockResolvedValueOnce("failed").mockResolvedValueOnce("failed");
  it.call.leave();
  await it.next();
  expect(it.follow).toHaveBeenCalledTimes(1); // inside
  await it.next();
  await it.next();
  expect(it.desk).toHaveBeenCalledTimes(3);
  expect(it.follow).toHaveBeenCalledTimes(2);
});

test("who goes back while their leaving is still being told has not left", async () => {
  const it = bench([
    { status: "started", started: started("one") },
    { status: "started", started: started("two") },
  ]);
  it.call.join();
  await it.next();
  it.desk.mockResolvedValue("failed");
  it.call.leave();
  await it.next();
  it.call.join();
  while (it.waiting.length > 0) await it.next();
  expect(it.desk).toHaveBeenCalledTimes(1);
  expect(it.call.state().phase).not.toBe("ended");
});

test("leaving stops the media and the following", async () => {
  const it = bench([{ status: "started", started: started("one") }]);
  it.call.join();
  await it.next();
  it.call.leave();
  expect(it.media.hangUp).toHaveBeenCalled();
  expect(it.stopped).toHaveBeenCalled();
});
