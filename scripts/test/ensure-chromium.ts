import { findChromium } from "../../e2e/chromium";
import { Halt } from "../start/halt";
import { installed, runCommand } from "./run-command";

/** The path of a Chromium, installed first where there is none: by Playwright, or as root by apt. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  process.stdout.write("no Chromium here; installing one …\n");
  const attempts: Array<[string, string[]]> = [[installed("playwright"), ["install", "chromium"]]];
  if (process.getuid?.() === 0)
    attempts.unshift(["apt-get", ["install", "-y", "--no-install-recommends", "chromium"]]);
  for (const [command, args] of attempts) {
    if (command === "apt-get") await tryCommand(command, ["update"]);
    await tryCommand(command, args);
    const installedNow = findChromium();
    if (installedNow) return installedNow;
  }
  throw new Halt(
    "The tests need a Chromium, and none could be installed. Install one, or set CHROMIUM_PATH to it.",
  );
}

/** A command that fails or is missing leaves it to the next attempt; its output stands on the terminal. */
async function tryCommand(command: string, args: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const { code } = await runCommand(command, args, { env }).catch((error: unknown) => {
    process.stdout.write(`${error instanceof Error ? error.message : error}\n`);
    return { code: 1 };
  });
  if (code !== 0) process.stdout.write(`${command} ${args.join(" ")} did not work\n`);
}
