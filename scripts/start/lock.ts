import { link, readFile, rename, rm } from "node:fs/promises";
import { z } from "zod";
import { errorCode } from "./halt";
import { writePrivateJson } from "./private-file";
import { identify } from "./process-alive";

const holderSchema = z.object({
  pid: z.number(),
  startedAt: z.string(),
  appUrl: z.string().optional(),
  children: z.array(z.number()).default([]),
});
/** Who holds a lock, and what it left for the next one should it be killed. */
export type Holder = z.infer<typeof holderSchema>;

export type Lock = {
  /** The one before us, when it was killed holding the lock. */
  predecessor: Holder | null;
  /** Notes for whoever comes next: where the app is, and which processes to wait for. */
  note(about: { appUrl?: string; children: number[]; services?: Record<string, number> }): Promise<void>;
  release(): Promise<void>;
};

/**
 * Takes a lock that is a file, or tells who has it. A process that died holding it is recognised by its id and start
 * time together, so that a reused id holds nothing.
 */
export async function tryLock(file: string): Promise<{ lock: Lock } | { heldBy: Holder }> {
  const self = await identify(process.pid);
  const mine: Holder = { pid: process.pid, startedAt: self?.startedAt ?? "", children: [] };
  const beside = `${file}.${process.pid}.mine`;
  await writePrivateJson(beside, mine);
  let predecessor: Holder | null = null;
  try {
    while (!(await linkOnce(beside, file))) {
      const { text, holder } = await readHolder(file);
      if (holder && (await isRunning(holder))) return { heldBy: holder };
      await clearStale(file, text);
      predecessor = holder;
    }
  } finally {
    await rm(beside, { force: true });
  }
  let written: Promise<void> = Promise.resolve();
  const lock: Lock = {
    predecessor,
    note: (about) => {
      // One after the other, so that the latest stands in the end.
      written = written.catch(() => {}).then(() => writePrivateJson(file, { ...mine, ...about }));
      return written;
    },
    async release() {
      await written.catch(() => {}); // whoever wrote the note has been told
      await rm(file, { force: true });
    },
  };
  return { lock };
}

/** A hard link is made or refused in one step, with its content in place. */
async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function readHolder(file: string): Promise<{ text: string; holder: Holder | null }> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  });
  try {
    return { text, holder: holderSchema.parse(JSON.parse(text)) };
  } catch {
    return { text, holder: null }; // cut off by a crash: it names nobody who could be running
  }
}

async function isRunning(holder: Holder): Promise<boolean> {
  const found = await identify(holder.pid);
  return found !== null && found.startedAt === holder.startedAt;
}

/** Of two that find the same stale lock one may already have replaced it; what was not stale is put back. */
async function clearStale(file: string, text: string): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw error;
  }
  if ((await readFile(aside, "utf8")) === text) await rm(aside, { force: true });
  else await rename(aside, file);
}
