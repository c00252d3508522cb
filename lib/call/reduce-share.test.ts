import { expect, test } from "vitest";
import type { LiveParty, LiveState } from "@/lib/visits/answers";
import type { CallEvent, CallState, Effect } from "./call-state";
import { idle, isInside } from "./call-state";
import { reduceCall } from "./reduce-call";
import { sharer } from "./reduce-share";

const atMs = 1_000;
const inside = (party: "patient" | "clinician", name: string): LiveParty => ({
  seatId: `${party}-seat`,
  party,
  guestId: null,
  name,
  state: "in-call",
  waitingSince: null,
  maySpeak: true,
});
function live(party: "patient" | "clinician", mayShare: boolean): CallEvent {
  const view: LiveState = {
    status: "ACTIVE",
    generation: 1,
    now: "2026-11-21T10:00:00Z",
    you: { party, admitted: true, removed: false, rejoin: false, maySpeak: true, mayShare },
    lateMinutes: null,
    lateUntil: null,
    parties: [inside("patient", "Patient"), inside("clinician", "Dr. Jane")],
  };
  return { type: "live", live: view, atMs };
}
function inCall(party: "patient" | "clinician", mayShare = false): CallState {
  const started = {
    chimeJoinInfo: {
      meeting: { meetingId: "m", externalMeetingId: "x", mediaRegion: "r", mediaPlacement: {} },
      attendee: { attendeeId: "a", externalUserId: "u", joinToken: "t" },
    },
    sessionToken: "s",
    seatId: `${party}-seat`,
    party,
    admitted: true,
    generation: 1,
  };
  const events: CallEvent[] = [
    { type: "join", atMs },
    { type: "started", started, atMs },
    { type: "media-connected", atMs },
    live(party, mayShare),
  ];
  return play(idle({ muted: false, cameraOn: true }), events).state;
}
function play(from: CallState, events: CallEvent[]) {
  let state = from;
  const done: Effect[] = [];
  for (const event of events) {
    const step = reduceCall(state, event);
    state = step.state;
    done.push(...step.effects);
  }
  return { state, done };
}
const sharing = (state: CallState) => (isInside(state) ? state.sharing : null);
const screenOf = (who: string): CallEvent => ({
  type: "tiles",
  tiles: [{ tileId: 9, who, screen: true }],
  atMs,
});

test("a patient shows nothing before the clinician's leave has come from the server", () => {
  const asked = play(inCall("patient"), [{ type: "share" }, { type: "share-ask" }, { type: "share" }]);
  expect(asked.done).toEqual([{ do: "ask-to-share" }]);
  expect(sharing(asked.state)).toMatchObject({ mine: "off", asked: true });
  const allowed = play(asked.state, [live("patient", true), { type: "share" }]);
  expect(allowed.done).toContainEqual({ do: "share" });
});

test("a clinician is asked once, however often it is sent, and only by somebody inside", () => {
  const { state, done } = play(inCall("clinician"), [
    { type: "share-asked", who: "stranger" },
    { type: "share-asked", who: "patient-seat" },
    { type: "share-asked", who: "patient-seat" },
  ]);
  expect(sharing(state)?.askers).toEqual(["patient-seat"]);
  expect(done).toEqual([{ do: "play", sound: "knock" }]);
  const answered = play(state, [{ type: "share-answer", seatId: "patient-seat", mayShare: true }]);
  expect(answered.done).toEqual([{ do: "let-share", seatId: "patient-seat", mayShare: true }]);
  expect(sharing(answered.state)?.askers).toEqual([]);
});

test("a patient's page takes no askers: it can't let anybody", () => {
  expect(
    sharing(play(inCall("patient"), [{ type: "share-asked", who: "clinician-seat" }]).state)?.askers,
  ).toEqual([]);
});

test("one screen at a time: while somebody's is up, another can't begin", () => {
  const { state, done } = play(inCall("clinician"), [screenOf("patient-seat"), { type: "share" }]);
  expect(done).toEqual([]);
  expect(isInside(state) && sharer(state)).toBe("patient-seat");
});

test("the browser's own stop ends it, and closing the chooser is no trouble", () => {
  const on = play(inCall("clinician"), [{ type: "share" }, { type: "share-told", now: "on" }]);
  expect(sharing(on.state)?.mine).toBe("on");
  expect(sharing(play(on.state, [{ type: "share-told", now: "off" }]).state)).toMatchObject({
    mine: "off",
    trouble: null,
  });
});

test("a screen that nobody could be shown is said so, and never thought to be seen", () => {
  const { state } = play(inCall("clinician"), [{ type: "share" }, { type: "share-told", now: "failed" }]);
  expect(sharing(state)).toMatchObject({ mine: "off", trouble: "failed" });
});

test("a session made anew shows no screen, and its owner knows", () => {
  const { state } = play(inCall("clinician"), [
    { type: "share" },
    { type: "share-told", now: "on" },
    { type: "media-stopped", why: "lost", atMs },
  ]);
  expect(sharing(state)).toMatchObject({ mine: "off", trouble: "failed" });
});

test("a leave that is taken back ends the showing, and its owner reads so", () => {
  const { state, done } = play(inCall("patient", true), [
    { type: "share" },
    { type: "share-told", now: "on" },
    live("patient", false),
  ]);
  expect(done).toContainEqual({ do: "share-stop" });
  expect(sharing(state)).toMatchObject({ mine: "off", trouble: "stopped" });
});

test("when two begin at the same moment the patient's gives way", () => {
  const { state, done } = play(inCall("patient", true), [
    { type: "share" },
    { type: "share-told", now: "on" },
    screenOf("clinician-seat"),
  ]);
  expect(done).toContainEqual({ do: "share-stop" });
  expect(sharing(state)?.mine).toBe("off");
  const clinician = play(inCall("clinician"), [
    { type: "share" },
    { type: "share-told", now: "on" },
    screenOf("patient-seat"),
  ]);
  expect(sharing(clinician.state)?.mine).toBe("on");
});

test("a patient who is refused reads so, by the clinician's word alone, and may ask again", () => {
  const asked = play(inCall("patient"), [{ type: "share-ask" }]).state;
  const others = play(asked, [
    { type: "share-refused", who: "stranger", seatId: "patient-seat" },
    { type: "share-refused", who: "clinician-seat", seatId: "somebody-else" },
  ]).state;
  expect(sharing(others)).toMatchObject({ asked: true, trouble: null });
  const refused = play(asked, [
    { type: "share-refused", who: "clinician-seat", seatId: "patient-seat" },
  ]).state;
  expect(sharing(refused)).toMatchObject({ asked: false, trouble: "refused" });
  expect(play(refused, [{ type: "share-ask" }]).done).toEqual([{ do: "ask-to-share" }]);
});

test("a wish that is taken back or refused asks nothing of the clinician any more, nor of the server", () => {
  const asked = play(inCall("clinician"), [{ type: "share-asked", who: "patient-seat" }]).state;
  expect(sharing(play(asked, [{ type: "share-unasked", who: "patient-seat" }]).state)?.askers).toEqual([]);
  const refused = play(asked, [{ type: "share-answer", seatId: "patient-seat", mayShare: false }]);
  expect(refused.done).toEqual([{ do: "refuse-share", seatId: "patient-seat" }]);
  const gaveUp = play(inCall("patient"), [{ type: "share-ask" }, { type: "share-withdrawn" }]);
  expect(gaveUp.done).toContainEqual({ do: "unask-to-share" });
});

test("an answer that the server did not take is still to be given", () => {
  const { state } = play(inCall("clinician"), [
    { type: "share-asked", who: "patient-seat" },
    { type: "share-answer", seatId: "patient-seat", mayShare: true },
    { type: "share-not-told", seatId: "patient-seat" },
  ]);
  expect(sharing(state)).toMatchObject({ askers: ["patient-seat"], trouble: "not-told" });
});
