import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const readyWithinMs = 20_000;

/** A laptop cloud of one's own: a process on a free port, with its state in a temporary folder. */
export type LaptopProcess = { url: string; stop(): Promise<void> };

/** For the wire tests: adapters meet the laptop cloud as they meet the vendor, over the network only. */
export async function startLaptopProcess(): Promise<LaptopProcess> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-laptop-"));
  const child = spawn(process.execPath, ["--import", "tsx", "laptop/main.ts"], {
    cwd: root,
    env: {
      NODE_ENV: "test",
      PATH: process.env.PATH,
      CLOUD: "local",
      LAPTOP_PORT: "0",
      LAPTOP_UDP_PORT: "0",
      LAPTOP_DATA: folder,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const exited = once(child, "exit");

  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await exited;
    clearTimeout(timer);
    await rm(folder, { recursive: true, force: true });
  }

  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The laptop cloud ${why}:\n${said.join("")}`));
    const timer = setTimeout(() => fail(`was not ready in ${readyWithinMs} ms`), readyWithinMs);
    exited.then(() => fail("ended at once"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const ready = readReady(line);
      if (!ready) return;
      clearTimeout(timer);
      resolve(ready);
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, stop };
}

function readReady(line: string): string | null {
  if (!line.startsWith("{") || !line.includes('"ready"')) return null;
  const { ready, url } = JSON.parse(line);
  return ready === true && typeof url === "string" ? url : null;
}
