import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

const names = ["firefox-esr", "firefox"];
const elsewhere = ["/Applications/Firefox.app/Contents/MacOS/firefox"];

/** A stock Firefox: what FIREFOX_PATH names, else the machine's; `null` when there is none. */
export function findFirefox(): string | null {
  const named = process.env.FIREFOX_PATH;
  if (named) return canRun(named) ? named : null;
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  return [...onPath, ...elsewhere].find(canRun) ?? null;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // not there, or not for this user
  }
}
