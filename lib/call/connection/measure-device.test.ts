import { afterEach, expect, test, vi } from "vitest";
import { findingsOf, nothingMeasured } from "@/lib/kernel/connection";
import { measureDevice, rate } from "./measure-device";

const before = { framesEncoded: 10, framesDecoded: 9, encodeMs: 60, decodeMs: 30 };
const calm = Array.from({ length: 48 }, () => 2);
const found = (given: ReturnType<typeof rate>) => findingsOf({ ...nothingMeasured, ...given });

test("a quick device: what each picture cost since the warm-up, and how many came out again", () => {
  const after = { framesEncoded: 47, framesDecoded: 46, encodeMs: 245, decodeMs: 104 };
  const measured = rate(before, after, 2_500, calm);
  expect(measured).toEqual({ framesPerSecond: 14.8, frameMs: 7, lateMs: 2 });
  expect(found(measured)).toEqual([]);
});

test("a device whose encoder cannot keep up is slow, and so is one from which no picture came at all", () => {
  const after = { framesEncoded: 30, framesDecoded: 28, encodeMs: 1_100, decodeMs: 400 };
  expect(found(rate(before, after, 2_500, calm))).toEqual(["device-slow"]);
  expect(rate(before, before, 2_500, calm)).toMatchObject({ framesPerSecond: 0, frameMs: null });
  expect(found(rate(before, before, 2_500, calm))).toEqual(["device-slow"]);
});

test("a page that comes late now and then is not slow; one that nearly always does is", () => {
  const after = { framesEncoded: 47, framesDecoded: 46, encodeMs: 245, decodeMs: 104 };
  expect(found(rate(before, after, 2_500, [...calm, 400, 500]))).toEqual([]);
  expect(found(rate(before, after, 2_500, [120, 130, 90, 150, 240, 110, 180, 130, 125, 160]))).toEqual([
    "device-slow",
  ]);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A browser whose connections fail like this as soon as they are used. @returns what is left open. */
function browserThat(fails: () => never) {
  const open = new Set<unknown>();
  const track = { stop: () => open.delete(track) };
  const canvas = {
    getContext: () => null,
    captureStream: () => {
      open.add(track);
      return { getTracks: () => [track] };
    },
  };
  class Connection {
    constructor() {
      open.add(this);
    }
    addTrack = fails;
    close = () => open.delete(this);
  }
  vi.stubGlobal(
    "HTMLCanvasElement",
    class {
      captureStream() {}
    },
  );
  vi.stubGlobal("document", { createElement: () => canvas });
  vi.stubGlobal("RTCPeerConnection", Connection);
  return open;
}

test("where a browser forbids connections the device stays untold, and nothing stays open", async () => {
  const open = browserThat(() => {
    throw new DOMException("forbidden", "NotAllowedError");
  });
  expect(await measureDevice(new AbortController().signal)).toEqual({
    framesPerSecond: null,
    frameMs: null,
    lateMs: null,
  });
  expect(open.size).toBe(0);
});

test("a fault of our own is not taken for a browser that lacks something, and nothing stays open either", async () => {
  const open = browserThat(() => {
    throw new TypeError("our own");
  });
  await expect(measureDevice(new AbortController().signal)).rejects.toThrow("our own");
  expect(open.size).toBe(0);
});
