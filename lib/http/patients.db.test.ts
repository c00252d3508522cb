import { randomUUID } from "node:crypto";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { customers } from "@/db/schema";
import { system } from "@/db/testing/people";
import type { RouteName } from "@/lib/auth/access";
import { makeVisit } from "@/lib/visits/testing";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));

const root = path.resolve(import.meta.dirname, "../..");
let scheduler: string;
beforeAll(async () => {
  doors = await openDoors();
  scheduler = (await doors.enroll("scheduler")).bearer;
});
afterAll(() => doors.close());

async function knock(
  route: RouteName,
  { bearer = scheduler, patientId = "", query = "", body = {} as object },
) {
  const [method = "", place = ""] = route.split(" ");
  const handlers = (await import(path.join(root, "app", place, "route.ts"))) as Record<
    string,
    (request: Request, context: object) => Promise<Response>
  >;
  const request = new Request(`http://app.test${place}${query}`, {
    method,
    headers: { "x-forwarded-for": "203.0.113.50", authorization: `Bearer ${bearer}` },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  return handlers[method]!(request, { params: Promise.resolve({ patientId }) });
}
const ask = async (...given: Parameters<typeof knock>) => {
  const answer = await knock(...given);
  return { status: answer.status, body: (await answer.json()) as Record<string, never> };
};
const ada = () => ({
  firstName: "Ada",
  lastName: `L ${randomUUID().slice(0, 8)}`,
  state: "NY",
  timeZone: "America/New_York",
});

test("a patient is added, read and changed by a program, and never with the contact in the answer", async () => {
  const added = await ask("POST /api/patients", { body: { ...ada(), phone: "(212) 555-0147" } });
  expect(added).toMatchObject({ status: 201, body: { phone: "***-***-0147", revision: 1 } });
  const { patientId } = added.body as unknown as { patientId: string };
  expect(await ask("GET /api/patients/[patientId]", { patientId })).toMatchObject({
    status: 200,
    body: { oldLinks: [], textsStoppedAt: null },
  });
  const changed = await ask("PATCH /api/patients/[patientId]", {
    patientId,
    body: { revision: 1, email: "ada@example.com", phone: null },
  });
  expect(changed).toMatchObject({ status: 200, body: { changed: ["email", "phone"] } });
  expect(
    await ask("PATCH /api/patients/[patientId]", { patientId, body: { revision: 1, tier: "gold" } }),
  ).toMatchObject({
    status: 409,
    body: { code: "PATIENT_CHANGED", revision: 2 },
  });
});

test("who is alike is named in the refusal", async () => {
  const body = ada();
  const first = await ask("POST /api/patients", { body });
  const again = await ask("POST /api/patients", { body });
  expect(again).toMatchObject({
    status: 409,
    body: { code: "PATIENT_ALIKE", alike: [{ patient: { patientId: first.body.patientId }, by: ["name"] }] },
  });
});

test.each([
  ["sub", "mine"],
  ["id", randomUUID()],
  ["accountNumberHash", "x"],
  ["createdAt", "2020-01-01T00:00:00Z"],
])("a member that nobody may write is refused by its name: %s", async (name, value) => {
  const body = ada();
  expect((await ask("POST /api/patients", { body: { ...body, [name]: value } })).status).toBe(422);
  const { patientId } = (await ask("POST /api/patients", { body })).body as unknown as { patientId: string };
  expect((await ask("PATCH /api/patients/[patientId]", { patientId, body: { [name]: value } })).status).toBe(
    422,
  );
  const [row] = await doors.deps.db.asActor(system, (tx) =>
    tx.select().from(customers).where(eq(customers.id, patientId)),
  );
  expect(row).toMatchObject({ sub: null, accountNumberHash: null });
});

test.each([
  ["firstName", " \u202e "],
  ["email", "nobody"],
  ["phone", "12"],
  ["state", "ZZ"],
  ["timeZone", "Mars/Olympus"],
  ["locale", "xx"],
  ["tier", "royal"],
  ["externalId", "a b"],
  ["accountNumber", "1"],
])("what cannot be is refused at its field: %s", async (name, value) => {
  const refused = await ask("POST /api/patients", { body: { ...ada(), [name]: value } });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: name }] } });
});

test("a clinician reads their own patient, is told 404 of another's, and changes neither", async () => {
  const { patientId, clinicianId } = await makeVisit(doors.deps);
  const other = await makeVisit(doors.deps);
  const clinician = await doors.enroll("clinician");
  await doors.deps.db.asActor(system, async (tx) => {
    const { videoVisits } = await import("@/db/schema");
    await tx
      .update(videoVisits)
      .set({ clinicianId: clinician.id })
      .where(eq(videoVisits.clinicianId, clinicianId));
  });
  const { bearer } = clinician;
  expect((await ask("GET /api/patients/[patientId]", { bearer, patientId })).status).toBe(200);
  expect(await ask("GET /api/patients/[patientId]", { bearer, patientId: other.patientId })).toMatchObject({
    status: 404,
    body: { code: "PATIENT_UNKNOWN" },
  });
  expect((await ask("GET /api/patients/[patientId]", { bearer, patientId: "../x" })).status).toBe(404);
  expect(
    (await ask("PATCH /api/patients/[patientId]", { bearer, patientId, body: { tier: "gold" } })).status,
  ).toBe(403);
  expect((await ask("POST /api/patients", { bearer, body: ada() })).status).toBe(403);
});

test.each(["agent", "auditor", "customer"] as const)(
  "to an %s every door of patients is shut",
  async (role) => {
    const { bearer } = await doors.enroll(role);
    const { patientId } = await makeVisit(doors.deps);
    for (const route of [
      "GET /api/patients",
      "GET /api/patients/export",
      "POST /api/patients",
      "GET /api/patients/[patientId]",
      "PATCH /api/patients/[patientId]",
    ] as const)
      expect((await knock(route, { bearer, patientId, body: ada() })).status).toBe(403);
  },
);

test("the list is saved whole as a table in which no name runs as a formula, narrowed as it was asked", async () => {
  await ask("POST /api/patients", { body: { ...ada(), firstName: "=cmd", state: "VT" } });
  const answer = await knock("GET /api/patients/export", { query: "?state=VT" });
  const text = await answer.text();
  expect(answer.headers.get("content-disposition")).toContain("patients-");
  expect(text.trim().split("\r\n")).toHaveLength(2);
  expect(text).toContain("'=cmd");
});
