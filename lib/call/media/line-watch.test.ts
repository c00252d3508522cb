import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { lineWatch } from "./line-watch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const stuck = vi.fn();
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  };
  return { stuck, watch: lineWatch(after, stuck) };
}

test("a caller whose line breaks in the middle of a negotiation gets a new session in a third of a second, not in fifteen", () => {
  const { watch, stuck } = watched();
  watch.dropped();
  vi.advanceTimersByTime(299);
  expect(stuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(stuck).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(stuck).toHaveBeenCalledOnce();
});

test("a drop that the SDK acts on is left to the SDK", () => {
  const { watch, stuck } = watched();
  watch.dropped();
  vi.advanceTimersByTime(150);
  watch.moved();
  vi.advanceTimersByTime(60_000);
  expect(stuck).not.toHaveBeenCalled();
});

test("whoever hung up is left alone", () => {
  const { watch, stuck } = watched();
  watch.dropped();
  watch.close();
  vi.advanceTimersByTime(60_000);
  expect(stuck).not.toHaveBeenCalled();
});
