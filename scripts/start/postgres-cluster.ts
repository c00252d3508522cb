import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorCode, Halt } from "./halt";
import type { RunAs } from "./postgres-binaries";
import { identify } from "./process-alive";

export type ClusterPlace = { folder: string; binaries: string; runAs: RunAs };
export type Postmaster = { pid: number; port: number };

/** Where the server's own log lies. */
export const logOf = (place: ClusterPlace) => path.join(place.folder, "postgres.log");
/** Nothing of ours: the server's processes can be seen by other users. */
const serverEnv: NodeJS.ProcessEnv = { NODE_ENV: "production", PATH: process.env.PATH, LC_ALL: "C" };
const clusterOf = (place: ClusterPlace) => path.join(place.folder, "cluster");

/** As root the server runs as another user, who may not be able to walk the path to its own folder; it can stay where it is put. */
const pathFor = (place: ClusterPlace) =>
  place.runAs && process.platform === "linux" ? "/proc/self/cwd" : clusterOf(place);

/** Makes the cluster's files when there are none. A kill in the middle leaves nothing that looks finished. */
export async function ensureCluster(place: ClusterPlace, superuserPassword: string): Promise<void> {
  const cluster = clusterOf(place);
  const state = await clusterState(cluster);
  if (state === "ready") return;
  if (state === "foreign")
    throw new Halt(
      `${cluster} is damaged or from another Postgres version. Move it away to begin anew, or restore it.`,
    );
  const beside = path.join(place.folder, "cluster.new");
  const passwordFile = path.join(place.folder, "password");
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o700 });
  await giveTo(place.runAs, place.folder, beside);
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  await giveTo(place.runAs, passwordFile);
  try {
    await initdb(place, beside);
    await rename(beside, cluster);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function clusterState(cluster: string): Promise<"absent" | "ready" | "foreign"> {
  try {
    return (await readFile(path.join(cluster, "PG_VERSION"), "utf8")).trim() === "18" ? "ready" : "foreign";
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
  const there = await open(cluster).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
  await there?.close();
  return there ? "foreign" : "absent";
}

async function giveTo(runAs: RunAs, ...files: string[]): Promise<void> {
  if (runAs) for (const file of files) await chown(file, runAs.uid, runAs.gid);
}

async function initdb(place: ClusterPlace, cluster: string): Promise<void> {
  const child = spawn(
    path.join(place.binaries, "bin", "initdb"),
    [
      `--pgdata=${place.runAs && process.platform === "linux" ? "/proc/self/cwd" : cluster}`,
      "--pwfile=../password",
      "--username=postgres",
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ],
    {
      cwd: cluster,
      ...place.runAs,
      env: serverEnv,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const [code] = await once(child, "close");
  if (code === 0) return;
  const text = said.join("");
  if (/No space left on device|Disk quota exceeded/.test(text))
    throw new Halt(
      `The disk that holds ${cluster} is full. Free some space, or set VOUCHSAFE_DATA to a folder elsewhere.`,
    );
  throw new Error(`initdb failed (exit ${code}):\n${text}`);
}

/**
 * Starts the server and waits until it takes connections. It runs in a session of its own with its log in a file:
 * it outlives a killed launcher, and Ctrl-C reaches it only through us, after those who use it.
 *
 * @param settings `name=value`, as postgresql.conf has them.
 */
export async function startServer(
  place: ClusterPlace,
  port: number,
  settings: Record<string, string>,
): Promise<{ child: ChildProcess; postmaster: Postmaster }> {
  const log = await open(logOf(place), "a", 0o600);
  const from = (await log.stat()).size;
  const child = spawn(
    path.join(place.binaries, "bin", "postgres"),
    [
      "-D",
      pathFor(place),
      ...Object.entries({ ...settings, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    {
      cwd: clusterOf(place),
      ...place.runAs,
      env: serverEnv,
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
    },
  );
  const failed = once(child, "error").then(([error]) => Promise.reject(error));
  try {
    await Promise.race([failed, waitUntilReady(place, child)]);
  } catch (error) {
    if (error instanceof Error && error.message === "exited") throw await explainFailure(place, from);
    throw error;
  } finally {
    failed.catch(() => {});
    await log.close();
  }
  return { child, postmaster: { pid: child.pid ?? 0, port } };
}

async function waitUntilReady(place: ClusterPlace, child: ChildProcess): Promise<void> {
  // Crash recovery of a large cluster takes long; a server that is neither ready nor gone after this is stuck.
  const deadline = Date.now() + 120_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("exited");
    const lines = await readPidFile(place);
    if (Number(lines?.[0]) === child.pid && lines?.[7]?.trim() === "ready") return;
    if (Date.now() > deadline)
      throw new Halt(`The database did not become ready in 2 minutes. Its log: ${logOf(place)}`);
    await delay(15);
  }
}

async function explainFailure(place: ClusterPlace, from: number): Promise<Halt> {
  const text = (await readFile(logOf(place))).subarray(from).toString();
  const lines = text.split("\n").filter((line) => /(FATAL|PANIC|ERROR|could not)/.test(line));
  const reason = (lines.find((line) => /FATAL|PANIC/.test(line)) ?? lines[0] ?? text.trim()).replace(
    /^.*?(FATAL|PANIC): +/,
    "",
  );
  if (/No space left on device/.test(text))
    return new Halt(
      `The disk that holds ${place.folder} is full, so the database cannot start. Free some space.`,
    );
  return new Halt(
    `The database in ${place.folder} cannot start: ${reason}. Restore that folder, or move it away to begin anew (log: ${logOf(place)}).`,
  );
}

/** The server that already runs on this cluster, left by a launcher that was killed; `null` when there is none. */
export async function findRunningServer(place: ClusterPlace): Promise<Postmaster | null> {
  const lines = await readPidFile(place);
  const pid = Number(lines?.[0]);
  if (!lines || !pid) return null;
  const running = await identify(pid);
  if (running && /^postgres/.test(path.basename(running.command))) return { pid, port: Number(lines[3]) };
  // The id is dead or was given to somebody else; left there, it would keep a server of the same user from starting.
  await rm(path.join(clusterOf(place), "postmaster.pid"), { force: true });
  return null;
}

async function readPidFile(place: ClusterPlace): Promise<string[] | null> {
  try {
    return (await readFile(path.join(clusterOf(place), "postmaster.pid"), "utf8")).split("\n");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** The folder around the cluster, which the server's user must be able to enter. */
export async function prepareFolder(place: ClusterPlace): Promise<void> {
  await mkdir(place.folder, { recursive: true, mode: 0o700 });
  await chmod(place.folder, 0o700);
  await giveTo(place.runAs, place.folder);
}
