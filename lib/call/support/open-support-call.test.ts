import { describe, expect, test, vi } from "vitest";
import type { OwnCallNow } from "@/lib/support-calls/follow-own-call";
import type { CallMedia, MediaEvent } from "../media/media";
import { openSupportCall } from "./open-support-call";
import type { StartSupport, SupportDoors } from "./support-call";

const callId = "0b0f5c1e-0000-4000-8000-000000000001";
const call = (change: Partial<OwnCallNow> = {}): OwnCallNow => ({
  callId,
  route: "webrtc",
  topic: "visit",
  status: "waiting",
  startedAt: "2026-11-22T15:00:00.000Z",
  connectedAt: null,
  endedAt: null,
  held: false,
  handedOn: false,
  agent: null,
  place: null,
  ...change,
});
const join = { meeting: {}, attendee: { attendeeId: "a" } } as Extract<StartSupport, { ok: true }>["join"];

function opened(answer: StartSupport = { ok: true, callId, join, joined: false }) {
  const told: { server?: (now: OwnCallNow) => void; media?: (event: MediaEvent) => void } = {};
  const timers: (() => void)[] = [];
  const beats: (() => void)[] = [];
  const media = {
    connect: vi.fn<CallMedia["connect"]>(async (_join, tell) => {
      told.media = tell;
    }),
    publish: vi.fn<CallMedia["publish"]>(async () => undefined),
    hangUp: vi.fn(),
  };
  const stopped = vi.fn();
  const doors = {
    start: vi.fn<SupportDoors["start"]>(async () => answer),
    look: vi.fn<SupportDoors["look"]>(async () => null),
    follow: vi.fn<SupportDoors["follow"]>((_id, tell) => {
      told.server = tell;
      return stopped;
    }),
    here: vi.fn<SupportDoors["here"]>(async () => undefined),
    press: vi.fn<SupportDoors["press"]>(async () => true),
    end: vi.fn<SupportDoors["end"]>(async () => true),
  };
  const keep = vi.fn();
  const support = openSupportCall({
    doors,
    media: media as unknown as CallMedia,
    play: () => undefined,
    keep,
    after: (ms, run) => {
      const due = ms === 15_000 ? beats : timers;
      due.push(run);
      return () => void due.splice(due.indexOf(run), 1);
    },
  });
  const up = () => told.media?.({ type: "media-connected", atMs: 0 });
  return { support, doors, media, keep, told, timers, beats, stopped, up };
}

describe("a call to the contact centre", () => {
  test("is begun once, however often it is pressed; a refusal leaves the page as it was", async () => {
    const { support, doors } = opened();
    await Promise.all([support.start("visit"), support.start("visit"), support.start(null)]);
    expect(doors.start).toHaveBeenCalledTimes(1);
    expect(support.state().phase).toBe("open");
    const refused = opened({ ok: false, code: "SESSION_TOO_OLD", retryAfterSeconds: null });
    await refused.support.start(null);
    expect(refused.support.state()).toMatchObject({ phase: "ready", refused: { code: "SESSION_TOO_OLD" } });
    expect(refused.media.connect).not.toHaveBeenCalled();
  });

  test("keeps its place in line where it was not asked this time, and loses it when somebody answers", async () => {
    const { support, told } = opened();
    await support.start(null);
    told.server?.(call({ place: { position: 2, waitSeconds: 90 } }));
    told.server?.(call());
    expect(support.state().call?.place?.position).toBe(2);
    told.server?.(call({ status: "connected", agent: "Sam" }));
    expect(support.state().call).toMatchObject({ place: null, agent: "Sam" });
  });

  test("a reload or another page leaves it open; the end is told by whoever ends it, until it is known", async () => {
    const { support, doors, media, timers, keep } = opened();
    await support.start(null);
    doors.end.mockResolvedValueOnce(false);
    support.hangUp();
    support.hangUp();
    expect(support.state().phase).toBe("over");
    expect(media.hangUp).toHaveBeenCalled();
    expect(keep).toHaveBeenLastCalledWith(null);
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    timers[0]?.();
    expect(doors.end).toHaveBeenCalledTimes(2);
    const left = opened();
    await left.support.start(null);
    left.support.close();
    expect(left.doors.end).not.toHaveBeenCalled();
    expect(left.keep).toHaveBeenLastCalledWith(callId);
  });

  test("is over as soon as its meeting is, and says then how long it was", async () => {
    const { support, doors, told, up, stopped } = opened();
    await support.start(null);
    up();
    told.server?.(call({ status: "connected", connectedAt: "2026-11-22T15:01:00.000Z" }));
    doors.look.mockResolvedValueOnce(call({ status: "ended", endedAt: "2026-11-22T15:05:00.000Z" }));
    told.media?.({ type: "media-stopped", why: "ended", atMs: 0 });
    expect(support.state().phase).toBe("over");
    expect(stopped).toHaveBeenCalled();
    await vi.waitFor(() => expect(support.state().call?.endedAt).toBe("2026-11-22T15:05:00.000Z"));
    support.again();
    expect(support.state()).toMatchObject({ phase: "ready", call: null });
  });

  test("another window takes the voice, and this one can take it back", async () => {
    const { support, media, told, up } = opened();
    await support.start(null);
    up();
    told.media?.({ type: "media-stopped", why: "elsewhere", atMs: 0 });
    expect(support.state()).toMatchObject({ phase: "open", voice: "elsewhere" });
    support.takeBack();
    expect(media.connect).toHaveBeenCalledTimes(2);
  });

  test("says that its caller is there as long as they are: not from a window that gave the voice away, nor when it is over", async () => {
    const { support, doors, told, beats, up } = opened();
    await support.start(null);
    expect(doors.here).toHaveBeenCalledWith(callId);
    beats.shift()?.();
    expect(doors.here).toHaveBeenCalledTimes(2);
    up();
    told.media?.({ type: "media-stopped", why: "elsewhere", atMs: 0 });
    beats.shift()?.();
    expect(doors.here).toHaveBeenCalledTimes(2);
    support.takeBack();
    beats.shift()?.();
    expect(doors.here).toHaveBeenCalledTimes(3);
    support.hangUp();
    expect(beats).toEqual([]);
  });

  test("a line that is lost is built again, and stays muted if it was", async () => {
    const { support, media, told, timers, up } = opened();
    await support.start(null);
    up();
    support.setMuted(true);
    told.media?.({ type: "media-stopped", why: "lost", atMs: 0 });
    expect(support.state().voice).toBe("back-soon");
    timers[0]?.();
    up();
    expect(media.connect).toHaveBeenCalledTimes(2);
    expect(media.publish).toHaveBeenLastCalledWith(expect.objectContaining({ microphone: false }));
  });

  test("keys go out one by one and are shown; one that was not heard is said", async () => {
    const { support, doors } = opened();
    await support.press("1");
    expect(doors.press).not.toHaveBeenCalled();
    await support.start(null);
    await support.press("4");
    doors.press.mockResolvedValueOnce(false);
    await support.press("#");
    expect(doors.press.mock.calls).toEqual([
      [callId, "4"],
      [callId, "#"],
    ]);
    expect(support.state()).toMatchObject({ typed: "4#", keysFailed: true });
  });
});
