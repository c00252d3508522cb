import { expect, test } from "vitest";
import { linkExpiry, plannedEndOf, windowEndsAt } from "./window";

const visit = { scheduledAt: new Date("2026-11-23T20:00:00Z"), durationMinutes: 30 };
const now = new Date("2026-11-23T19:00:00Z");

test("a visit may be joined until 15 minutes after its planned end", () => {
  expect(plannedEndOf(visit).toISOString()).toBe("2026-11-23T20:30:00.000Z");
  expect(windowEndsAt(visit).toISOString()).toBe("2026-11-23T20:45:00.000Z");
});

test("a link without a lifetime lasts until the window closes", () => {
  expect(linkExpiry(visit, now)).toEqual({ expiresAt: windowEndsAt(visit), warnings: [] });
});

test("a lifetime is honoured to the minute, and one that ends too early says so", () => {
  expect(linkExpiry(visit, now, 90)?.expiresAt.toISOString()).toBe("2026-11-23T20:30:00.000Z");
  expect(linkExpiry(visit, now, 90)?.warnings).toEqual([]);
  expect(linkExpiry(visit, now, 20)?.warnings).toEqual(["LINK_ENDS_BEFORE_VISIT"]);
  expect(linkExpiry(visit, now, 60)?.warnings).toEqual([]);
});

test("no link is made for a window that has closed", () => {
  expect(linkExpiry(visit, windowEndsAt(visit))).toBeNull();
  expect(linkExpiry(visit, new Date(windowEndsAt(visit).getTime() - 1))).not.toBeNull();
});
