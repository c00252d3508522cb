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

/**
 * The hash that `audit_append` gave this row, computed anew and apart from the database: SHA-256(previous hash ‖ canonical text).
 * The text is a JSON array as Postgres' json_build_array writes it: ", " between values, strings escaped as JSON.stringify does.
 */
export function hashOf(row: ChainRow, previous: Uint8Array): Buffer {
  const text = (value: string | null) => JSON.stringify(value);
  const values = [
    row.stream,
    row.seq,
    text(row.id),
    row.micros,
    ...[
      row.event_type,
      row.visit_id,
      row.token_id,
      row.actor_id,
      row.actor_role,
      row.ip_address,
      row.user_agent,
    ].map(text),
    row.metadata,
    row.success,
    text(row.error_code),
  ];
  return createHash("sha256")
    .update(previous)
    .update(`[${values.join(", ")}]`, "utf8")
    .digest();
}
