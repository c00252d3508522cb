import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { errorCode } from "./halt";

const run = promisify(execFile);

/** Whether a process with this id exists, ours or another user's. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/**
 * What tells this process from a later one that was given the same id: its command name and start time.
 * `null` when there is no such process.
 */
export async function identify(pid: number): Promise<{ command: string; startedAt: string } | null> {
  if (!isAlive(pid)) return null;
  if (process.platform === "linux") return identifyByProc(pid);
  if (process.platform === "win32") return { command: "", startedAt: "" };
  const command = await ps(pid, "comm=");
  return command === null ? null : { command, startedAt: (await ps(pid, "lstart=")) ?? "" };
}

/** Waits until the process is gone (a zombie that nobody reaps counts as gone). False when it outlived the time. */
export async function waitForExit(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (await identify(pid)) {
    if (Date.now() > deadline) return false;
    await delay(20);
  }
  return true;
}

async function identifyByProc(pid: number) {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    const end = stat.lastIndexOf(")");
    const command = stat.slice(stat.indexOf("(") + 1, end);
    const fields = stat.slice(end + 2).split(" ");
    if (fields[0] === "Z") return null; // a zombie holds nothing any more
    return { command, startedAt: `${boot}/${fields[19]}` }; // field 22 of proc(5): start, in ticks since boot
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ESRCH") return null;
    throw error;
  }
}

async function ps(pid: number, column: string): Promise<string | null> {
  try {
    const { stdout } = await run("ps", ["-o", column, "-p", String(pid)]);
    return stdout.trim();
  } catch (error) {
    if (isAlive(pid)) throw error;
    return null;
  }
}
