import { randomUUID } from "node:crypto";
import type { Db } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import type { Caller, Customer } from "./deps";
import type { StartedCall } from "./start-call";

/** A call of route `webrtc`, whose contact is known from the start. */
export function withContact<Call extends Pick<StartedCall, "contactId">>(call: Call) {
  const { contactId } = call;
  if (contactId === null) throw new Error("This call has no contact yet");
  return { ...call, contactId };
}

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
    siteId: null,
  };
}
