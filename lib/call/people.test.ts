import { expect, test } from "vitest";
import type { LiveState } from "@/lib/visits/answers";
import type { Inside } from "./call-state";
import { peopleInCall, type Someone } from "./people";
import { planStage } from "./stage-plan";

type Party = LiveState["parties"][number];
const party = (seatId: string, change: Partial<Party> = {}): Party => ({
  seatId,
  party: "patient",
  guestId: null,
  name: seatId,
  state: "in-call",
  waitingSince: null,
  maySpeak: true,
  ...change,
});

function inside(parties: Party[], change: Partial<Inside> = {}): Inside {
  return {
    phase: "live",
    sinceMs: 0,
    muted: false,
    cameraOn: true,
    seat: { seatId: "me", party: "clinician", generation: 1 },
    admitted: true,
    mediaUp: true,
    everUp: true,
    restarting: false,
    tries: 0,
    live: {
      status: "ACTIVE",
      generation: 1,
      now: "2026-11-21T10:00:00Z",
      you: {
        admitted: true,
        removed: false,
        rejoin: false,
        maySpeak: true,
        mayShare: false,
      },
      parties: [party("me", { party: "clinician" }), ...parties],
    },
    aheadMs: 0,
    others: "here",
    seen: {},
    tiles: [],
    talking: [],
    lastTalker: null,
    othersMuted: [],
    quality: "good",
    qualities: {},
    pictures: { shown: true },
    picturesKeptUntilMs: 0,
    pictureMissingSinceMs: null,
    talkedSinceMs: null,
    sharing: { mine: "off", asked: false, askers: [], trouble: null },
    deciding: null,
    trouble: null,
    ...change,
  };
}
const camera = (who: string, tileId = 1) => ({ tileId, who, screen: false });

test("a picture is shown under the name that the server has for its seat", () => {
  const people = peopleInCall(
    inside([party("walter")], {
      tiles: [camera("walter", 7)],
      seen: { walter: "here" },
      othersMuted: ["walter"],
    }),
  );
  expect(people).toMatchObject([{ name: "walter", tileId: 7, seen: "here", muted: true, talking: false }]);
});

test("who only waits is not among those in the call, and a picture of theirs would be nobody's", () => {
  expect(
    peopleInCall(inside([party("walter", { state: "waiting" })], { tiles: [camera("walter")] })),
  ).toEqual([]);
});

test("where the meeting names nobody, the one other person is who is seen", () => {
  const people = peopleInCall(inside([party("walter")], { tiles: [camera("attendee-1", 3)] }));
  expect(people).toMatchObject([{ name: "walter", tileId: 3, seatId: "walter" }]);
});

test("a patient who came back with another link is one person, not two", () => {
  const people = peopleInCall(
    inside([party("old"), party("new")], { seen: { new: "here" }, tiles: [camera("new", 2)] }),
  );
  expect(people).toMatchObject([{ seatId: "new", tileId: 2 }]);
});

const someone = (who: string): Someone => ({
  who,
  name: who,
  party: "patient",
  seatId: who,
  tileId: 1,
  seen: "here",
  talking: false,
  muted: false,
  maySpeak: true,
  quality: null,
});
const three = ["a", "b", "c"].map(someone);

test("one other person fills the stage, several stand alike until somebody is wanted large", () => {
  expect(planStage([someone("a")], [], { kind: "tiled" }, null).kind).toBe("one");
  expect(planStage(three, [], { kind: "tiled" }, "b").kind).toBe("tiles");
  expect(planStage(three, [], { kind: "speaker" }, "b")).toMatchObject({
    kind: "large",
    person: { who: "b" },
  });
  expect(planStage(three, [], { kind: "pinned", who: "c" }, "b")).toMatchObject({ person: { who: "c" } });
});

test("somebody pinned who left leaves the rest alike", () => {
  expect(planStage(three, [], { kind: "pinned", who: "gone" }, null).kind).toBe("tiles");
});

test("a shared screen is largest, with its owner's name, and nobody's face is lost", () => {
  const screen = { tileId: 9, who: "b", screen: true };
  expect(planStage(three, [screen], { kind: "pinned", who: "c" }, null)).toMatchObject({
    kind: "screen",
    tileId: 9,
    owner: { who: "b" },
    strip: three,
  });
});
