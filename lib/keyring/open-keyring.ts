import { randomBytes, randomUUID } from "node:crypto";
import { asc, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { keyring as keyringTable } from "@/db/schema";
import type { Cipher } from "@/lib/ports/cipher";
import { keyringOf } from "./derive";
import type { Keyring } from "./keyring";

const system = { kind: "system", name: "worker" } as const;
/** Any constant, the same in every version of this program. */
const lock = 5_820_114_215;

/**
 * Opens the installation's keyring; the first process ever to do so makes its first key. Call once per process: each key costs one
 * call to the vault. Throws when the vault cannot be reached, or `SealBroken` when a row is not what it sealed.
 */
export async function openKeyring({ db, cipher }: { db: Db; cipher: Cipher }): Promise<Keyring> {
  const rows = await db.asActor(system, acceptedKeys);
  const sealed = rows.length > 0 ? rows : await db.asActor(system, (tx) => makeFirstKey(tx, cipher));
  const keys = await Promise.all(
    sealed.map(async (row) => ({
      id: row.id,
      bytes: Buffer.from(await cipher.open(row.sealed, contextOf(row.id))),
    })),
  );
  return keyringOf(keys);
}

/** Newest last. */
function acceptedKeys(tx: Tx) {
  return tx
    .select({ id: keyringTable.id, sealed: keyringTable.sealed })
    .from(keyringTable)
    .where(isNull(keyringTable.retiredAt))
    .orderBy(asc(keyringTable.createdAt), asc(keyringTable.id));
}

/** Under a lock, so that two processes that start together agree on one key. */
async function makeFirstKey(tx: Tx, cipher: Cipher) {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${lock})`);
  const others = await acceptedKeys(tx);
  if (others.length > 0) return others;
  const id = randomUUID();
  const sealed = Buffer.from(await cipher.seal(randomBytes(32), contextOf(id)));
  await tx.execute(sql`INSERT INTO keyring (id, purpose, sealed) VALUES (${id}, 'root', ${sealed})`);
  return [{ id, sealed }];
}

function contextOf(id: string): Record<string, string> {
  return { table: "keyring", id };
}
