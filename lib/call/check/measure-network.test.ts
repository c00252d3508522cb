import { expect, test } from "vitest";
import { measureNetwork } from "./measure-network";

/** A way to our server on which each word takes so long and each kB so much more; null: it does not come through. */
function line(given: { roundTripMs: number; downKbps: number; upKbps: number } | null) {
  let at = 0;
  const asked: string[] = [];
  const answer = async (to: unknown, how?: RequestInit): Promise<Response> => {
    asked.push(String(to));
    if (!given) throw new TypeError("Failed to fetch");
    const up = String(how?.body ?? "").length;
    const down = String(to) === "/api/probe" && how?.method !== "POST" ? 192 * 1024 : 0;
    at += given.roundTripMs + (up * 8) / given.upKbps + (down * 8) / given.downKbps;
    return new Response("{}");
  };
  return { asked, measure: () => measureNetwork({ fetch: answer as typeof fetch, now: () => at }) };
}

test("a good line is called good, and a slow one slow, with its figures", async () => {
  expect(await line({ roundTripMs: 30, downKbps: 20_000, upKbps: 8_000 }).measure()).toMatchObject({
    network: "good",
    roundTripMs: 30,
  });
  const slow = await line({ roundTripMs: 250, downKbps: 600, upKbps: 400 }).measure();
  expect(slow).toMatchObject({ network: "slow", roundTripMs: 250 });
  expect(slow.upKbps).toBeGreaterThan(200);
  expect(slow.upKbps).toBeLessThan(400);
});

test("a line that is fast one way only is as good as its worse way", async () => {
  expect(await line({ roundTripMs: 30, downKbps: 20_000, upKbps: 300 }).measure()).toMatchObject({
    network: "slow",
  });
  expect(await line({ roundTripMs: 30, downKbps: 20_000, upKbps: 60 }).measure()).toMatchObject({
    network: "bad",
  });
});

test("a long way round is slow however much goes through", async () => {
  expect(await line({ roundTripMs: 900, downKbps: 20_000, upKbps: 20_000 }).measure()).toMatchObject({
    network: "bad",
  });
});

test("who cannot reach us learns that, and nothing is measured in vain", async () => {
  const none = line(null);
  expect(await none.measure()).toEqual({ network: "none", downKbps: null, upKbps: null, roundTripMs: null });
  expect(none.asked).toEqual(["/api/health"]);
});
