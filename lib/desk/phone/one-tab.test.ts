import { expect, test } from "vitest";
import { oneTab } from "./one-tab";

type Asked = { grant: (lock: Lock | null) => unknown; options: LockOptions; end: (cause: Error) => void };

/** The browser's locks, as far as they are used: one holder, those who wait, and who steals. */
function browserLocks() {
  let holder: Asked | null = null;
  const waiting: Asked[] = [];
  function give(asked: Asked, done: () => void): void {
    holder = asked;
    void Promise.resolve(asked.grant({} as Lock)).then(() => {
      if (holder === asked) holder = null;
      done();
      const next = holder ? undefined : waiting.shift();
      if (next) give(next, () => undefined);
    });
  }
  const request = (_name: string, options: LockOptions, grant: Asked["grant"]) =>
    new Promise<void>((resolve, reject) => {
      const asked = { grant, options, end: reject };
      if (options.steal) {
        holder?.end(new DOMException("stolen", "AbortError"));
        return give(asked, resolve);
      }
      if (!holder) return give(asked, resolve);
      if (options.ifAvailable) return resolve(void grant(null));
      waiting.push(asked);
      options.signal?.addEventListener("abort", () => {
        waiting.splice(waiting.indexOf(asked), 1);
        reject(new DOMException("aborted", "AbortError"));
      });
    });
  return { request } as unknown as LockManager;
}
const settle = () => new Promise((resolve) => setImmediate(resolve));
function openTab(locks: LockManager | undefined) {
  const told: boolean[] = [];
  const tab = oneTab(locks, "desk", (here) => told.push(here));
  return { ...tab, told };
}

test("the first tab speaks, the second does not, until the first is closed", async () => {
  const locks = browserLocks();
  const [first, second] = [openTab(locks), openTab(locks)];
  await settle();
  expect([first.told, second.told]).toEqual([[true], [false]]);
  first.stop();
  await settle();
  expect(second.told).toEqual([false, true]);
});

test("a tab may take the place; the other is told, and has it back when the taker is closed", async () => {
  const locks = browserLocks();
  const [first, second] = [openTab(locks), openTab(locks)];
  await settle();
  second.take();
  await settle();
  expect([first.told, second.told]).toEqual([
    [true, false],
    [false, true],
  ]);
  second.stop();
  await settle();
  expect(first.told).toEqual([true, false, true]);
});

test("where a browser has no locks, every tab speaks", () => {
  expect(openTab(undefined).told).toEqual([true]);
});
