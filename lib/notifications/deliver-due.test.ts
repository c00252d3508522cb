import { expect, test } from "vitest";
import { settle } from "./deliver-due";

test("trouble that may pass is tried ten times, and then told as a failure", () => {
  const later = { kind: "later", afterMs: 2_000, failure: "TEXTER_THROTTLED" } as const;
  expect(settle(later, 1)).toEqual(later);
  expect(settle(later, 9)).toEqual(later);
  expect(settle(later, 10)).toEqual({ kind: "failed", failure: "TEXTER_THROTTLED" });
  expect(settle({ kind: "sent", providerMessageId: "m" }, 10).kind).toBe("sent");
});
