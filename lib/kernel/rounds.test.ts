import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rounds } from "./rounds";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const failed = vi.fn();

test("work begins at once, comes back by the clock, and sooner when woken", async () => {
  const work = vi.fn(async () => {});
  const running = rounds({ work, everyMs: 1_000, failed });
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(999);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(work).toHaveBeenCalledTimes(2);
  running.wake();
  expect(work).toHaveBeenCalledTimes(3);
  await running.stop();
});

test("what comes during a round is seen to right after it, never beside it", async () => {
  const finish: (() => void)[] = [];
  const work = vi.fn(() => new Promise<void>((resolve) => finish.push(resolve)));
  const running = rounds({ work, everyMs: 1_000, failed });
  running.wake();
  running.wake();
  expect(work).toHaveBeenCalledTimes(1);
  finish.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(work).toHaveBeenCalledTimes(2);
  const stopped = running.stop();
  finish.shift()?.();
  await stopped;
});

test("a failed round is told, and the next one comes", async () => {
  const work = vi.fn(async () => {
    throw new Error("away");
  });
  const running = rounds({ work, everyMs: 1_000, failed });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(work).toHaveBeenCalledTimes(2);
  expect(failed).toHaveBeenCalledTimes(2);
  await running.stop();
});

test("stopping waits for the round under way and starts no other", async () => {
  let finish = () => {};
  const work = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const running = rounds({ work, everyMs: 1_000, failed });
  let stopped = false;
  const stopping = running.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stopped).toBe(false);
  finish();
  await stopping;
  running.wake();
  expect(work).toHaveBeenCalledTimes(1);
});
