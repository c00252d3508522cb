import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { Halt } from "./halt";
import { type EmbeddedPostgres, startPostgres } from "./postgres";
import type { LaunchSettings } from "./settings";

/** The database of this copy: one of the person's own, or the embedded one, kept running. */
export type Database = {
  /** As the application's role. */
  url(): string;
  description: string;
  stop(): Promise<void>;
};

/**
 * @param on.moved the embedded server came back on another port, so its users must start again.
 * @returns after the schema is up to date (with an external database: when DATABASE_OWNER_URL allows it).
 */
export async function openDatabase(
  settings: LaunchSettings,
  on: { warn: (line: string) => void; moved: () => void },
): Promise<Database> {
  const { databaseUrl, databaseOwnerUrl } = settings;
  if (!databaseUrl) return keepEmbedded(path.join(settings.dataFolder, "postgres"), on);
  await reach(databaseUrl, "DATABASE_URL");
  if (databaseOwnerUrl) {
    await reach(databaseOwnerUrl, "DATABASE_OWNER_URL");
    await migrate(databaseOwnerUrl);
  }
  const { host, pathname } = new URL(databaseUrl);
  return { url: () => databaseUrl, description: `${host}${pathname}`, stop: async () => {} };
}

async function keepEmbedded(
  folder: string,
  on: { warn: (line: string) => void; moved: () => void },
): Promise<Database> {
  let server: EmbeddedPostgres = await startPostgres({ folder });
  let stopping = false;
  let reviving: Promise<void> | null = null;
  if (server.attached) on.warn("found the database running, left by a launcher that was killed");
  await migrate(server.ownerUrl);
  watch();

  function watch(): void {
    void server.gone.then(() => {
      if (!stopping) reviving = revive();
    });
  }
  async function revive(): Promise<void> {
    on.warn("the database ended; starting it again");
    for (let attempt = 0; !stopping; attempt += 1) {
      try {
        const before = server.port;
        server = await startPostgres({ folder });
        watch();
        if (server.port !== before) on.moved();
        return;
      } catch (error) {
        // Right after a kill the old backends may still hold the shared memory: the next attempt finds it free.
        if (attempt > 2) on.warn(error instanceof Error ? error.message : String(error));
        await delay(Math.min(200 * 2 ** attempt, 10_000));
      }
    }
  }
  return {
    url: () => server.appUrl,
    description: `embedded Postgres, port ${server.port}`,
    async stop() {
      stopping = true;
      await reviving;
      await server.stop();
    },
  };
}

async function migrate(ownerUrl: string): Promise<void> {
  const { migrate } = await import("../../db/migrate");
  try {
    await migrate(ownerUrl);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
    throw new Halt(`The database cannot be brought up to date: ${reason}`);
  }
}

/** The message never holds the URL: it has a password in it. */
async function reach(url: string, setting: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`SELECT 1`;
  } catch (error) {
    const { host } = new URL(url);
    throw new Halt(
      `${setting} (${host}) cannot be reached: ${error instanceof Error ? error.message || error.name : error}`,
    );
  } finally {
    await sql.end({ timeout: 1 });
  }
}
