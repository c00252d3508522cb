import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import type { SupportNow } from "@/lib/support-calls/support-now";
import en from "@/messages/en/support.json";
import es from "@/messages/es/support.json";
import { nowWords } from "./now-words";

const english = createTranslator({ locale: "en", messages: en, namespace: "support.now" });
const spanish = createTranslator({ locale: "es", messages: es, namespace: "support.now" });
const now = new Date("2026-11-23T15:00:00Z"); // 10 in the morning of a Monday in New York
const reader = { timeZone: "America/New_York", tag: "en-US", now };
const at = (time: string) => new Date(time);
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ") ?? null;

function say(opening: SupportNow["opening"], line: SupportNow["line"] = null, more: object = {}) {
  const said = nowWords(english, { opening, line, timeZone: "America/Chicago" }, { ...reader, ...more });
  return { ...said, opening: plain(said.opening) };
}

describe("what a caller reads before the call", () => {
  test.each([
    ["2026-11-24T01:00:00Z", "Open until 8:00 PM"],
    ["2026-11-24T05:00:00Z", "Open until midnight"],
    ["2026-11-24T07:00:00Z", "Open until tomorrow, 2:00 AM"],
    [null, "We are open day and night"],
  ])("open until %s: %s", (until, words) => {
    expect(say({ open: true, until: until ? at(until) : null }).opening).toBe(words);
  });

  test.each([
    ["2026-11-23T23:00:00Z", "We open again at 6:00 PM."],
    ["2026-11-24T13:00:00Z", "We open again tomorrow at 8:00 AM."],
    ["2026-11-30T13:00:00Z", "We open again on Monday, November 30 at 8:00 AM."],
    [null, "Call another day, or call us by phone."],
  ])("closed until %s: %s, and nothing of a wait", (opensAt, words) => {
    const said = say(
      { open: false, opensAt: opensAt ? at(opensAt) : null },
      { agentsStaffed: 0, waitSeconds: 9 },
    );
    expect(said).toEqual({ closed: true, opening: words, wait: null });
  });

  test("whose zone nobody knows is told the contact centre's own clock, and which it is", () => {
    const said = say({ open: true, until: at("2026-11-24T01:00:00Z") }, null, { timeZone: null });
    expect(said.opening).toBe("Open until 7:00 PM Central Time");
  });

  test("in Spanish no second full stop follows a time", () => {
    const { opening } = nowWords(
      spanish,
      { opening: { open: false, opensAt: at("2026-11-24T18:00:00Z") }, line: null, timeZone: "UTC" },
      { ...reader, tag: "es-US" },
    );
    expect(plain(opening)).toMatch(/^Volvemos a abrir mañana a las 1:00 p\. ?m\.$/);
  });

  test.each([
    [{ agentsStaffed: 2, waitSeconds: 0 }, "People wait less than a minute now"],
    [{ agentsStaffed: 2, waitSeconds: 170 }, "People wait about 2 to 5 minutes now"],
    [{ agentsStaffed: 2, waitSeconds: 4_000 }, "People wait more than 30 minutes now"],
    [{ agentsStaffed: 0, waitSeconds: 0 }, "Nobody is at the phone right now. You can wait in line."],
    [{ agentsStaffed: 2, waitSeconds: null }, null],
    [{ agentsStaffed: null, waitSeconds: null }, null],
    [null, null],
  ])("of %j it says: %s", (line, words) => {
    expect(say(null, line)).toEqual({ closed: false, opening: null, wait: words });
  });
});
