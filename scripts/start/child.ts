import { type ChildProcess, spawn } from "node:child_process";

/** A URL, as `--import` wants it. */
const dieWithLauncher = new URL("./die-with-launcher.mjs", import.meta.url).href;

/** Starts a Node process that ends when we do, even if we are killed. `output` is its stdout and stderr. */
export function spawnNode(
  args: string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string; output: "pipe" | number; detached?: boolean },
): ChildProcess {
  return spawn(process.execPath, ["--import", dieWithLauncher, ...args], {
    cwd: options.cwd,
    env: { ...options.env, VOUCHSAFE_LAUNCHER_PID: String(process.pid) },
    stdio: ["ignore", options.output, options.output, "ipc"],
    detached: options.detached ?? false,
  });
}
