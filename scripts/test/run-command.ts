import { spawn } from "node:child_process";
import { once } from "node:events";

/** Runs a program with its output on our terminal (or kept, when `quiet`). Resolves with its exit code. */
export async function runCommand(
  command: string,
  args: string[],
  options: { env?: Partial<NodeJS.ProcessEnv>; quiet?: boolean } = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, {
    env: { ...process.env, ...options.env },
    stdio: ["ignore", options.quiet ? "pipe" : "inherit", options.quiet ? "pipe" : "inherit"],
  });
  const said: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const [code] = await once(child, "close");
  return { code: typeof code === "number" ? code : 1, output: said.join("") };
}

/** A program that npm installed here. */
export const installed = (name: string) => `node_modules/.bin/${name}`;
