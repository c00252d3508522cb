import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "./as-actor";
import { demoCustomers, demoStaff } from "./demo-people";
import { customers, staff, staffLicences } from "./schema";
import { seedDemo } from "./seed";
import { freshDatabase } from "./testing/test-database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 2 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
const seed = { kind: "system", name: "seed" } as const;

test("the demo people are there after any number of seedings, a linked account stays linked, and a license that was taken away stays away", async () => {
  await db.asActor(seed, seedDemo);
  await db.asActor(seed, (tx) =>
    tx.update(staff).set({ sub: "linked" }).where(eq(staff.email, "jane@vouchsafe.test")),
  );
  const jane = eq(staffLicences.staffId, "bbbbbbbb-0000-4000-8000-000000000001");
  await db.asActor(seed, (tx) => tx.delete(staffLicences).where(and(jane, eq(staffLicences.state, "CT"))));
  await db.asActor(seed, seedDemo);
  const people = await db.asActor(seed, async (tx) => ({
    customers: await tx.select().from(customers),
    jane: await tx.select().from(staff).where(eq(staff.sub, "linked")),
    staff: await tx.$count(staff),
    licences: await tx.select({ state: staffLicences.state }).from(staffLicences).where(jane),
  }));
  expect(people.customers).toHaveLength(demoCustomers.length);
  expect(people.customers.map((row) => row.externalId)).toContain("12345");
  expect(people.staff).toBe(demoStaff.length);
  expect(people.licences.map(({ state }) => state).sort()).toEqual(["CA", "NJ", "NY"]);
  expect(people.jane).toMatchObject([{ firstName: "Jane", title: "Dr.", role: "clinician" }]);
});
