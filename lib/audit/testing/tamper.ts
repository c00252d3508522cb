import { sql } from "drizzle-orm";
import { openDb } from "@/db/as-actor";
import { system } from "@/db/testing/people";

/** What somebody with all rights in the database could do: as the owner, triggers off, on the partition itself. */
export async function tamper(ownerUrl: string, statement: (partition: string) => string): Promise<void> {
  const owner = openDb(ownerUrl, { max: 1 });
  await owner.asActor(system, async (tx) => {
    const [row] = await tx.execute<{ name: string }>(
      sql`SELECT DISTINCT tableoid::regclass::text AS name FROM audit_log`,
    );
    const name = row?.name ?? "audit_log_default";
    for (const table of [name, "audit_heads"])
      await tx.execute(sql.raw(`ALTER TABLE ${table} DISABLE TRIGGER USER`));
    await tx.execute(sql.raw(`ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`));
    await tx.execute(sql.raw(statement(name)));
  });
  await owner.close();
}
