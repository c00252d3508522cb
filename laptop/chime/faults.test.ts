import { expect, test } from "vitest";
import { openMediaFaults } from "./faults";

function open() {
  const names: Record<string, string> = { m1: "visit-1", m2: "check-1" };
  return openMediaFaults(
    () => 0,
    (meetingId) => names[meetingId],
  );
}
const dead = { blackhole: true, lossRate: 0, delayMs: 0 };

test("a meeting that is still to be made is named as its maker will call it, and no other suffers", () => {
  const { switches, faultOf } = open();
  switches.set({ externalMeetingId: "check-1", blackhole: true });
  expect(faultOf("m2", "anybody")).toEqual(dead);
  expect(faultOf("m1", "anybody")).toBeNull();
  expect(faultOf("m3", "anybody")).toBeNull();
  switches.set({ externalMeetingId: "check-1" });
  expect(switches.list()).toEqual([]);
});

test("the nearest target wins: an attendee, a meeting, its name, everybody", () => {
  const { switches, faultOf } = open();
  switches.set({ lossRate: 0.1 });
  switches.set({ externalMeetingId: "visit-1", lossRate: 0.2 });
  expect(faultOf("m1", "a")?.lossRate).toBe(0.2);
  switches.set({ meetingId: "m1", lossRate: 0.3 });
  expect(faultOf("m1", "a")?.lossRate).toBe(0.3);
  switches.set({ meetingId: "m1", attendeeId: "a", lossRate: 0.4 });
  expect(faultOf("m1", "a")?.lossRate).toBe(0.4);
  expect(faultOf("m2", "a")?.lossRate).toBe(0.1);
});
