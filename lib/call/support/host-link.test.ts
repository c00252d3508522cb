import { expect, test, vi } from "vitest";
import { type OurWindow, openHostLink } from "./host-link";

const bank = "https://bank.example";

function windowOf(given: { framed?: boolean; opened?: boolean } = {}) {
  const host = { postMessage: vi.fn() };
  const heard: Array<(event: unknown) => void> = [];
  const self: Record<string, unknown> = {
    opener: given.opened ? host : null,
    addEventListener: (_type: string, listener: (event: unknown) => void) => heard.push(listener),
    removeEventListener: () => heard.pop(),
  };
  self.parent = given.framed ? host : self;
  return {
    self: self as unknown as OurWindow,
    host,
    hear: (event: object) => {
      for (const listener of heard) listener(event);
    },
  };
}
const open = (self: OurWindow, told = vi.fn(), claimed = bank) =>
  openHostLink(self, { claimed, origins: [bank, "https://help.bank.example"], told });

test.each([{ framed: true }, { opened: true }])(
  "a listed page that holds ours is told to its exact origin, and heard: %o",
  (how) => {
    const { self, host, hear } = windowOf(how);
    const told = vi.fn();
    const link = open(self, told);
    link?.say({ vouchsafe: "ready" });
    expect(host.postMessage).toHaveBeenCalledWith({ vouchsafe: "ready" }, bank);
    hear({ source: host, origin: bank, data: { vouchsafe: "handover", handover: "t", more: 1 } });
    expect(told).toHaveBeenCalledExactlyOnceWith({ vouchsafe: "handover", handover: "t" });
    link?.close();
    hear({ source: host, origin: bank, data: { vouchsafe: "no-handover" } });
    expect(told).toHaveBeenCalledOnce();
  },
);

test("nobody else is heard: another window, another origin (also one that is listed), another message", () => {
  const { self, host, hear } = windowOf({ framed: true });
  const told = vi.fn();
  open(self, told);
  const data = { vouchsafe: "handover", handover: "t" };
  hear({ source: {}, origin: bank, data });
  for (const origin of ["https://evil.example", "null", "https://help.bank.example", `${bank}.evil.example`])
    hear({ source: host, origin, data });
  for (const odd of [null, "handover", {}, { vouchsafe: "handover" }, { vouchsafe: "handover", handover: 1 }])
    hear({ source: host, origin: bank, data: odd });
  expect(told).not.toHaveBeenCalled();
});

test("a page that claims to be of no listed origin, or that nobody holds, gets no link", () => {
  const { self, host } = windowOf({ framed: true });
  expect(open(self, vi.fn(), "https://evil.example")).toBeNull();
  expect(open(self, vi.fn(), "")).toBeNull();
  expect(open(windowOf().self)).toBeNull();
  expect(host.postMessage).not.toHaveBeenCalled();
});
