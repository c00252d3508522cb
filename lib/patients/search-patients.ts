import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { foldedKey } from "@/db/folded-key";
import type { Actor } from "@/lib/kernel/actor";

/** More people than these fit: nobody reads on, they type more. */
export const patientsAtMost = 200;

/**
 * Who may be meant: the beginning of a first or last name or of both in either order, of an email, or the end of a phone number (four digits
 * at least). Capitals and marks do not matter. Each way is a range of one index.
 *
 * @returns ids as far as the actor may see them, one more than `patientsAtMost` when there are too many; null: nothing was asked.
 */
export async function searchPatients(tx: Tx, actor: Actor, q: string | undefined): Promise<string[] | null> {
  const words = q?.normalize("NFC").trim().split(/\s+/).filter(Boolean).slice(0, 5) ?? [];
  if (words.length === 0) return null;
  const book = isClinician(actor) ? ownPatients(actor.id) : everybody;
  const ways = waysOf(words).map((way) => sql`(${book} ${way} LIMIT ${patientsAtMost + 1})`);
  const rows = await tx.execute<{ id: string }>(
    sql`SELECT id FROM (${sql.join(ways, sql` UNION `)}) AS found LIMIT ${patientsAtMost + 1}`,
  );
  return rows.map(({ id }) => id);
}

/** The actor finds those they have or had a visit with, whatever else they may see. */
export const isClinician = (actor: Actor): actor is Extract<Actor, { kind: "person" }> =>
  actor.kind === "person" && actor.role === "clinician";

const everybody = sql`SELECT id FROM customers WHERE`;
const ownPatients = (clinicianId: string): SQL =>
  sql`SELECT patient_id AS id FROM clinician_patients WHERE clinician_id = ${clinicianId} AND`;

function waysOf(words: string[]): SQL[] {
  const all = words.join(" ");
  const [last, first] = [sql`last_key`, sql`first_key`];
  const ways = [begins(last, all), begins(first, all)];
  for (let at = 1; at < words.length; at++) {
    const [front, back] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    ways.push(sql`${begins(last, back)} AND ${begins(first, front)}`);
    ways.push(sql`${begins(last, front)} AND ${begins(first, back)}`);
  }
  if (words.length === 1) ways.push(begins(sql`email_key`, all));
  const digits = /^[-+().\d\s]+$/.test(all) ? all.replace(/\D/g, "") : "";
  if (digits.length >= 4) ways.push(begins(sql`phone_tail`, [...digits].reverse().join("")));
  return ways;
}

/** As a range, which an index serves under row-level security too. */
function begins(column: SQL, text: string): SQL {
  // "Greene," as it stands in lists.
  const key = foldedKey(text.replaceAll(",", ""));
  return sql`${column} >= ${key} AND ${column} < ${key} || ${"\u{10ffff}"}::text`;
}
