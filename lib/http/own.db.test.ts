import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GET as dataRoute } from "@/app/api/me/data/route";
import { GET as calendarRoute } from "@/app/api/me/visits/[visitId]/calendar/route";
import { GET as visitsRoute } from "@/app/api/me/visits/route";
import { askForTime } from "@/lib/visits/ask-time";
import type { Patient } from "@/lib/visits/own-visit";
import { granted, makePersons, makeVisit } from "@/lib/visits/testing";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const knock = (route: typeof visitsRoute, bearer: string, params: Record<string, string> = {}) =>
  route(new Request("http://app.test/api/me", { headers: { authorization: `Bearer ${bearer}` } }), {
    params: Promise.resolve(params),
  });

test("a patient reads their own visits by the API, saves one to a calendar without any link into it, and saves their data; nobody else's", async () => {
  const me = await doors.enroll("customer");
  const { clinicianId } = await makePersons(doors.deps.db);
  const { visitId } = await makeVisit(doors.deps, {
    persons: { patientId: me.id, clinicianId },
    inMinutes: 30 * 60,
  });
  const patient: Patient = {
    kind: "person",
    id: me.id,
    role: "customer",
    name: "Pat",
    origin: { ip: "198.51.100.9", userAgent: "Test" },
  };
  const day = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
  granted(
    await askForTime(doors.deps, { patient, visitId, wishes: [{ day, part: "evening" }], words: "Please" }),
  );

  const visits = await knock(visitsRoute, me.bearer);
  expect([visits.status, await visits.json()]).toMatchObject([
    200,
    { coming: [{ visitId, request: { kind: "move", words: "Please", outcome: null } }], past: [] },
  ]);
  const calendar = await knock(calendarRoute, me.bearer, { visitId });
  const file = await calendar.text();
  expect(calendar.headers.get("content-type")).toMatch(/^text\/calendar/);
  expect(file).toMatch(/METHOD:PUBLISH/);
  expect(file).toContain("http://app.test/visits");
  expect(file).not.toMatch(/ATTENDEE|\/j\/|Please/);
  const data = await knock(dataRoute, me.bearer);
  expect(data.headers.get("content-disposition")).toContain("my-visits.json");
  expect(await data.json()).toMatchObject({ person: { firstName: "Pat" }, visits: [{ visitId }] });

  const other = await doors.enroll("customer");
  expect((await knock(calendarRoute, other.bearer, { visitId })).status).toBe(404);
  expect(await (await knock(visitsRoute, other.bearer)).json()).toMatchObject({ coming: [], past: [] });
  const admin = await doors.enroll("admin");
  for (const route of [visitsRoute, calendarRoute, dataRoute])
    expect((await knock(route, admin.bearer, { visitId })).status).toBe(403);
});
