import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";

/**
 * Ends every sign-in of a person here, now: browsers' sessions, the logins of API callers, and whatever signed in at Cognito directly before
 * this moment. Cognito's own refresh tokens are the caller's to end.
 */
export async function endSignIns(tx: Tx, { sub, now }: { sub: string; now: Date }): Promise<void> {
  const at = now.toISOString();
  await tx.execute(
    sql`UPDATE sessions SET revoked_at = ${at}, sealed_tokens = NULL WHERE sub = ${sub} AND revoked_at IS NULL`,
  );
  await tx.execute(
    sql`UPDATE api_logins SET ended_at = ${at}, sealed_refresh_token = NULL WHERE sub = ${sub} AND ended_at IS NULL`,
  );
  await tx.execute(sql`
    INSERT INTO signed_out_everywhere (sub, at) VALUES (${sub}, ${at})
    ON CONFLICT (sub) DO UPDATE SET at = greatest(signed_out_everywhere.at, excluded.at)`);
}
