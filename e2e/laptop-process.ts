import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

export type LaptopProcess = { url: string; pid: number; stop(): Promise<void> };

const root = path.resolve(import.meta.dirname, "..");

/**
 * Starts a laptop cloud of its own: a child process on a free port with a fresh state folder, both gone after `stop`. For tests
 * outside `laptop/`, which may meet it only on the wire. Rejects with what it printed when it is not ready in 20 seconds.
 */
export async function startLaptopProcess(env: Record<string, string> = {}): Promise<LaptopProcess> {
  const data = await mkdtemp(path.join(tmpdir(), "laptop-"));
  const child = spawn(process.execPath, ["--import", "tsx", "laptop/main.ts"], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "test",
      LAPTOP_PORT: "0",
      LAPTOP_UDP_PORT: "0",
      LAPTOP_DATA: data,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    const tooSlow = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(tooSlow);
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { url: await readyUrl(child, gone), pid: child.pid ?? 0, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function readyUrl(child: ChildProcess, gone: Promise<void>): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("the laptop cloud has no output to read");
  const printed: string[] = [];
  stderr.on("data", (chunk: Buffer) => printed.push(chunk.toString("utf8")));
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The laptop cloud ${why}:\n${printed.join("")}`));
    const tooSlow = setTimeout(() => fail("was not ready in time"), 20_000);
    void gone.then(() => {
      clearTimeout(tooSlow);
      fail("ended at once");
    });
    createInterface({ input: stdout }).on("line", (line) => {
      const url = readyLine(line);
      if (!url) return void printed.push(`${line}\n`);
      clearTimeout(tooSlow);
      resolve(url);
    });
  });
}

/** `{"ready":true,"url":…}`, which it prints once it listens. */
function readyLine(line: string): string | null {
  if (!line.startsWith("{")) return null;
  const said = JSON.parse(line) as { ready?: unknown; url?: unknown };
  return said.ready === true && typeof said.url === "string" ? said.url : null;
}
