import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stateFile } from "./state-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "state-"));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const open = (failed: (cause: unknown) => void = () => {}) => stateFile(folder, "inbox", failed);

test("the last of many changes is on disk within a fifth of a second", () => {
  const file = open();
  for (let count = 0; count < 100; count++) file.save({ count });
  vi.advanceTimersByTime(200);
  expect(open().load()).toEqual({ count: 99 });
});

test("what is saved at once is on disk when the call returns, and nothing older overwrites it", () => {
  const file = open();
  file.save("old");
  file.saveNow("new");
  vi.advanceTimersByTime(1_000);
  expect(open().load()).toBe("new");
});

test("closing keeps what waited", () => {
  const file = open();
  file.save("last");
  file.close();
  expect(open().load()).toBe("last");
});

test("only whole files have the state's name", () => {
  open().saveNow({ big: "x".repeat(100_000) });
  expect(readdirSync(folder)).toEqual(["inbox.json"]);
});

test("a write that fails is told, and made good with the next change", () => {
  const failures: unknown[] = [];
  const file = open((cause) => failures.push(cause));
  rmSync(folder, { recursive: true }); // a disk that went away; a mode would not stop root
  file.save("lost");
  vi.advanceTimersByTime(200);
  expect(failures).toHaveLength(1);
  mkdirSync(folder);
  file.save("kept");
  vi.advanceTimersByTime(200);
  expect(open().load()).toBe("kept");
});

test("damaged state stops the start and stays as it is", () => {
  const name = path.join(folder, "inbox.json");
  writeFileSync(name, '{"half":');
  expect(() => open().load()).toThrow(/inbox\.json is damaged/);
  expect(readFileSync(name, "utf8")).toBe('{"half":');
});
