import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** The first start of a checkout builds the pages. */
const startedWithinMs = 5 * 60_000;

/** Gives `use` the whole system as `npm start -- <args>` runs it, on free ports with its state in a temporary folder. */
export async function withSystem<T>(
  use: (startedFile: string) => Promise<T>,
  args: string[] = [],
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-e2e-"));
  const startedFile = path.join(folder, "started.json");
  const child = spawn(process.execPath, ["scripts/run.mjs", "start", ...args], {
    env: {
      ...process.env,
      PORT: "0",
      LAPTOP_PORT: "0",
      LAN_PORT: "0",
      VOUCHSAFE_DATA: folder,
      CAPTIONS: "on", // off where nobody says so, and then there is nothing to walk through
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exited = once(child, "exit");
  try {
    const deadline = Date.now() + startedWithinMs;
    while (!existsSync(startedFile)) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
      if (Date.now() > deadline) throw new Error("npm start was not up in 5 minutes");
      await delay(100);
    }
    return await use(startedFile);
  } catch (error) {
    await printLogs(path.join(folder, "logs"));
    throw error;
  } finally {
    child.kill("SIGTERM");
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder goes away; what it says about a failure must not. */
async function printLogs(folder: string): Promise<void> {
  for (const name of ["laptop", "web", "worker", "build"]) {
    const file = path.join(folder, `${name}.log`);
    if (!existsSync(file)) continue;
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n").slice(-40);
    process.stdout.write(`--- ${name}.log\n${lines.join("\n")}\n`);
  }
}
