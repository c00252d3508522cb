import type { Db } from "@/db/as-actor";
import type { Keyring } from "@/lib/keyring/keyring";
import { readCode } from "./code";
import type { VoucherRow } from "./row";

/** One statement; reads only. */
export async function findById(db: Db, id: string): Promise<VoucherRow | null> {
  const [row] = await db.call<VoucherRow>("voucher_find", [id, []]);
  return row ?? null;
}

/** What is no code at all is looked up like any other, and takes as long. */
export async function findByCode(
  deps: { db: Db; keyring: Keyring },
  code: string,
): Promise<VoucherRow | null> {
  const [row] = await deps.db.call<VoucherRow>("voucher_find", [null, codeHashes(deps.keyring, code)]);
  return row ?? null;
}

export function codeHashes(keyring: Keyring, code: string): Buffer[] {
  return keyring.hashes("voucher-code", readCode(code) ?? "not a code");
}
