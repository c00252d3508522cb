import { describe, expect, test } from "vitest";
import type { LiveState } from "@/lib/visits/answers";
import type { LiveCall, Started } from "./call-facts";
import { type CallEvent, type CallState, type Effect, idle, isInside } from "./call-state";
import { otherParty } from "./other-party";
import { backOffMs, reduceCall } from "./reduce-call";
import { isFrozen } from "./settle";

const wish = { muted: false, cameraOn: true };

function startedAs(party: "patient" | "clinician", generation = 1): Started {
  return {
    chimeJoinInfo: {
      meeting: { meetingId: "m", externalMeetingId: "x", mediaRegion: "us-east-1", mediaPlacement: {} },
      attendee: { attendeeId: "a", externalUserId: "u", joinToken: "t" },
    },
    sessionToken: "s",
    seatId: `${party}-seat`,
    party,
    admitted: party === "clinician",
    generation,
  };
}

function liveFor(
  party: "patient" | "clinician",
  change: Partial<LiveState> & { admitted?: boolean } = {},
): LiveState {
  const { admitted = party === "clinician", ...rest } = change;
  return {
    status: "ACTIVE",
    generation: 1,
    now: "2026-11-21T10:00:00Z",
    you: { party, admitted, removed: false, rejoin: false, maySpeak: true, mayShare: false },
    lateMinutes: null,
    lateUntil: null,
    parties: [
      {
        seatId: "patient-seat",
        party: "patient",
        guestId: null,
        name: "Patient",
        state: admitted && party === "patient" ? "in-call" : "waiting",
        waitingSince: "2026-11-21T09:51:00Z",
        maySpeak: true,
      },
      {
        seatId: "clinician-seat",
        party: "clinician",
        guestId: null,
        name: "Dr. Jane",
        state: "in-call",
        waitingSince: null,
        maySpeak: true,
      },
    ],
    ...rest,
  };
}

/** Plays events, a second apart, and keeps what was to be done. */
function play(events: CallEvent[], from: CallState = idle(wish)) {
  let state = from;
  const done: Effect[] = [];
  for (const event of events) {
    const step = reduceCall(state, event);
    state = step.state;
    done.push(...step.effects);
  }
  return { state, done };
}

const at = (atMs: number) => ({ atMs });
const join: CallEvent = { type: "join", ...at(0) };
const started = (party: "patient" | "clinician", generation = 1): CallEvent => ({
  type: "started",
  started: startedAs(party, generation),
  ...at(1_000),
});
const connected: CallEvent = { type: "media-connected", ...at(2_000) };
const live = (view: LiveCall, atMs = 3_000): CallEvent => ({ type: "live", live: view, atMs });
const inCall = [join, started("patient"), connected, live(liveFor("patient", { admitted: true }))];
const talked: CallEvent[] = [
  ...inCall,
  { type: "presence", others: "here", seen: { "clinician-seat": "here" }, ...at(3_500) },
];

describe("a patient who joins", () => {
  test("waits, and sends neither sound nor picture before being let in", () => {
    const { state, done } = play([join, started("patient"), connected]);
    expect(state.phase).toBe("waiting");
    expect(done).toContainEqual({ do: "publish", microphone: false, picture: "covered" });
    expect(done).not.toContainEqual(expect.objectContaining({ picture: "shown" }));
    expect(done).not.toContainEqual(expect.objectContaining({ do: "publish", microphone: true }));
  });

  test("is seen and heard from the moment of being let in, and hears the chime", () => {
    const { state, done } = play(inCall);
    expect(state.phase).toBe("live");
    expect(done).toContainEqual({ do: "publish", microphone: true, picture: "shown" });
    expect(done).toContainEqual({ do: "play", sound: "come-in" });
  });

  test("a student who only listens sends nothing, is sent out once the clinician lets them speak, and hears so", () => {
    const view = (maySpeak: boolean) => {
      const now = liveFor("patient", { admitted: true });
      return live({ ...now, you: { ...now.you, maySpeak } });
    };
    const student: CallEvent = {
      type: "started",
      started: { ...startedAs("patient"), party: "student" },
      ...at(1_000),
    };
    const silent = play([join, student, connected, view(false)]);
    expect(silent.state.phase).toBe("live");
    expect(silent.done).not.toContainEqual(expect.objectContaining({ microphone: true }));
    const speaking = play([view(true)], silent.state);
    expect(speaking.done).toContainEqual({ do: "publish", microphone: true, picture: "shown" });
    expect(speaking.done).toContainEqual({ do: "play", sound: "come-in" });
    const again = play([view(false)], speaking.state);
    expect(again.done).toEqual([{ do: "publish", microphone: false, picture: "off" }]);
  });

  test("pressing Join twice starts once", () => {
    expect(play([join, join]).done).toEqual([{ do: "start", afterMs: 0 }]);
  });

  test("who muted before being let in stays muted", () => {
    const { done } = play([...inCall.slice(0, 3), { type: "set-muted", muted: true }, ...inCall.slice(3)]);
    expect(done.filter((effect) => effect.do === "publish").at(-1)).toEqual({
      do: "publish",
      microphone: false,
      picture: "shown",
    });
  });

  test("a camera that the media plane offers to who waits is the clinician's yes: nobody waits for the page's own news", () => {
    const shown: CallEvent = { type: "cameras", cameras: 1, atMs: 4_000 };
    const { state, done } = play([join, started("patient"), connected, live(liveFor("patient")), shown]);
    expect(state).toMatchObject({ phase: "live", admitted: true });
    expect(done).toContainEqual({ do: "publish", microphone: true, picture: "shown" });
    expect(done.filter((effect) => effect.do === "play")).toEqual([{ do: "play", sound: "come-in" }]);
    const late = play([live(liveFor("patient", { admitted: true }), 5_000)], state);
    expect(late.done).toEqual([]);
  });

  test("a late view from before the admission doesn't send them back to wait", () => {
    const { state } = play([...inCall, live(liveFor("patient", { admitted: false }), 4_000)]);
    expect(state.phase).toBe("live");
  });
});

describe("a busy cloud", () => {
  test("is asked again by itself, at its own pace or ours, whichever is slower", () => {
    const { state, done } = play([join, { type: "busy", retryAfterMs: 5_000, ...at(100) }]);
    expect(state).toMatchObject({ phase: "joining", tries: 1, retryAtMs: 5_100 });
    expect(done.at(-1)).toEqual({ do: "start", afterMs: 5_000 });
  });

  test("the pauses grow to eight seconds and no further", () => {
    expect([0, 1, 2, 3, 9].map(backOffMs)).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
  });

  test("who stops trying isn't joined by a late answer", () => {
    const { state } = play([join, { type: "leave", ...at(500) }, started("patient")]);
    expect(state).toMatchObject({ phase: "ended", reason: "left" });
  });
});

describe("a line that breaks", () => {
  test("is live again when the sound is, and the timer goes on", () => {
    const { state } = play([
      ...inCall,
      { type: "presence", others: "here", seen: { "clinician-seat": "here" }, ...at(3_500) },
      { type: "media-reconnecting", ...at(9_000) },
      { type: "media-connected", ...at(10_000) },
    ]);
    expect(state).toMatchObject({ phase: "live", talkedSinceMs: 3_500, quality: "good" });
  });

  test("that the engine gives up is started again with the same link, once", () => {
    const lost: CallEvent = { type: "media-stopped", why: "lost", ...at(9_000) };
    const { state, done } = play([...inCall, lost, lost]);
    expect(state.phase).toBe("reconnecting");
    expect(done.filter(({ do: deed }) => deed === "start")).toHaveLength(2);
  });

  test("that is only cut goes back to its place without a word to the server; cut again before it was there, it asks", () => {
    const cut: CallEvent = { type: "media-stopped", why: "cut", ...at(9_000) };
    const once = play([...inCall, cut]);
    expect(once.state).toMatchObject({ phase: "reconnecting", tiles: [] });
    expect(once.done.at(-1)).toEqual({ do: "connect-again" });
    expect(play([...inCall, cut, { type: "media-connected", ...at(9_400) }]).state.phase).toBe("live");
    expect(play([...inCall, cut, cut]).done.at(-1)).toMatchObject({ do: "start" });
  });

  test("a meeting made anew is joined without a press", () => {
    const { state, done } = play([
      ...inCall,
      live(liveFor("patient", { admitted: true, generation: 2 }), 5_000),
      started("patient", 2),
    ]);
    expect(done.filter(({ do: deed }) => deed === "connect")).toHaveLength(2);
    expect(isInside(state) && state.seat.generation).toBe(2);
  });

  test("a visit that ended meanwhile is over, not lost", () => {
    const { state } = play([
      ...talked,
      { type: "media-stopped", why: "ended", ...at(9_000) },
      { type: "refused", code: "VISIT_ENDED", ...at(9_100) },
    ]);
    expect(state).toMatchObject({ phase: "ended", reason: "over", talked: { fromMs: 3_500, toMs: 9_100 } });
  });
});

describe("an end", () => {
  test.each([
    ["COMPLETED", "over"],
    ["CANCELLED", "cancelled"],
  ] as const)("%s, told by the server, hangs up", (status, reason) => {
    const { state, done } = play([...inCall, live(liveFor("patient", { status }), 8_000)]);
    expect(state).toMatchObject({ phase: "ended", reason });
    expect(done.at(-1)).toEqual({ do: "hang-up" });
  });

  test("leaving tells the server, and the same link goes back in", () => {
    const { state, done } = play([...inCall, { type: "leave", ...at(9_000) }]);
    expect(done).toContainEqual({ do: "tell-left" });
    expect(play([{ type: "join", ...at(10_000) }], state).state.phase).toBe("joining");
  });

  test("who left by choice learns it by themselves when the visit ends for all, and their talk is not forgotten", () => {
    const { state } = play([...talked, { type: "leave", ...at(9_000) }]);
    const told = play([{ type: "told" }], state);
    expect(told.done).toEqual([{ do: "follow", seatId: "patient-seat" }]);
    expect(play([live(liveFor("patient"), 10_000)], told.state).state).toMatchObject({ reason: "left" });
    for (const [status, reason] of [
      ["COMPLETED", "over"],
      ["NO_SHOW", "over"],
      ["CANCELLED", "cancelled"],
    ] as const) {
      const over = play([live(liveFor("patient", { status }), 20_000)], told.state);
      expect(over.state).toMatchObject({
        phase: "ended",
        reason,
        seatId: "patient-seat",
        talked: { fromMs: 3_500, toMs: 9_000 },
      });
      expect(over.done).toContainEqual({ do: "stop-following" });
    }
  });

  test("is not watched as gone before the server knows that they left", () => {
    const { done } = play([...inCall, { type: "leave", ...at(9_000) }]);
    expect(done.filter(({ do: deed }) => deed === "follow")).toHaveLength(1); // the one from joining
  });

  test("who presses “Go back” after the end is told that it is over, and keeps what was theirs to say", () => {
    const left = play([...talked, { type: "leave", ...at(9_000) }]).state;
    const { state } = play(
      [
        { type: "join", ...at(10_000) },
        { type: "refused", code: "VISIT_ENDED", ...at(10_100) },
      ],
      left,
    );
    expect(state).toMatchObject({
      phase: "ended",
      reason: "over",
      seatId: "patient-seat",
      talked: { fromMs: 3_500, toMs: 9_000 },
    });
  });

  test("an end for all that didn't reach the server is not called done", () => {
    const { state } = play([join, started("clinician"), connected, { type: "end", ...at(9_000) }]);
    const failed = play([{ type: "not-told", what: "end" }], state);
    expect(failed.state).toMatchObject({ phase: "ended", endNotTold: true });
    const again = play([{ type: "end", ...at(10_000) }], failed.state);
    expect(again.done).toEqual([{ do: "tell-end" }]);
    expect(play([{ type: "told" }], again.state).state).toMatchObject({ endNotTold: false });
  });

  test("another tab that took the seat isn't fought over", () => {
    const { state, done } = play([...inCall, { type: "media-stopped", why: "elsewhere", ...at(9_000) }]);
    expect(state).toMatchObject({ phase: "ended", reason: "elsewhere" });
    expect(done.filter(({ do: deed }) => deed === "start")).toHaveLength(1);
  });

  test("a spent link sends its reader to the door's own page", () => {
    expect(play([join, { type: "refused", code: "TOKEN_REUSED", ...at(1) }]).state).toMatchObject({
      reason: "link",
    });
  });
});

describe("a clinician", () => {
  test("goes in at once and hears one knock for a patient who waits", () => {
    const { state, done } = play([
      join,
      started("clinician"),
      connected,
      live(liveFor("clinician")),
      live(liveFor("clinician"), 4_000),
    ]);
    expect(state.phase).toBe("live");
    expect(done.filter(({ do: deed }) => deed === "play")).toEqual([{ do: "play", sound: "knock" }]);
  });

  test("doesn't take a silent waiting patient for one who is in", () => {
    const { state } = play([
      join,
      started("clinician"),
      connected,
      live(liveFor("clinician")),
      { type: "presence", others: "here", seen: { "clinician-seat": "here" }, ...at(3_500) },
    ]);
    expect(isInside(state) && otherParty(state).state).toBe("waiting");
  });

  test("an admission that failed can be pressed again", () => {
    const inside = play([join, started("clinician"), connected, live(liveFor("clinician"))]).state;
    const { state, done } = play(
      [
        { type: "admit", seatId: "patient-seat" },
        { type: "not-told", what: "admit" },
      ],
      inside,
    );
    expect(done).toEqual([{ do: "admit", seatId: "patient-seat" }]);
    expect(state).toMatchObject({ deciding: null, trouble: "admit" });
  });
});

describe("the other side", () => {
  const met = play([
    ...inCall,
    { type: "presence", others: "here", seen: { "clinician-seat": "here" }, ...at(3_500) },
  ]).state;
  test("whose line was weak is, once cut off, no longer said to have a weak line", () => {
    const who = "clinician-seat";
    const here: CallEvent = { type: "presence", others: "here", seen: { [who]: "here" }, ...at(3_500) };
    const weak: CallEvent = { type: "other-quality", who, quality: "weak" };
    const cut: CallEvent = { type: "presence", others: "dropped", seen: { [who]: "dropped" }, ...at(9_000) };
    expect(play([...inCall, here, weak]).state).toMatchObject({ qualities: { [who]: "weak" } });
    expect(play([...inCall, here, weak, cut]).state).toMatchObject({ qualities: {} });
  });

  const otherAfter = (others: "nobody" | "dropped") => {
    const { state } = play([{ type: "presence", others, seen: {}, ...at(6_000) }], met);
    return isInside(state) ? otherParty(state).state : null;
  };
  test("cut off is coming back; gone by choice has left", () => {
    expect([otherAfter("dropped"), otherAfter("nobody")]).toEqual(["coming-back", "left"]);
  });
  test("never here yet isn't called gone", () => {
    const { state } = play(inCall);
    expect(isInside(state) && otherParty(state).state).toBe("absent");
  });
});

describe("a line that is too weak for pictures", () => {
  const bad: CallEvent = { type: "quality", quality: "bad", ...at(10_000) };
  const publishes = (done: Effect[]) => done.filter((effect) => effect.do === "publish").at(-1);

  test("keeps the sound: cameras stop both ways, and it is known why", () => {
    const { state, done } = play([...inCall, bad]);
    expect(state).toMatchObject({ pictures: { shown: false, why: "by-line" } });
    expect(done).toContainEqual({ do: "watch", cameras: false });
    expect(publishes(done)).toEqual({ do: "publish", microphone: true, picture: "off" });
  });

  test("gives the pictures back when asked, and doesn't take them again at once", () => {
    const asked: CallEvent[] = [bad, { type: "pictures-on", ...at(20_000) }];
    const again: CallEvent[] = [
      { type: "quality", quality: "weak", ...at(25_000) },
      { type: "quality", quality: "bad", ...at(30_000) },
    ];
    const back = play([...inCall, ...asked, ...again]);
    expect(back.state).toMatchObject({ pictures: { shown: true }, quality: "bad" });
    expect(publishes(back.done)).toEqual({ do: "publish", microphone: true, picture: "shown" });
    const later: CallEvent[] = [
      { type: "quality", quality: "weak", ...at(90_000) },
      { type: "quality", quality: "bad", ...at(95_000) },
    ];
    expect(play(later, back.state).state).toMatchObject({ pictures: { shown: false } });
  });

  test("sound alone by choice stays so, however good the line is", () => {
    const { state } = play([
      ...inCall,
      { type: "pictures-off", ...at(5_000) },
      { type: "quality", quality: "fair", ...at(6_000) },
      { type: "quality", quality: "good", ...at(16_000) },
    ]);
    expect(state).toMatchObject({ pictures: { shown: false, why: "by-choice" } });
  });

  test("takes nothing away before somebody was let in, nor while the line is down", () => {
    const { state } = play([join, started("patient"), connected, bad]);
    expect(state).toMatchObject({ pictures: { shown: true } });
    const down = play([...inCall, { type: "media-reconnecting", ...at(9_000) }, bad]);
    expect(down.state).toMatchObject({ quality: "none", pictures: { shown: true } });
  });
});

describe("a picture that goes", () => {
  const tile = { tileId: 1, who: "clinician-seat", screen: false };
  const here: CallEvent = {
    type: "presence",
    others: "here",
    seen: { "clinician-seat": "here" },
    ...at(3_500),
  };
  const seen: CallEvent[] = [...inCall, here, { type: "tiles", tiles: [tile], ...at(3_600) }];
  const frozenAfter = (events: CallEvent[], atMs: number) => {
    const { state } = play(events, play(seen).state);
    return isInside(state) && isFrozen(state, atMs);
  };
  const cut: CallEvent[] = [
    { type: "media-reconnecting", ...at(9_000) },
    { type: "tiles", tiles: [], ...at(9_100) },
  ];
  const back: CallEvent = { type: "media-connected", ...at(20_000) };

  test("stays as it was until the new one is on the screen: no blank stage after a reconnect", () => {
    expect(frozenAfter(cut, 15_000)).toBe(true);
    expect(frozenAfter([...cut, back], 20_100)).toBe(true);
    expect(frozenAfter([...cut, back, { type: "picture" }], 20_200)).toBe(false);
  });

  test("isn't waited for longer than six seconds: its owner turned the camera off meanwhile", () => {
    expect(frozenAfter([...cut, back], 26_100)).toBe(false);
  });

  test("by its owner's choice is gone at once", () => {
    expect(frozenAfter([{ type: "tiles", tiles: [], ...at(9_000) }], 9_100)).toBe(false);
  });
});

describe("who is large", () => {
  const talks = (...talking: string[]): CallEvent => ({ type: "talking", talking });
  const lastAfter = (...events: CallEvent[]) => {
    const { state } = play([...inCall, ...events]);
    return isInside(state) ? state.lastTalker : null;
  };
  test("stays large in a pause and while talking at once with another; oneself never is", () => {
    expect(lastAfter(talks("a"), talks())).toBe("a");
    expect(lastAfter(talks("a"), talks("b", "a"))).toBe("a");
    expect(lastAfter(talks("a"), talks("b"))).toBe("b");
    expect(lastAfter(talks("me"))).toBeNull();
  });
});

describe("a room", () => {
  const seat = (party: "host" | "guest"): CallEvent => ({
    type: "started",
    started: { ...startedAs("clinician"), party, seatId: `${party}-seat`, admitted: party === "host" },
    ...at(1_000),
  });
  const room = (change: Partial<LiveCall> = {}): CallEvent =>
    live({
      status: "open",
      generation: 1,
      now: "2026-11-21T10:00:00Z",
      you: { admitted: true, removed: false, rejoin: false },
      parties: [
        { seatId: "host-seat", party: "host", name: "", state: "in-call", waitingSince: null },
        { seatId: "guest-seat", party: "guest", name: "", state: "waiting", waitingSince: null },
      ],
      ...change,
    });

  test("tells its host of a guest who waits, and counts them as outside", () => {
    const { state, done } = play([join, seat("host"), connected, room()]);
    expect(done).toContainEqual({ do: "play", sound: "knock" });
    expect(isInside(state) && otherParty(state).state).toBe("waiting");
  });

  test("lets its guest in with a sound", () => {
    const { state, done } = play([join, seat("guest"), connected, room()]);
    expect(state).toMatchObject({ phase: "live", admitted: true });
    expect(done).toContainEqual({ do: "play", sound: "come-in" });
  });

  test.each(["closed", "expired"] as const)("is over when it is %s", (status) => {
    expect(play([join, seat("guest"), connected, room({ status })]).state).toMatchObject({ reason: "over" });
  });

  test.each([
    ["ROOM_FULL", "full"],
    ["ROOM_REMOVED", "link"],
    ["ROOM_EXPIRED", "link"],
  ])("that answers %s ends as %s", (code, reason) => {
    expect(play([join, { type: "refused", code, ...at(1) }]).state).toMatchObject({ reason });
  });
});
