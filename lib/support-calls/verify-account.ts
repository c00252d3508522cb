import type { CallDeps } from "./deps";

/** A flat map of strings, as Connect wants it. `identified`: told apart by a number, and still to be asked, with no `customer_id` where a household shares it; `locked`: tried too often. */
export type AccountAnswer = { auth_status: "identified" | "unverified" | "locked"; customer_id: string };

export const notIdentified: AccountAnswer = { auth_status: "unverified", customer_id: "" };

/**
 * Looks up an account number that a caller typed on their keypad; by its keyed hash, within limits (`account_verify`), recorded either way.
 * Throws when the database cannot be reached.
 *
 * @param asked.caller the number that calls, as the contact centre says; "" where it has none. Its guesses are counted by its hash.
 */
export async function verifyAccount(
  { db, keyring }: Pick<CallDeps, "db" | "keyring">,
  { typed, contactId, caller = "" }: { typed: string; contactId: string; caller?: string },
): Promise<AccountAnswer> {
  const digits = typed.replace(/[#*\s-]/g, "");
  if (contactId === "" || !/^\d{4,20}$/.test(digits)) return notIdentified;
  const [row] = await db.call<{
    outcome: "matched" | "shared" | "unknown" | "locked";
    customer_id: string | null;
  }>("account_verify", [
    contactId,
    keyring.hashes("account-number", digits),
    caller === "" ? [] : keyring.hashes("phone-number", caller),
  ]);
  if (row?.outcome === "locked") return { auth_status: "locked", customer_id: "" };
  if (row?.outcome === "shared") return { auth_status: "identified", customer_id: "" };
  return row?.outcome === "matched" && row.customer_id
    ? { auth_status: "identified", customer_id: row.customer_id }
    : notIdentified;
}
