import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "./halt";

/** Everything that a build reads. A missing one counts as empty. */
const sources = [
  "app",
  "components",
  "db",
  "lib",
  "messages",
  "public",
  "runtimes",
  "scripts/build",
  "scripts/seed.ts",
  "scripts/start",
  "instrumentation.ts",
  "middleware.ts",
  "next.config.ts",
  "package-lock.json",
  "tsconfig.json",
];

/** SHA-256 over names and contents of the sources, tests left out: the same hash means the same build. */
export async function hashSources(root: string): Promise<string> {
  const hash = createHash("sha256").update(`${process.versions.node.split(".")[0]}\0`);
  for (const source of sources)
    for (const file of await filesUnder(path.join(root, source))) {
      hash.update(`${path.relative(root, file)}\0`);
      hash.update(await readFile(file));
      hash.update("\0");
    }
  return hash.digest("hex");
}

async function filesUnder(place: string): Promise<string[]> {
  try {
    const entries = await readdir(place, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    if (errorCode(error) === "ENOTDIR") return [place];
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}
