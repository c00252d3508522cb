import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { door } from "@/lib/accounts/deps";
import { ok, type Result } from "@/lib/kernel/result";
import type { IdentityRefusal } from "@/lib/ports/identity";
import { findPerson, isStaffGroup, type Person } from "./people";
import type { SessionDeps } from "./session-deps";
import type { Principal } from "./verify-access-token";

/**
 * Who a sign-in stands for. Somebody who signed up themselves gets a row of their own at their first sign-in: a customer who sees nobody's
 * record. Null: Cognito calls them staff and no row of ours does, so they are nobody.
 */
export async function ensurePerson(
  deps: Pick<SessionDeps, "db" | "identity">,
  { principal, accessToken }: { principal: Principal; accessToken: string },
): Promise<Result<Person | null, IdentityRefusal>> {
  const { sub, groups } = principal;
  const known = await deps.db.asActor(door, (tx) => findPerson(tx, sub));
  if (known || groups.some(isStaffGroup)) return ok(known);
  const user = await deps.identity.user(accessToken);
  if (!user.ok) return user;
  const { firstName, lastName } = user.value;
  const person = await deps.db.asActor(door, async (tx) => {
    await tx.execute(sql`
      INSERT INTO accounts (id, sub, first_name, last_name)
      VALUES (${randomUUID()}, ${sub}, ${firstName.slice(0, 100)}, ${lastName.slice(0, 100)}) ON CONFLICT (sub) DO NOTHING`);
    return findPerson(tx, sub);
  });
  return ok(person);
}
