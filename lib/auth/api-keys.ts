import { sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import type { Origin } from "@/lib/kernel/actor";
import type { Keyring } from "@/lib/keyring/keyring";

/**
 * Who presents this `X-Admin-Key`. Known by a keyed hash alone.
 * @returns null when it is unknown, expired or revoked: all alike.
 */
export async function findApiKey(
  deps: { db: Db; keyring: Keyring },
  key: string,
  origin: Origin,
): Promise<{ kind: "api-key"; id: string; scopes: readonly string[]; origin: Origin } | null> {
  if (key.length > 512) return null;
  const hashes = deps.keyring.hashes("api-key", key);
  const wanted = sql.join(
    hashes.map((hash) => sql`${hash}`),
    sql`, `,
  );
  return deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    const [row] = await tx.execute<{ id: string; scopes: string[]; stale: boolean }>(sql`
      SELECT id, scopes, last_used_at IS NULL OR last_used_at < now() - interval '1 minute' AS stale FROM api_keys
       WHERE key_hash IN (${wanted}) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`);
    if (!row) return null;
    if (row.stale) await tx.execute(sql`UPDATE api_keys SET last_used_at = now() WHERE id = ${row.id}`);
    return { kind: "api-key", id: row.id, scopes: row.scopes, origin };
  });
}

/** `admin` is every scope. */
export function hasScope(scopes: readonly string[], scope: string): boolean {
  return scopes.includes(scope) || scopes.includes("admin");
}
