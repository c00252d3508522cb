import { sql } from "drizzle-orm";
import type { Tx } from "./as-actor";
import { demoCustomers, demoLicences, demoStaff } from "./demo-people";
import { customers, staff, staffLicences } from "./schema";

/**
 * Puts the demo people in, with fixed ids. Run as the system actor: `db.asActor({ kind: "system", name: "seed" }, seedDemo)`.
 * Again and again if you like: it leaves alone what is there (an account once linked by `sub`, a changed number), and only renews licences.
 */
export async function seedDemo(tx: Tx): Promise<void> {
  await tx.insert(customers).values(demoCustomers).onConflictDoNothing();
  await tx.insert(staff).values(demoStaff).onConflictDoNothing();
  const expiresOn = new Date(Date.now() + 2 * 365 * 86_400_000).toISOString().slice(0, 10);
  await tx
    .insert(staffLicences)
    .values(demoLicences.map((licence) => ({ ...licence, expiresOn })))
    .onConflictDoUpdate({
      target: [staffLicences.staffId, staffLicences.state],
      set: { expiresOn: sql`excluded.expires_on` },
    });
}
