import { describe, expect, test, vi } from "vitest";
import { err } from "@/lib/kernel/result";
import { memoryContactCentre } from "@/lib/ports/testing/memory-contact-centre";
import { readSupportNow } from "./support-now";

const office = { timeZone: "UTC", spans: [{ date: "2026-11-23", from: 8 * 60, until: 20 * 60 }] };
const line = { agentsStaffed: 2, waitSeconds: 170 };

function begin() {
  let nowMs = Date.parse("2026-11-23T10:00:00Z");
  const contactCentre = memoryContactCentre();
  Object.assign(contactCentre.support, { hours: office, line });
  const log = { warn: vi.fn(), error: vi.fn() };
  const deps = { contactCentre, clock: { now: () => new Date(nowMs) }, log: log as never };
  return {
    deps,
    contactCentre,
    log,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe("what is said before a call", () => {
  test("that it is open until when, and how the line is", async () => {
    const { deps } = begin();
    expect(await readSupportNow(deps)).toEqual({
      opening: { open: true, until: new Date("2026-11-23T20:00:00Z") },
      timeZone: "UTC",
      line,
    });
  });

  test("a hundred pages at once are two questions; after some seconds there are two more", async () => {
    const { deps, contactCentre, pass } = begin();
    await Promise.all(Array.from({ length: 100 }, () => readSupportNow(deps)));
    expect(contactCentre.faults.calls).toHaveLength(2);
    pass(5_001);
    await readSupportNow(deps);
    expect(contactCentre.faults.calls).toHaveLength(4);
  });

  test("the hour it closes is kept to the second, though the hours were asked before", async () => {
    const { deps, contactCentre, pass } = begin();
    pass(10 * 3_600_000 - 1_000);
    expect((await readSupportNow(deps)).opening?.open).toBe(true);
    pass(1_000);
    expect((await readSupportNow(deps)).opening?.open).toBe(false);
    expect(contactCentre.faults.calls).toHaveLength(2);
  });

  test("throttled, away or set up wrongly: nothing is said, the log has why, and it is asked again", async () => {
    const { deps, contactCentre, log, pass } = begin();
    contactCentre.faults.fail("openingHours", "throttle");
    contactCentre.faults.fail("lineNow", "crash");
    expect(await readSupportNow(deps)).toEqual({ opening: null, timeZone: null, line: null });
    expect(log.warn).toHaveBeenCalledWith({ what: "hours", refusal: "CLOUD_THROTTLED" }, expect.anything());
    expect(log.error).toHaveBeenCalledOnce();
    pass(5_001);
    expect((await readSupportNow(deps)).line).toEqual(line);
  });

  test("not set up: nothing is said, and nothing is logged", async () => {
    const { deps, contactCentre, log } = begin();
    Object.assign(contactCentre.support, { hours: null, line: null });
    expect(await readSupportNow(deps)).toEqual({ opening: null, timeZone: null, line: null });
    expect([log.warn, log.error].every(({ mock }) => mock.calls.length === 0)).toBe(true);
  });

  test("a contact centre that does not answer holds a page for 600 ms; what it says later is there for the next", async () => {
    vi.useFakeTimers();
    try {
      const { deps, contactCentre } = begin();
      let answer = (_: { ok: true; value: typeof office }) => {};
      contactCentre.openingHours = () =>
        new Promise((resolve) => {
          answer = resolve;
        });
      contactCentre.lineNow = () => Promise.resolve(err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1 }));
      const first = readSupportNow(deps);
      await vi.advanceTimersByTimeAsync(600);
      expect(await first).toEqual({ opening: null, timeZone: null, line: null });
      answer({ ok: true, value: office });
      expect((await readSupportNow(deps)).opening?.open).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
