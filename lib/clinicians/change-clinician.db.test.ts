import { randomUUID } from "node:crypto";
import { asc, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { auditLog, staffDaysOff, staffHours } from "@/db/schema";
import { person } from "@/db/testing/people";
import { scheduleVisit } from "@/lib/visits/schedule-visit";
import { givenVisits, granted, makePersons, refusalOf, scheduler } from "@/lib/visits/testing";
import { addDaysOff, keepLicence, removeDaysOff, removeLicence, setHours } from "./change-clinician";
import { listRoster, readClinician } from "./roster";

const deps = givenVisits();
const admin = person(randomUUID(), "admin");
const tuesday = { weekday: 2, fromMinute: 540, toMinute: 1020 };
const inAnHour = () => new Date(Date.now() + 3_600_000);

/** What was recorded of this clinician, oldest first. */
const recordOf = (clinicianId: string) =>
  deps.db.asActor(admin, (tx) =>
    tx
      .select({ eventType: auditLog.eventType, actorId: auditLog.actorId, metadata: auditLog.metadata })
      .from(auditLog)
      .where(sql`${auditLog.metadata} ->> 'clinicianId' = ${clinicianId}`)
      .orderBy(asc(auditLog.occurredAt)),
  );
/** What must be put right. */
const fieldsOf = (done: { ok: boolean; error?: object }) =>
  done.error && "fields" in done.error ? done.error.fields : null;

describe("a license", () => {
  test("opens a state to bookings once it is kept, and closes it once it is removed, each recorded with who did it", async () => {
    const people = await makePersons(deps.db, { state: "OR", licensedIn: [] });
    const book = () => scheduleVisit(deps, { actor: scheduler, ...people, scheduledAt: inAnHour() });
    expect(refusalOf(await book())).toBe("CLINICIAN_NOT_LICENSED");
    const { clinicianId } = people;
    const licence = { state: "OR", number: " OR-77 ", expiresOn: "2099-12-31" };
    granted(await keepLicence(deps, { actor: admin, clinicianId, ...licence }));
    granted(await book());
    granted(await removeLicence(deps, { actor: scheduler, clinicianId, state: "OR" }));
    expect(refusalOf(await book())).toBe("CLINICIAN_NOT_LICENSED");
    const facts = { clinicianId, state: "OR", number: "OR-77", expiresOn: "2099-12-31" };
    expect(
      (await recordOf(clinicianId)).filter(({ eventType }) => eventType.startsWith("CLINICIAN")),
    ).toEqual([
      { eventType: "CLINICIAN_LICENCE_KEPT", actorId: "id" in admin ? admin.id : "", metadata: facts },
      {
        eventType: "CLINICIAN_LICENCE_REMOVED",
        actorId: "id" in scheduler ? scheduler.id : "",
        metadata: facts,
      },
    ]);
  });

  test("is renewed in place: one for each state", async () => {
    const { clinicianId } = await makePersons(deps.db, { licensedIn: ["NY"] });
    granted(
      await keepLicence(deps, {
        actor: admin,
        clinicianId,
        state: "NY",
        number: "NY-2",
        expiresOn: "2098-01-01",
      }),
    );
    expect((await readClinician(deps, { actor: admin, clinicianId }))?.licences).toEqual([
      { state: "NY", number: "NY-2", expiresOn: "2098-01-01" },
    ]);
  });

  test("of no state, of no number or of no day is refused by name, and nothing is kept", async () => {
    const { clinicianId } = await makePersons(deps.db, { licensedIn: [] });
    const kept = await keepLicence(deps, {
      actor: admin,
      clinicianId,
      state: "ZZ",
      number: "=1+1",
      expiresOn: "2027-02-30",
    });
    expect(fieldsOf(kept)).toEqual(["state", "number", "expiresOn"]);
    expect((await readClinician(deps, { actor: admin, clinicianId }))?.licences).toEqual([]);
  });
});

test("a week is replaced whole, and two who set it at once leave one week and not a mixture", async () => {
  const { clinicianId } = await makePersons(deps.db);
  const week = (weekdays: number[]) => weekdays.map((weekday) => ({ ...tuesday, weekday }));
  granted(await setHours(deps, { actor: admin, clinicianId, hours: week([1, 2, 3]) }));
  const both = await Promise.all([
    setHours(deps, { actor: admin, clinicianId, hours: week([4]) }),
    setHours(deps, { actor: scheduler, clinicianId, hours: week([5, 6]) }),
  ]);
  for (const one of both) granted(one);
  const { hours } = (await readClinician(deps, { actor: admin, clinicianId }))!;
  expect([[4], [5, 6]]).toContainEqual(hours.map(({ weekday }) => weekday));
  const overlapping = [tuesday, { ...tuesday, fromMinute: 600 }];
  expect(refusalOf(await setHours(deps, { actor: admin, clinicianId, hours: overlapping }))).toBe(
    "INPUT_INVALID",
  );
});

test("days off come and go; a spell that ends before it begins, or lasts years, is refused", async () => {
  const { clinicianId } = await makePersons(deps.db);
  const add = (firstDay: string, lastDay: string) =>
    addDaysOff(deps, { actor: admin, clinicianId, firstDay, lastDay });
  granted(await add("2099-11-26", "2099-11-27"));
  granted(await add("2099-11-26", "2099-11-28"));
  const daysOff = async () => (await readClinician(deps, { actor: admin, clinicianId }))?.daysOff;
  expect(await daysOff()).toEqual([{ firstDay: "2099-11-26", lastDay: "2099-11-28" }]);
  expect(fieldsOf(await add("2099-11-26", "2099-11-25"))).toEqual(["lastDay"]);
  expect(fieldsOf(await add("2099-11-26", "2101-11-25"))).toEqual(["lastDay"]);
  granted(await removeDaysOff(deps, { actor: admin, clinicianId, firstDay: "2099-11-26" }));
  expect(await daysOff()).toEqual([]);
  granted(await removeDaysOff(deps, { actor: admin, clinicianId, firstDay: "2099-11-26" }));
  const removed = (await recordOf(clinicianId)).filter(
    ({ eventType }) => eventType === "CLINICIAN_DAYS_OFF_REMOVED",
  );
  expect(removed).toHaveLength(1); // taking back what is not there is no deed
});

describe("nobody but who runs the book", () => {
  test("changes a clinician, not even the clinician", async () => {
    const { clinicianId } = await makePersons(deps.db);
    for (const actor of [person(clinicianId, "clinician"), person(randomUUID(), "auditor")]) {
      const done = await setHours(deps, { actor, clinicianId, hours: [tuesday] });
      expect(refusalOf(done)).toBe("FORBIDDEN");
    }
    expect(refusalOf(await setHours(deps, { actor: admin, clinicianId: randomUUID(), hours: [] }))).toBe(
      "CLINICIAN_UNKNOWN",
    );
  });

  test("reads another's hours, days off and licenses: a clinician finds their own, others nothing", async () => {
    const { clinicianId } = await makePersons(deps.db);
    granted(await setHours(deps, { actor: admin, clinicianId, hours: [tuesday] }));
    const own = await listRoster(deps, { actor: person(clinicianId, "clinician") });
    expect(own).toMatchObject([{ clinicianId, hours: [tuesday] }]);
    const others = [
      person((await makePersons(deps.db)).clinicianId, "clinician"),
      person(randomUUID(), "auditor"),
      person(randomUUID(), "customer"),
    ];
    for (const actor of others) {
      expect(await readClinician(deps, { actor, clinicianId })).toBeNull();
      expect(await deps.db.asActor(actor, (tx) => tx.select().from(staffHours))).toEqual([]);
      expect(await deps.db.asActor(actor, (tx) => tx.select().from(staffDaysOff))).toEqual([]);
    }
  });

  test("writes past the use case: row-level security refuses a clinician's own hand", async () => {
    const { clinicianId } = await makePersons(deps.db);
    const jane = person(clinicianId, "clinician");
    const write = deps.db.asActor(jane, (tx) =>
      tx.insert(staffHours).values({ staffId: clinicianId, ...tuesday }),
    );
    await expect(write).rejects.toMatchObject({ cause: { code: "42501" } });
    const renewed = await deps.db.asActor(jane, (tx) =>
      tx.execute(sql`UPDATE staff_licences SET expires_on = '2199-01-01' RETURNING state`),
    );
    expect([...renewed]).toEqual([]);
  });
});
