import { randomBytes } from "node:crypto";
import path from "node:path";
import postgres from "postgres";
import { z } from "zod";
import { explainDisk, Halt } from "./halt";
import { findFreePort, isPortFree } from "./ports";
import { findPostgresBinaries } from "./postgres-binaries";
import {
  type ClusterPlace,
  ensureCluster,
  findRunningServer,
  logOf,
  type Postmaster,
  prepareFolder,
  startServer,
} from "./postgres-cluster";
import { readJson, writePrivateJson } from "./private-file";
import { identify, waitForExit } from "./process-alive";
import { appRole, databaseName, ensureRoles, ownerRole } from "./roles";

/** A running database server that belongs to one folder. The URLs hold passwords: never print them. */
export type EmbeddedPostgres = {
  port: number;
  pid: number;
  /** Superuser, database `postgres`: for tests that must prove what even an owner cannot do. */
  superuserUrl: string;
  /** Owns the schema: migrations and nothing else. */
  ownerUrl: string;
  /** What the application runs as: owns nothing, bound by row-level security. */
  appUrl: string;
  logFile: string;
  /** True when it was found running, left by a launcher that was killed. */
  attached: boolean;
  /** Settles when the server is gone, however that came about. */
  gone: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed is kept. */
  stop(): Promise<void>;
};

const secretsSchema = z.object({
  port: z.number(),
  superuser: z.string(),
  owner: z.string(),
  app: z.string(),
});
type Secrets = z.infer<typeof secretsSchema>;

/**
 * Starts (or finds) the embedded server of a folder: cluster, roles and database `vouchsafe` included, schema not.
 * Works as root and not, survives kills, keeps its port while that is free.
 *
 * @param options.folder absolute; made when absent.
 * @param options.durable false gives up safety against a power cut for speed: throw-away test data only.
 */
export async function startPostgres(options: {
  folder: string;
  durable?: boolean;
}): Promise<EmbeddedPostgres> {
  try {
    return await start(options.folder, options.durable ?? true);
  } catch (error) {
    throw explainDisk(error, options.folder);
  }
}

async function start(folder: string, durable: boolean): Promise<EmbeddedPostgres> {
  const runAs = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;
  const place: ClusterPlace = { folder, runAs, binaries: "" };
  await prepareFolder(place);
  place.binaries = await findPostgresBinaries(folder, runAs);
  const secretsFile = path.join(folder, "secrets.json");
  const secrets = await readSecrets(secretsFile);
  await ensureCluster(place, secrets.superuser);

  const found = await findRunningServer(place);
  if (found && (await answers(urlFor("postgres", secrets.superuser, found.port, "postgres")))) {
    await ensureRoles(urlFor("postgres", secrets.superuser, found.port, "postgres"), secrets);
    return describe(place, secrets, found, waitForGone(found.pid), true);
  }
  if (found)
    throw new Halt(
      `A database server (process ${found.pid}) holds ${folder} but does not answer. Stop it and start again.`,
    );

  if (!secrets.port || !(await isPortFree(secrets.port))) secrets.port = await findFreePort();
  const { child, postmaster } = await startServer(place, secrets.port, settings(durable));
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.unref();
  await writePrivateJson(secretsFile, secrets);
  await ensureRoles(urlFor("postgres", secrets.superuser, postmaster.port, "postgres"), secrets);
  return describe(place, secrets, postmaster, gone, false);
}

/** A redeemed link must stay redeemed after a power cut, so commits wait for the disk, whatever else is tuned. */
function settings(durable: boolean): Record<string, string> {
  return {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    synchronous_commit: "on",
    fsync: durable ? "on" : "off",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
  };
}

/** Written before the cluster is made: a cluster whose password nobody kept would be lost. */
async function readSecrets(file: string): Promise<Secrets> {
  const kept = secretsSchema.safeParse(await readJson(file).catch(() => null));
  if (kept.success) return kept.data;
  if ((await readJson(file).catch(() => "broken")) !== undefined)
    throw new Halt(`${file} is damaged. Restore it, or move ${path.dirname(file)} away to begin anew.`);
  const secret = () => randomBytes(24).toString("base64url");
  const made = { port: 0, superuser: secret(), owner: secret(), app: secret() };
  await writePrivateJson(file, made);
  return made;
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`SELECT 1`;
    return true;
  } catch {
    return false; // the caller names the process that holds the folder
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function urlFor(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

function describe(
  place: ClusterPlace,
  secrets: Secrets,
  { pid, port }: Postmaster,
  gone: Promise<void>,
  attached: boolean,
): EmbeddedPostgres {
  return {
    port,
    pid,
    superuserUrl: urlFor("postgres", secrets.superuser, port, "postgres"),
    ownerUrl: urlFor(ownerRole, secrets.owner, port, databaseName),
    appUrl: urlFor(appRole, secrets.app, port, databaseName),
    logFile: logOf(place),
    attached,
    gone,
    stop: () => stopServer(pid),
  };
}

/** SIGINT is Postgres' fast shutdown; SIGQUIT its immediate one, safe because the log is replayed at the next start. */
async function stopServer(pid: number): Promise<void> {
  for (const [signal, withinMs] of [
    ["SIGINT", 15_000],
    ["SIGQUIT", 5_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // already gone
    }
    if (await waitForExit(pid, withinMs)) return;
  }
}

/** Not our child, so its end is seen only by looking. The timer keeps nobody alive. */
function waitForGone(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(async () => {
      if (await identify(pid)) return;
      clearInterval(timer);
      resolve();
    }, 500);
    timer.unref();
  });
}
