import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";

const folder = path.join(import.meta.dirname, "migrations");
/** Any constant will do, so long as every version of this program uses the same. */
const lock = 5_820_114_213;

/**
 * Brings the database at `ownerUrl` up to date and prepares the audit's coming partitions. Safe to run at any time, by several at once.
 * The roles `vouchsafe_owner` and `vouchsafe_app` must exist; whoever connects must be the owner or able to become it.
 *
 * @returns the names of the migrations applied, none if all had been. Each is one transaction. Throws when one that was
 * applied before has since been edited: write a new one instead.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = postgres(ownerUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "vouchsafe-migrate" },
  });
  const connection = await client.reserve().catch(async (error: unknown) => {
    await client.end();
    throw error;
  });
  try {
    await connection`SELECT pg_advisory_lock(${lock})`;
    await connection`SET ROLE vouchsafe_owner`;
    await connection`CREATE TABLE IF NOT EXISTS public.migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;
    const applied = await connection<
      { name: string; sha256: string }[]
    >`SELECT name, sha256 FROM public.migrations`;
    const done = new Map(applied.map((row) => [row.name, row.sha256]));
    const names: string[] = [];
    for (const name of (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort()) {
      const text = await readFile(path.join(folder, name), "utf8");
      const sha256 = createHash("sha256").update(text).digest("hex");
      if (done.get(name) === sha256) continue;
      if (done.has(name))
        throw new Error(`Migration ${name} was changed after it had been applied: add a new one instead`);
      await apply(connection, { name, sha256, text });
      names.push(name);
    }
    await connection`SELECT public.audit_prepare_partitions(3)`;
    return names;
  } finally {
    connection.release();
    await client.end({ timeout: 5 }); // also lets go of the lock
  }
}

async function apply(
  connection: postgres.ReservedSql,
  migration: { name: string; sha256: string; text: string },
): Promise<void> {
  await connection`BEGIN`;
  try {
    await connection.unsafe(migration.text);
    await connection`INSERT INTO public.migrations ${connection({ name: migration.name, sha256: migration.sha256 })}`;
    await connection`COMMIT`;
  } catch (error) {
    await connection`ROLLBACK`;
    throw new Error(`Migration ${migration.name} failed`, { cause: error });
  }
}
