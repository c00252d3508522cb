import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb, type Tx } from "@/db/as-actor";
import { makeVisit, person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { listAudit } from "@/lib/audit/list-audit";
import type { Actor } from "@/lib/kernel/actor";
import { systemClock as clock } from "@/lib/kernel/clock";
import { listPatients } from "@/lib/patients/list-patients";
import { exportVisits } from "./export-visits";
import { listMessages, type MessageView } from "./list-messages";
import { listVisits } from "./list-visits";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 4 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
const desk = person(randomUUID(), "scheduler");
const auditor = person(randomUUID(), "auditor");
/** Until another session waits for a lock that this one holds. */
async function waitsForLock(tx: Tx): Promise<string> {
  for (;;) {
    const [row] = await tx.execute(
      sql`SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
    );
    if (row) return "waits";
  }
}
const asSystem = (statement: ReturnType<typeof sql>) => db.asActor(system, (tx) => tx.execute(statement));

describe("a patient", () => {
  const ids: Record<string, string> = {};
  const add = async (
    name: string,
    first: string,
    last: string,
    contact: { email?: string; phone?: string },
  ) => {
    ids[name] = randomUUID();
    await asSystem(sql`INSERT INTO customers (id, first_name, last_name, email, phone, state, time_zone)
      VALUES (${ids[name]}, ${first}, ${last}, ${contact.email ?? null}, ${contact.phone ?? null}, 'NY', 'America/New_York')`);
  };
  beforeAll(async () => {
    await add("lucia", "Lucía", "Fernández García", { email: "Lucia.F@example.com", phone: "+15550199887" });
    await add("luke", "Luke", "Ferris", { phone: "+15550111111" });
  });
  const found = async (q: string, actor: Actor = desk) =>
    (await listPatients({ db }, { actor, q })).patients.map(({ patientId }) => patientId);

  test.each([
    ["the beginning of a last name, without its marks", "fernandez", ["lucia"]],
    ["…with them, in capitals", "FERNÁNDEZ", ["lucia"]],
    ["two last names", "fernandez gar", ["lucia"]],
    ["first and last name", "lucia fern", ["lucia"]],
    ["last and first name, with the comma of lists", "Fernández García, Luc", ["lucia"]],
    ["what several begin with", "fer", ["lucia", "luke"]],
    ["the beginning of an email", "lucia.f@", ["lucia"]],
    ["the end of a phone number", "9887", ["lucia"]],
    ["a whole phone number as people write it", "(555) 019-9887", ["lucia"]],
    ["a wildcard is no name", "%", []],
    ["three digits are too few to mean anybody", "887", []],
    ["the middle of a name", "nandez", []],
  ])("is found by %s", async (_, q, names) => {
    expect(await found(q)).toEqual(names.map((name) => ids[name]));
  });

  test("is found by their own clinician, and by no other", async () => {
    const { clinicianId } = await makeVisit(db, { patientId: ids.luke });
    const { clinicianId: other } = await makeVisit(db);
    expect(await found("ferr", person(clinicianId, "clinician"))).toEqual([ids.luke]);
    expect(await found("ferr", person(other, "clinician"))).toEqual([]);
  });

  test("stands in their clinician's own list by the name, mail and number of today, also where the visit was given to another", async () => {
    await add("mira", "Mira", "Quayle", { email: "mira@example.com", phone: "+15550122222" });
    const { clinicianId, visitId } = await makeVisit(db, { patientId: ids.mira, hours: 50 });
    const { clinicianId: other } = await makeVisit(db);
    const [first, second] = [person(clinicianId, "clinician"), person(other, "clinician")];
    await asSystem(
      sql`UPDATE customers SET last_name = 'Quimby', email = 'mq@example.com', phone = '+15550133333' WHERE id = ${ids.mira}`,
    );
    for (const old of ["quayle", "mira@", "2222"]) expect(await found(old, first), old).toEqual([]);
    for (const today of ["quimby", "mira qui", "mq@", "3333"])
      expect(await found(today, first), today).toEqual([ids.mira]);
    await asSystem(sql`UPDATE video_visits SET clinician_id = ${other} WHERE id = ${visitId}`);
    expect(await found("quimby", first)).toEqual([]);
    expect(await found("quimby", second)).toEqual([ids.mira]);
  });

  test("is there by the new name when renamed at the very moment of the booking", async () => {
    await add("noor", "Noor", "Before", {});
    const { clinicianId } = await makeVisit(db);
    let book = () => {};
    const renamed = new Promise<void>((resolve) => {
      book = resolve;
    });
    let booked: Promise<unknown> = Promise.resolve();
    await db.asActor(system, async (tx) => {
      await tx.execute(sql`UPDATE customers SET last_name = 'After' WHERE id = ${ids.noor}`);
      booked = makeVisit(db, { patientId: ids.noor, clinicianId, hours: 3 });
      booked.then(book, book);
      // The booking waits for the new name; it can't be through before this commits.
      expect(await Promise.race([renamed.then(() => "through"), waitsForLock(tx)])).toBe("waits");
    });
    await booked;
    expect(await found("after", person(clinicianId, "clinician"))).toEqual([ids.noor]);
  });

  test("is listed page by page among their clinician's, and nobody else's are", async () => {
    const { clinicianId } = await makeVisit(db);
    for (let n = 0; n < 6; n++) await makeVisit(db, { clinicianId, hours: 2 + n });
    await makeVisit(db);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPatients({ db }, { actor: person(clinicianId, "clinician"), limit: 3, cursor });
      seen.push(...page.patients.map(({ patientId }) => patientId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  test("among too many is not promised: the answer says that more must be typed", async () => {
    await asSystem(sql`INSERT INTO customers (id, first_name, last_name, state, time_zone)
      SELECT gen_random_uuid(), 'Crowd', 'Zz' || n, 'NY', 'UTC' FROM generate_series(1, 201) AS n`);
    expect((await listPatients({ db }, { actor: desk, q: "crowd" })).tooMany).toBe(true);
    expect((await listPatients({ db }, { actor: desk, q: "crowd zz20" })).tooMany).toBe(false);
  });
});

describe("the list of visits", () => {
  test("goes through all pages in either direction, and a patient's are theirs alone", async () => {
    const one = await makeVisit(db, { hours: 1 });
    for (let hours = 2; hours < 8; hours++) await makeVisit(db, { ...one, hours });
    await makeVisit(db, { clinicianId: one.clinicianId, hours: 9 });
    const walk = async (order: "asc" | "desc") => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await listVisits(
          { db, clock },
          { actor: desk, patientId: one.patientId, order, limit: 3, cursor: cursor ?? undefined },
        );
        seen.push(...page.visits.map(({ scheduledAt }) => scheduledAt));
        cursor = page.nextCursor;
      } while (cursor);
      return seen;
    };
    const forward = await walk("asc");
    expect(forward).toHaveLength(7);
    expect(forward).toEqual(forward.toSorted());
    expect(await walk("desc")).toEqual(forward.toReversed());
  });

  test("is saved whole, beyond a page, and the saving is recorded with what was asked", async () => {
    const { clinicianId, patientId } = await makeVisit(db);
    await asSystem(sql`INSERT INTO video_visits (id, patient_id, clinician_id, scheduled_at, channel, route, created_by)
      SELECT gen_random_uuid(), ${patientId}, ${clinicianId}, '2031-01-01'::timestamptz + n * interval '1 hour', 'sms', 'meeting', 'test'
      FROM generate_series(1, 1100) AS n`);
    const saver = person(randomUUID(), "admin");
    const ids = new Set<string>();
    for await (const page of await exportVisits({ db, clock }, { actor: saver, clinicianId }))
      for (const { visitId } of page) ids.add(visitId);
    expect(ids.size).toBe(1101);
    const { entries } = await listAudit({ db }, { actor: auditor, event: "VISITS_EXPORTED" });
    expect(entries).toMatchObject([{ metadata: { clinicianId } }]);
  });

  test("is saved as the schedule shows it: without what was cancelled", async () => {
    const { visitId, clinicianId } = await makeVisit(db);
    const cancelled = await makeVisit(db, { clinicianId, hours: 50 });
    await asSystem(sql`UPDATE video_visits SET cancelled_at = now() WHERE id = ${cancelled.visitId}`);
    const saved = async (without?: "cancelled") => {
      const ids: string[] = [];
      for await (const page of await exportVisits({ db, clock }, { actor: desk, clinicianId, without }))
        ids.push(...page.map((visit) => visit.visitId));
      return ids;
    };
    expect(await saved()).toEqual([visitId, cancelled.visitId]);
    expect(await saved("cancelled")).toEqual([visitId]);
  });
});

describe("the list of messages", () => {
  const put = async (
    visitId: string,
    facts: {
      minute: number;
      kind?: string;
      bounced?: boolean;
      failed?: boolean;
      delivered?: boolean;
      waits?: boolean;
    },
  ) => {
    const id = randomUUID();
    const at = new Date(Date.UTC(2026, 10, 1, 12, facts.minute)).toISOString();
    const when = (is: boolean | undefined) => (is ? at : null);
    await asSystem(sql`INSERT INTO outbox (id, kind, visit_id, party, template, recipient, created_at, sent_at, failed_at, bounced_at, delivered_at)
      VALUES (${id}, ${facts.kind ?? "sms"}, ${visitId}, 'patient', 'initial', '+15550101234', ${at}::timestamptz,
        ${when(!facts.waits && !facts.failed)}::timestamptz, ${when(facts.failed)}::timestamptz, ${when(facts.bounced)}::timestamptz,
        ${when(facts.delivered)}::timestamptz)`);
    return id;
  };
  const seen = async (view: MessageView, actor: Actor = desk) => {
    const found = await listMessages({ db }, { actor, view, limit: 100 });
    return found.ok ? found.value.messages : null;
  };

  test("brings what did not get through, until something newer went the same way", async () => {
    const { visitId } = await makeVisit(db, { hours: 20 });
    const bounced = await put(visitId, { minute: 1, bounced: true });
    const failed = await put(visitId, { minute: 2, kind: "email", failed: true });
    const waits = await put(visitId, { minute: 3, kind: "email", waits: true });
    const trouble = (await seen("trouble"))!.filter((message) => message.visitId === visitId);
    expect(trouble.map(({ messageId }) => messageId)).toEqual([bounced]);
    expect(trouble[0]).toMatchObject({
      status: "bounced",
      repeatable: true,
      name: "Pat Test",
      to: "***-***-1234",
    });
    expect((await seen("waiting"))!.map(({ messageId }) => messageId)).toContain(waits);
    const all = (await seen("all"))!.filter((message) => message.visitId === visitId);
    expect(all.map(({ messageId }) => messageId)).toEqual([waits, failed, bounced]);
    expect(all.map(({ repeatable }) => repeatable)).toEqual([true, false, true]);
    await put(visitId, { minute: 4, delivered: true });
    expect((await seen("trouble"))!.filter((message) => message.visitId === visitId)).toEqual([]);
  });

  test("of a visit that is over offers nothing to send", async () => {
    const { visitId } = await makeVisit(db, { hours: 30 });
    await put(visitId, { minute: 5, bounced: true });
    await asSystem(sql`UPDATE video_visits SET cancelled_at = now() WHERE id = ${visitId}`);
    const [message] = (await seen("trouble"))!.filter((one) => one.visitId === visitId);
    expect(message).toMatchObject({ repeatable: false });
  });

  test("is for those who run the book", async () => {
    for (const role of ["clinician", "agent", "auditor", "customer"] as const)
      expect(await seen("all", person(randomUUID(), role)), role).toBeNull();
  });
});
