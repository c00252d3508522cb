import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "..");
const next = path.join(root, "node_modules/next/dist/bin/next");

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Builds and serves the anchor application. @returns its address, and how to be rid of it. */
export async function startBareNext(
  env: Record<string, string>,
): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "bare-next-"));
  await cp(path.join(root, "bench/bare-next"), folder, { recursive: true });
  await symlink(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  await promisify(execFile)(process.execPath, [next, "build"], { cwd: folder, timeout: 180_000 });

  const port = await freePort();
  const child = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((ready, failed) => {
    child.once("exit", (code) => failed(new Error(`the bare Next server stopped with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => chunk.includes("Ready") && ready());
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const gone = new Promise((exited) => child.once("exit", exited));
      child.kill("SIGTERM");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
