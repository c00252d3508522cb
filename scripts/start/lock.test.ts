import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryLock } from "./lock";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("of many that want a folder at once, one gets it and the others learn who", async () => {
  const file = path.join(folder, "lock");
  const first = await tryLock(file);
  expect(first).toHaveProperty("lock");
  for (const answer of [await tryLock(file), await tryLock(file)])
    expect(answer).toMatchObject({ heldBy: { pid: process.pid } });
});

test("a killed launcher's hold is taken over, with the processes it left to wait for", async () => {
  const file = path.join(folder, "lock");
  // Our own id with another start time: what a reused process id looks like.
  await writeFile(file, JSON.stringify({ pid: process.pid, startedAt: "long ago", children: [7] }));
  const answer = await tryLock(file);
  expect(answer).toMatchObject({ lock: { predecessor: { children: [7] } } });
});

test("a lock that a full disk cut off keeps nobody out", async () => {
  const file = path.join(folder, "lock");
  await writeFile(file, "");
  expect(await tryLock(file)).toMatchObject({ lock: { predecessor: null } });
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid });
});

test("released, it is free again", async () => {
  const file = path.join(folder, "lock");
  const first = await tryLock(file);
  if (!("lock" in first)) throw new Error("not locked");
  await first.lock.release();
  expect(await tryLock(file)).toHaveProperty("lock");
});
