import { createHmac } from "node:crypto";
import type { PasswordRecord } from "./password";
import { N } from "./srp";
import type { Pool } from "./state";

const bytesFor = (pool: Pool, username: string, purpose: string) =>
  createHmac("sha256", Buffer.from(pool.decoySecret, "base64"))
    .update(`${purpose} ${username.toLowerCase()}`)
    .digest("hex");

/**
 * A password record for somebody who doesn't exist: the same name always gets the same salt (RFC 5054 §2.5.1.3), and no password
 * fits. Making it costs microseconds, and checking against it what it costs for a real user, so that time tells nothing.
 */
export function decoyRecord(pool: Pool, username: string): PasswordRecord {
  const bytes = Array.from({ length: 12 }, (_, part) => bytesFor(pool, username, `verifier ${part}`)).join(
    "",
  );
  return {
    salt: bytesFor(pool, username, "salt").slice(0, 32),
    hash: bytesFor(pool, username, "hash"),
    srpSalt: bytesFor(pool, username, "srp-salt").slice(0, 32),
    verifier: (BigInt(`0x${bytes}`) % N).toString(16),
  };
}

/** The user id that such a name always gets: a version 4 UUID by its looks. */
export function decoySub(pool: Pool, username: string): string {
  const hex = bytesFor(pool, username, "sub");
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
