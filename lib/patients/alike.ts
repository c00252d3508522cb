import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { foldedKey } from "@/db/folded-key";
import { customers } from "@/db/schema";
import type { PatientFields } from "./fields";
import { factsOf, type PatientFacts } from "./patient";

const alikeBy = ["phone", "email", "name"] as const;
/** What two rows have in common; `name`: first, last and state. */
type AlikeBy = (typeof alikeBy)[number];
export type Alike = { patient: PatientFacts; by: AlikeBy[] };
type Asked = Pick<PatientFields, "firstName" | "lastName" | "email" | "phone" | "state">;

/** Found of each kind at most: one is warning enough. */
const atMost = 5;

/** Who on file may be the same person. Each way is one range of an index. */
export async function alikePatients(tx: Tx, asked: Asked, except?: string): Promise<Alike[]> {
  const { phone, email, firstName, lastName, state } = asked;
  const { lastKey, firstKey } = customers;
  const ways: Record<AlikeBy, SQL | undefined> = {
    phone: phone ? sql`${customers.phoneTail} = reverse(substr(${phone}::text, 2))` : undefined,
    email: email ? sql`${customers.emailKey} = lower(${email}::text COLLATE "C")` : undefined,
    name: and(
      sql`${lastKey} = ${foldedKey(lastName)}`,
      sql`${firstKey} = ${foldedKey(firstName)}`,
      eq(customers.state, state),
    ),
  };
  const found = new Map<string, Alike>();
  for (const by of alikeBy) {
    if (!ways[by]) continue;
    const rows = await tx
      .select()
      .from(customers)
      .where(and(ways[by], except ? ne(customers.id, except) : undefined))
      .limit(atMost);
    for (const row of rows) {
      const known = found.get(row.id);
      if (known) known.by.push(by);
      else found.set(row.id, { patient: factsOf(row), by: [by] });
    }
  }
  return [...found.values()];
}
