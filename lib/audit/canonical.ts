import { createHash } from "node:crypto";

/** A row of `audit_log` with every value as Postgres writes it in text; what the chain's hash covers. */
export type ChainRow = {
  id: string;
  stream: number;
  seq: number;
  /** Microseconds since 1970: JavaScript's Date would lose the last three digits. */
  micros: string;
  event_type: string;
  visit_id: string | null;
  token_id: string | null;
  actor_id: string | null;
  actor_role: string;
  ip_address: string | null;
  user_agent: string | null;
  /** jsonb as text, which Postgres writes in one way only. */
  metadata: string;
  success: string;
  error_code: string | null;
};

/** Before the first row of each chain. */
export const genesis = Buffer.alloc(32);

/** The hash that `audit_append` gave this row, computed anew and apart from the database: SHA-256(previous hash ‖ canonical text). */
export function hashOf(row: ChainRow, previous: Uint8Array): Buffer {
  const fields = [
    row.id,
    row.micros,
    row.event_type,
    row.visit_id,
    row.token_id,
    row.actor_id,
    row.actor_role,
    row.ip_address,
    row.user_agent,
    row.metadata,
    row.success,
    row.error_code,
  ];
  const text = `${row.stream}/${row.seq} ${fields.map(field).join("")}`;
  return createHash("sha256").update(previous).update(text, "utf8").digest();
}

/** Length in bytes, colon, value: no value can pretend to be two. */
function field(value: string | null): string {
  return value === null ? "-" : `${Buffer.byteLength(value)}:${value}`;
}
