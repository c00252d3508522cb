import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { makeVisit, person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { listAudit } from "@/lib/audit/list-audit";
import type { Actor } from "@/lib/kernel/actor";
import { systemClock as clock } from "@/lib/kernel/clock";
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
const asSystem = (statement: ReturnType<typeof sql>) => db.asActor(system, (tx) => tx.execute(statement));

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
