import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as save } from "@/app/api/audit/export/route";
import { GET as read } from "@/app/api/audit/route";
import { system } from "@/db/testing/people";
import { recordAudit } from "@/lib/audit/record";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const ask = (handler: typeof read, query: string, bearer: string) =>
  handler(
    new Request(`http://app.test/api/audit?${query}`, {
      headers: { authorization: `Bearer ${bearer}`, "x-forwarded-for": "203.0.113.5" },
    }),
    { params: Promise.resolve({}) },
  );

test("only an auditor and an admin read or save the audit", async () => {
  for (const [role, status] of [
    ["auditor", 200],
    ["admin", 200],
    ["scheduler", 403],
    ["clinician", 403],
    ["agent", 403],
    ["customer", 403],
  ] as const) {
    const { bearer } = await doors.enroll(role);
    expect((await ask(read, "", bearer)).status, role).toBe(status);
    const file = await ask(save, "", bearer);
    expect(file.status, role).toBe(status);
    await file.text();
  }
});

test("a saved audit holds what the list shows, with names, and no cell that a spreadsheet would run", async () => {
  const { bearer, id } = await doors.enroll("auditor");
  const visitId = randomUUID();
  const actor = {
    kind: "person",
    id,
    role: "auditor",
    name: "x",
    origin: { ip: "192.0.2.1", userAgent: "=1+1" },
  };
  await doors.deps.db.asActor(system, (tx) =>
    recordAudit(tx, { event: "NOTES_WRITTEN", actor: actor as never, visitId, metadata: { a: 'b, "c"' } }),
  );
  const listed = (await (await ask(read, `visitId=${visitId}&event=NOTES_WRITTEN`, bearer)).json()) as {
    entries: { hash: string; timestamp: string }[];
  };
  expect(listed.entries).toHaveLength(1);
  const file = await ask(save, `visitId=${visitId}&event=NOTES_WRITTEN`, bearer);
  expect(file.headers.get("content-disposition")).toMatch(
    /^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/,
  );
  const [head, line, end] = (await file.text()).split("\r\n");
  expect(head).toBe(
    "time,event,visit,link,actor,name,role,address,browser,success,error,facts,chain,place,hash",
  );
  expect(line).toContain(
    `${listed.entries[0]!.timestamp},NOTES_WRITTEN,${visitId},,${id},Sam Test,AUDITOR,192.0.2.1,'=1+1,true,,`,
  );
  expect(line).toContain(`"{""a"":""b, \\""c\\""""}"`);
  expect(line).toContain(listed.entries[0]!.hash);
  expect(end).toBe("");
});

test("what the audit cannot be asked is told, field by field", async () => {
  const { bearer } = await doors.enroll("auditor");
  const answer = await ask(read, "event=NOTHING&from=yesterday", bearer);
  expect(answer.status).toBe(422);
  const { errors } = (await answer.json()) as { errors: { path: string }[] };
  expect(errors.map(({ path }) => path)).toEqual(["event", "from"]);
});
