import { expect, test } from "vitest";
import { joinTokens } from "../join-token";
import { everything } from "./capabilities";
import { meetingLifeMs, openRegistry, withoutAudioMs } from "./registry";

const tokens = joinTokens(Buffer.from("a secret"));
const ask = {
  externalMeetingId: "a visit",
  mediaRegion: "us-east-1",
  meetingHostId: null,
  tenantIds: [],
  features: {},
  clientRequestToken: "token",
  request: "{}",
};
function open(load?: unknown) {
  const time = { nowMs: 1_000_000 };
  const saved: { state: unknown } = { state: null };
  const save = (state: unknown) => {
    saved.state = state;
  };
  return { registry: openRegistry({ load, save, tokens, now: () => time.nowMs }), time, saved };
}

test("a meeting ends five minutes after the last audio, and after a day whatever happens", () => {
  const { registry, time } = open();
  const meeting = registry.create(ask);
  time.nowMs += withoutAudioMs - 1;
  expect(registry.expired()).toEqual([]);
  meeting.audioAtMs = time.nowMs;
  time.nowMs += withoutAudioMs - 1;
  expect(registry.expired()).toEqual([]);
  time.nowMs += 1;
  expect(registry.expired()).toEqual([meeting]);
  time.nowMs = 1_000_000 + meetingLifeMs;
  meeting.audioAtMs = time.nowMs;
  expect(registry.expired()).toEqual([meeting]);
});

test("a crash that lost the record loses no call: the token brings it back with its first rights", () => {
  const before = open().registry;
  const meeting = before.create(ask);
  const waiting = { Audio: "None", Video: "None", Content: "None" } as const;
  const attendee = before.addAttendee(meeting, "patient", waiting);
  before.setCapabilities(attendee, everything);
  const { registry } = open();
  const admitted = registry.admit(tokens.read(attendee.joinToken)!);
  expect(admitted).toMatchObject({
    meeting: { meetingId: meeting.meetingId },
    attendee: { capabilities: waiting },
  });
});

test("no token brings back a meeting that ended, an attendee that was removed, or yesterday's meeting", () => {
  const { registry, time } = open();
  const meeting = registry.create(ask);
  const claims = tokens.read(registry.addAttendee(meeting, "patient", everything).joinToken)!;
  registry.removeAttendee(meeting, claims.attendeeId);
  expect(registry.admit(claims)).toBe("removed");
  registry.end(meeting);
  expect(registry.admit(claims)).toBe("ended");
  const lost = open();
  lost.time.nowMs = time.nowMs + meetingLifeMs + 1;
  expect(lost.registry.admit(claims)).toBe("ended");
});

test("what ended long ago is forgotten, so that the state does not grow for ever", () => {
  const { registry, time, saved } = open();
  registry.end(registry.create(ask));
  time.nowMs += 2 * meetingLifeMs + 1;
  registry.create({ ...ask, clientRequestToken: "other" });
  expect(saved.state).toHaveLength(1);
});
