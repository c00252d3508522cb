import { expect, test } from "vitest";
import { unlessOffline } from "./unless-offline";

test("a network that is gone is told as nothing, and an answer is given on", async () => {
  expect(await unlessOffline(Promise.reject(new TypeError("Failed to fetch")))).toBeNull();
  expect(await unlessOffline(Promise.resolve(7))).toBe(7);
});

test("what is no matter of the network shows itself", async () => {
  await expect(unlessOffline(Promise.reject(new SyntaxError("no JSON")))).rejects.toThrow("no JSON");
});
