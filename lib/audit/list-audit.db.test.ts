import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { makeVisit, person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import type { Actor } from "@/lib/kernel/actor";
import { type AuditListEntry, auditColleagues, exportAudit, listAudit } from "./list-audit";
import { recordAudit } from "./record";

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

const auditor = person(randomUUID(), "auditor");
const note = (actor: Actor, visitId?: string) =>
  db.asActor(system, (tx) => recordAudit(tx, { event: "NOTES_WRITTEN", actor, visitId }));
async function all(pages: AsyncGenerator<AuditListEntry[]>): Promise<AuditListEntry[]> {
  const entries: AuditListEntry[] = [];
  for await (const page of pages) entries.push(...page);
  return entries;
}

test("pages follow each other newest first, and none is shown twice or left out", async () => {
  const visitId = randomUUID();
  for (let turn = 0; turn < 7; turn++) await note(system, visitId);
  const filter = { actor: auditor, visitId, event: "NOTES_WRITTEN" as const, limit: 3 };
  const seen: AuditListEntry[] = [];
  let after = null;
  do {
    const page = await listAudit({ db }, { ...filter, after });
    seen.push(...page.entries);
    after = page.next;
  } while (after);
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map(({ seq }) => seq).toSorted((a, b) => b - a));
  expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
  expect(seen).toHaveLength(7);
});

test("each filter keeps what fits and nothing else", async () => {
  const [one, other] = [person(randomUUID(), "scheduler"), person(randomUUID(), "clinician")];
  const [visitId, elsewhere] = [randomUUID(), randomUUID()];
  await note(one, visitId);
  await note(other, elsewhere);
  const byPerson = await listAudit({ db }, { actor: auditor, personId: idOf(one) });
  expect(byPerson.entries.map(({ visitId: of }) => of)).toEqual([visitId]);
  const both = { actor: auditor, personId: idOf(other), event: "NOTES_WRITTEN" as const };
  expect((await listAudit({ db }, both)).entries).toHaveLength(1);
  expect((await listAudit({ db }, { ...both, event: "SIGN_IN" })).entries).toEqual([]);
  const [entry] = byPerson.entries;
  const at = entry!.at.getTime();
  const between = (from: number, to: number) =>
    listAudit(
      { db },
      { actor: auditor, personId: idOf(one), from: new Date(at + from), to: new Date(at + to) },
    );
  expect((await between(-1000, 1000)).entries).toHaveLength(1);
  expect((await between(1000, 2000)).entries).toEqual([]);
  expect((await between(-2000, -1000)).entries).toEqual([]);
});
const idOf = (actor: Actor) => (actor.kind === "person" ? actor.id : "");

test("whoever reads or saves the audit is recorded in it, with what they asked", async () => {
  const curious = person(randomUUID(), "auditor");
  const visitId = randomUUID();
  await listAudit({ db }, { actor: curious, visitId, event: "SIGN_IN" });
  await all(await exportAudit({ db }, { actor: curious, visitId }));
  const { entries } = await listAudit({ db }, { actor: auditor, personId: idOf(curious) });
  expect(entries).toMatchObject([
    { event: "AUDIT_EXPORTED", visitId, metadata: {} },
    { event: "AUDIT_VIEWED", visitId, metadata: { event: "SIGN_IN" } },
  ]);
});

test("an export is recorded though its reader goes away, and takes all pages though more is recorded meanwhile", async () => {
  const visitId = randomUUID();
  const reader = person(randomUUID(), "admin");
  const entry = (turn: number) => ({
    event: "CHAT_KEPT",
    visit: visitId,
    token: null,
    actor: "x",
    role: "SYSTEM",
    ip: null,
    agent: null,
    metadata: { turn },
    success: true,
    error: null,
  });
  await db.asActor(system, (tx) =>
    tx.execute(
      sql`SELECT audit_append_all(${JSON.stringify(Array.from({ length: 1_500 }, (_, turn) => entry(turn)))}::jsonb)`,
    ),
  );
  const pages = await exportAudit({ db }, { actor: reader, visitId });
  const first = (await pages.next()).value as AuditListEntry[];
  await note(system, visitId);
  const rest = await all(pages);
  expect([...first, ...rest].map(({ metadata }) => metadata.turn)).toEqual(
    Array.from({ length: 1_500 }, (_, turn) => 1_499 - turn),
  );
  await (await exportAudit({ db }, { actor: reader })).return(undefined);
  const own = await listAudit({ db }, { actor: auditor, personId: idOf(reader) });
  expect(own.entries.map(({ event }) => event)).toEqual(["AUDIT_EXPORTED", "AUDIT_EXPORTED"]);
});

describe("row-level security", () => {
  test.each(["clinician", "scheduler", "agent", "customer"] as const)(
    "gives a %s nothing of the audit, and nobody's name",
    async (role) => {
      const { clinicianId } = await makeVisit(db);
      await note(system, randomUUID());
      const actor = person(role === "clinician" ? clinicianId : randomUUID(), role);
      expect((await listAudit({ db }, { actor })).entries).toEqual([]);
      expect(await auditColleagues({ db }, { actor })).toEqual([]);
    },
  );

  test("gives an auditor the names of colleagues, and no row of theirs", async () => {
    const { clinicianId } = await makeVisit(db);
    expect(await auditColleagues({ db }, { actor: auditor })).toContainEqual({
      id: clinicianId,
      name: "Jane Test",
      role: "clinician",
    });
    const rows = await db.asActor(auditor, (tx) => tx.execute(sql`SELECT id FROM staff`));
    expect([...rows]).toEqual([]);
  });
});
