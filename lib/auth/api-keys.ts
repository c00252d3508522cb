import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { apiKeys } from "@/db/schema";
import type { Origin } from "@/lib/kernel/actor";
import type { Keyring } from "@/lib/keyring/keyring";

/**
 * Who presents this `X-Admin-Key`. Known by a keyed hash alone.
 * The secret before a rotation works for as long as was chosen then.
 * @returns null when it is unknown, expired or revoked: all alike.
 */
export async function findApiKey(
  deps: { db: Db; keyring: Keyring },
  key: string,
  origin: Origin,
): Promise<{ kind: "api-key"; id: string; scopes: readonly string[]; origin: Origin } | null> {
  if (key.length > 512) return null;
  const hashes = deps.keyring.hashes("api-key", key);
  return deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    const [row] = await tx
      .select({
        id: apiKeys.id,
        scopes: apiKeys.scopes,
        stale: sql<boolean>`${apiKeys.lastUsedAt} IS NULL OR ${apiKeys.lastUsedAt} < now() - interval '1 minute'`,
      })
      .from(apiKeys)
      .where(
        and(
          isNull(apiKeys.revokedAt),
          or(
            and(
              inArray(apiKeys.keyHash, hashes),
              or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
            ),
            and(inArray(apiKeys.previousHash, hashes), gt(apiKeys.previousUntil, sql`now()`)),
          ),
        ),
      );
    if (!row) return null;
    if (row.stale) await tx.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(eq(apiKeys.id, row.id));
    return { kind: "api-key", id: row.id, scopes: row.scopes, origin };
  });
}

/** `admin` is every scope. */
export function hasScope(scopes: readonly string[], scope: string): boolean {
  return scopes.includes(scope) || scopes.includes("admin");
}
