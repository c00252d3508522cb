import { expect, test } from "vitest";
import { isOpen, statusOf } from "./status";

const at = new Date("2026-11-23T20:00:00Z");
const none = { startedAt: null, endedAt: null, cancelledAt: null, noShowAt: null };

test("a visit's status follows from its instants alone", () => {
  expect(statusOf(none)).toBe("SCHEDULED");
  expect(statusOf({ ...none, startedAt: at })).toBe("ACTIVE");
  expect(statusOf({ ...none, startedAt: at, endedAt: at })).toBe("COMPLETED");
  expect(statusOf({ ...none, noShowAt: at })).toBe("NO_SHOW");
  expect(statusOf({ ...none, cancelledAt: at })).toBe("CANCELLED");
});

test("nothing reopens a closed visit", () => {
  expect(statusOf({ ...none, startedAt: at, cancelledAt: at })).toBe("CANCELLED");
  expect((["SCHEDULED", "ACTIVE"] as const).every(isOpen)).toBe(true);
  expect((["COMPLETED", "CANCELLED", "NO_SHOW"] as const).some(isOpen)).toBe(false);
});
