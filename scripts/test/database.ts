import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { migratedDatabase } from "../../db/testing/migrated-database";
import { startPostgres } from "../start/postgres";

/**
 * Gives `use` a migrated database of its own in a temporary folder, and takes it away afterwards.
 * `durable`: with fsync, as in production. Tests do without; figures must not.
 */
export async function withTestDatabase<T>(
  use: (env: Record<string, string>) => Promise<T>,
  { durable = false } = {},
): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "vouchsafe-db-"));
  const server = await startPostgres({ folder: path.join(folder, "postgres"), durable });
  try {
    const { migrate } = await import("../../db/migrate");
    await migrate(server.ownerUrl);
    await keepForCopies(server.ownerUrl);
    return await use({
      TEST_DATABASE_URL: server.appUrl,
      TEST_ADMIN_DATABASE_URL: server.ownerUrl,
      TEST_SUPERUSER_DATABASE_URL: server.superuserUrl,
    });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Migrated and empty, and nobody ever connects to it: a test that wants a database of its own gets a copy in a tenth of a migration's time. */
async function keepForCopies(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const source = new URL(ownerUrl).pathname.slice(1);
  await sql`CREATE DATABASE ${sql(migratedDatabase)} TEMPLATE ${sql(source)}`.finally(() => sql.end());
}
