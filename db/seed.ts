import type { Tx } from "./as-actor";
import { demoCustomers, demoHours, demoLicences, demoStaff } from "./demo-people";
import { customers, staff, staffHours, staffLicences } from "./schema";

/**
 * Puts the demo people in, with fixed ids. Run as the system actor: `db.asActor({ kind: "system", name: "seed" }, seedDemo)`.
 * Again and again if you like: it leaves alone what is there (an account once linked by `sub`, a licence that somebody took away), for
 * licences and hours come with the person, once.
 */
export async function seedDemo(tx: Tx): Promise<void> {
  await tx.insert(customers).values(demoCustomers).onConflictDoNothing();
  const added = await tx.insert(staff).values(demoStaff).onConflictDoNothing().returning({ id: staff.id });
  const isNew = ({ staffId }: { staffId: string }) => added.some(({ id }) => id === staffId);
  const licences = demoLicences.filter(isNew);
  if (licences.length === 0) return;
  const today = Date.now();
  await tx.insert(staffLicences).values(
    licences.map(({ days, ...licence }) => ({
      ...licence,
      expiresOn: new Date(today + days * 86_400_000).toISOString().slice(0, 10),
    })),
  );
  await tx.insert(staffHours).values(demoHours.filter(isNew));
}
