import { sql } from "drizzle-orm";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { clerk } from "@/lib/kernel/actor";
import type { Need } from "./deps";

/** Says what a session is, so that a scanner finds one that was written down somewhere. */
export const hostSessionPrefix = "vse_";
/** By its length too: 43 letters of another credential of ours may begin so by chance. */
export const isHostSession = (text: string): boolean => /^vse_[\w-]{43}$/.test(text);
/** As long as a call may last. */
export const sessionMaxSeconds = 4 * 3600;
/** A page that still calls says so every 15 seconds. */
const idleSeconds = 30 * 60;
/** How often its life is written down. */
const noteEverySeconds = 60;

/** A customer who signed in on another site, as that site says. */
export type HostSession = {
  actor: Extract<Actor, { kind: "person" }>;
  siteId: string;
  siteName: string;
  signedInAt: Date;
  secondStep: boolean;
};
type Row = {
  id: string;
  site_id: string;
  site_name: string;
  customer_id: string;
  name: string;
  signed_in_at: string;
  second_step: boolean;
  stale: boolean;
};

/**
 * Whose session this is, while it lives: not older than four hours, not idle for thirty minutes, its site neither suspended nor without the origin
 * that it came from. @returns null for every other text.
 */
export async function readHostSession(
  { db, keyring }: Need<"db" | "keyring">,
  token: string,
  origin: Origin,
): Promise<HostSession | null> {
  if (!isHostSession(token)) return null;
  const hashes = sql.join(
    keyring.hashes("host-session", token).map((hash) => sql`${hash}`),
    sql`, `,
  );
  const row = await db.asActor(clerk, async (tx) => {
    const [found] = await tx.execute<Row>(sql`
      SELECT h.id, h.site_id, s.name AS site_name, h.customer_id, c.first_name || ' ' || c.last_name AS name, h.signed_in_at, h.second_step,
        h.last_seen_at < now() - make_interval(secs => ${noteEverySeconds}) AS stale
      FROM host_handovers h JOIN host_sites s ON s.id = h.site_id JOIN customers c ON c.id = h.customer_id
      WHERE h.session_hash IN (${hashes}) AND h.session_expires_at > now() AND h.last_seen_at > now() - make_interval(secs => ${idleSeconds})
        AND s.suspended_at IS NULL AND h.origin = ANY (s.origins)`);
    if (found?.stale)
      await tx.execute(sql`UPDATE host_handovers SET last_seen_at = now() WHERE id = ${found.id}`);
    return found;
  });
  if (!row) return null;
  return {
    actor: { kind: "person", id: row.customer_id, role: "customer", name: row.name, origin },
    siteId: row.site_id,
    siteName: row.site_name,
    signedInAt: new Date(row.signed_in_at),
    secondStep: row.second_step,
  };
}
