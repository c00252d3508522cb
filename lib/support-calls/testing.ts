import { randomUUID } from "node:crypto";
import type { Db } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Caller, Customer } from "./deps";

/** A customer who has just signed in; with a record unless told otherwise. */
export async function makeCaller(
  db: Db,
  given: Partial<typeof customers.$inferInsert> & { record?: boolean } = {},
): Promise<Caller & { customer: Customer }> {
  const { record = true, ...columns } = given;
  const id = randomUUID();
  if (record)
    await db.asActor(system, (tx) =>
      tx.insert(customers).values({
        id,
        sub: randomUUID(),
        firstName: "Ana",
        lastName: "Gold",
        tier: "gold",
        state: "NY",
        timeZone: "America/New_York",
        ...columns,
      }),
    );
  return {
    customer: person(id, "customer") as Customer,
    signedInAt: new Date(Date.now() - 60_000),
    secondStep: false,
  };
}
