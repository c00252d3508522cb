import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { bundleProcesses } from "./bundle";
import { spawnNode } from "./child";
import { Halt } from "./halt";
import { type Lock, tryLock } from "./lock";
import { readJson, writePrivateJson } from "./private-file";
import { waitForExit } from "./process-alive";
import { hashSources } from "./source-hash";

const stampSchema = z.object({ sources: z.string() });

/**
 * Builds the pages, and bundles what runs beside them, unless the build that is there is of these very sources. The stamp lies inside the build, not in the
 * state folder: several copies of one checkout share it, one of them building while the others wait.
 *
 * @returns whether it built.
 */
export async function ensureBuild(options: {
  root: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  announce: () => void;
  signal: AbortSignal;
}): Promise<boolean> {
  const { root } = options;
  const next = path.join(root, "node_modules/next/dist/bin/next");
  if (!existsSync(next)) throw new Halt("Next.js, which builds the pages, is not installed. Run: npm ci");
  const stamp = path.join(root, ".next/vouchsafe-build.json");
  if (await isFresh(stamp, root)) return false;

  const lock = await waitForLock(path.join(root, "node_modules/.cache/vouchsafe"));
  try {
    if (await isFresh(stamp, root)) return false;
    options.announce();
    const sources = await hashSources(root);
    await rm(stamp, { force: true });
    await build(next, lock, options);
    await bundleProcesses(root);
    await writePrivateJson(stamp, { sources });
    return true;
  } finally {
    await lock.release();
  }
}

async function isFresh(stamp: string, root: string): Promise<boolean> {
  if (!existsSync(path.join(root, ".next/BUILD_ID"))) return false;
  const kept = stampSchema.safeParse(await readJson(stamp).catch(() => null)); // unreadable: build again
  return kept.success && kept.data.sources === (await hashSources(root));
}

async function waitForLock(folder: string) {
  await mkdir(folder, { recursive: true });
  for (;;) {
    const taken = await tryLock(path.join(folder, "build.lock"));
    if ("lock" in taken) {
      // A killed launcher's build ends by itself, and until then keeps another from starting.
      for (const pid of taken.lock.predecessor?.children ?? []) await waitForExit(pid, 10_000);
      return taken.lock;
    }
    await delay(250);
  }
}

async function build(
  next: string,
  lock: Lock,
  options: { root: string; env: NodeJS.ProcessEnv; logFile: string; signal: AbortSignal },
) {
  await mkdir(path.dirname(options.logFile), { recursive: true, mode: 0o700 });
  const log = await open(options.logFile, "w", 0o600);
  try {
    const child = spawnNode([next, "build"], {
      cwd: options.root,
      env: { ...options.env, NODE_ENV: "production" },
      output: log.fd,
    });
    const exited = once(child, "exit");
    const stop = () => child.kill("SIGKILL"); // what it leaves behind has no stamp
    options.signal.addEventListener("abort", stop, { once: true });
    await lock.note({ children: child.pid ? [child.pid] : [] });
    const [code] = await exited;
    options.signal.throwIfAborted();
    if (code !== 0 || !existsSync(path.join(options.root, ".next/BUILD_ID")))
      throw new Halt(await explainBuild(options.logFile));
  } finally {
    await log.close();
  }
}

async function explainBuild(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, "utf8")).split("\n").filter((line) => line.trim());
  if (lines.some((line) => /ENOSPC|No space left/.test(line)))
    return "The disk is full: the pages could not be built. Free some space and start again.";
  const reasons = lines.filter((line) => !/Build error occurred|[Bb]uild failed/.test(line)); // headings
  const telling =
    reasons.find((line) => /not found|rror:|failed|Failed/.test(line)) ?? lines.at(-1) ?? "nothing said";
  return `The pages could not be built: ${telling.trim()} (log: ${logFile})`;
}
