import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { staff, videoVisits } from "@/db/schema";
import { system } from "@/db/testing/people";
import { type DemoSecrets, demoAccounts, prepareDemo } from "./demo";
import { err, ok } from "./kernel/result";
import { endVisit } from "./visits/end-visit";
import { lookAtDoor } from "./visits/look-at-door";
import { takeOwnLink } from "./visits/own-links";
import { listOwnVisits } from "./visits/own-visits";
import { scheduleVisit } from "./visits/schedule-visit";
import { startVisit } from "./visits/start-visit";
import {
  codeIn,
  granted,
  openVisits,
  origin,
  scheduler,
  type TestDeps,
  type TestVisits,
} from "./visits/testing";

let visits: TestVisits;
let deps: TestDeps & { identity: Parameters<typeof prepareDemo>[0]["identity"] };
const subs = new Map<string, string>();
const secrets: DemoSecrets = {
  passwords: Object.fromEntries(
    demoAccounts.map(({ email }) => [email, `Secret-${email}`]),
  ) as DemoSecrets["passwords"],
  adminKey: `vsk_${randomUUID()}`,
  siteKey: `vsk_${randomUUID()}`,
};
beforeAll(async () => {
  visits = await openVisits();
  const ensureUser = async ({ email }: { email: string }) => {
    const sub = subs.get(email) ?? randomUUID();
    subs.set(email, sub);
    return ok({ sub });
  };
  deps = { ...visits.deps, identity: { ensureUser } };
});
afterAll(() => visits.close());
beforeEach(() => deps.clock.reset());

const door = async (link: string) =>
  granted(await lookAtDoor(deps, { code: codeIn(link), browserId: "", origin }));
async function join(link: string) {
  const seen = await door(link);
  if (seen.kind !== "ready") throw new Error(`the door says ${seen.kind}`);
  const { visitId } = seen.visit;
  return {
    visitId,
    started: granted(await startVisit(deps, { visitId, code: seen.code, holder: randomUUID(), origin })),
  };
}
const drJanesVisits = () =>
  deps.db.asActor(system, (tx) =>
    tx.select().from(videoVisits).where(eq(videoVisits.clinicianId, "bbbbbbbb-0000-4000-8000-000000000001")),
  );

test("every start brings two links that work, for one visit of Walter's with Dr. Jane in about five minutes", async () => {
  const demo = await prepareDemo(deps, secrets);
  const [patient, clinician] = [await door(demo.patientLink), await door(demo.clinicianLink)];
  expect(patient).toMatchObject({ kind: "ready", party: "patient", visit: { clinicianName: "Jane" } });
  expect(clinician).toMatchObject({ kind: "ready", party: "clinician" });
  if (patient.kind !== "ready" || clinician.kind !== "ready") return;
  expect(clinician.visit.visitId).toBe(patient.visit.visitId);
  const minutes = (Date.parse(patient.visit.scheduledAt) - deps.clock.now().getTime()) / 60_000;
  expect(minutes).toBeGreaterThan(3);
  expect(minutes).toBeLessThan(8);
  expect(demo.accounts.map(({ email }) => email)).toEqual(demoAccounts.map(({ email }) => email));
  const people = await deps.db.asActor(system, (tx) => tx.select().from(staff));
  expect(people.find(({ email }) => email === "jane@vouchsafe.test")?.sub).toBe(
    subs.get("jane@vouchsafe.test"),
  );
});

test("starting again and again never finds the time taken: unused ones go, and a call under way stays", async () => {
  const first = await prepareDemo(deps, secrets);
  const second = await prepareDemo(deps, secrets);
  expect((await door(first.patientLink)).kind).toBe("cancelled");
  const inside = await join(second.patientLink);
  const third = await prepareDemo(deps, secrets);
  expect((await door(third.patientLink)).kind).toBe("ready");
  const { meetingId } = inside.started.chimeJoinInfo.meeting;
  expect(deps.meetings.rooms.get(meetingId)?.ended).toBe(false);
  granted(await endVisit(deps, { visitId: inside.visitId, origin, actor: scheduler }));
  const inThird = await join(third.patientLink);
  granted(await endVisit(deps, { visitId: inThird.visitId, origin, actor: scheduler }));
  for (let start = 0; start < 3; start++)
    expect((await door((await prepareDemo(deps, secrets)).patientLink)).kind).toBe("ready");
});

test("a visit that a person booked stays where it is", async () => {
  const persons = {
    patientId: "aaaaaaaa-0000-4000-8000-000000000001",
    clinicianId: "bbbbbbbb-0000-4000-8000-000000000001",
  };
  await prepareDemo(deps, secrets);
  deps.clock.advance(24 * 3600);
  const scheduledAt = new Date(deps.clock.now().getTime() + 4 * 60_000);
  const booked = granted(await scheduleVisit(deps, { actor: scheduler, ...persons, scheduledAt }));
  const demo = await prepareDemo(deps, secrets);
  expect((await door(demo.patientLink)).kind).toBe("ready");
  const theirs = (await drJanesVisits()).find(({ id }) => id === booked.visitId);
  expect(theirs).toMatchObject({ scheduledAt, cancelledAt: null, durationMinutes: 30 });
});

test("the demo's customer has a visit whose door is open, one to come and some that are over, at every start the same", async () => {
  const patient = {
    kind: "person",
    id: "aaaaaaaa-0000-4000-8000-000000000005",
    role: "customer",
    name: "John Carter",
    origin,
  } as const;
  for (let start = 0; start < 2; start++) {
    await prepareDemo(deps, secrets);
    const { coming, past } = await listOwnVisits(deps, { patient });
    expect(coming.map(({ status }) => status)).toEqual(["SCHEDULED", "SCHEDULED"]);
    expect(Date.parse(coming[0]!.doorOpensAt)).toBeLessThan(deps.clock.now().getTime());
    expect(past.map(({ status }) => status)).toEqual(["COMPLETED", "NO_SHOW", "COMPLETED"]);
    granted(await takeOwnLink(deps, { patient, visitId: coming[0]!.visitId }));
    deps.clock.advance(3600);
  }
});

test("never outside the laptop", async () => {
  const elsewhere = { ...deps, env: { ...deps.env, CLOUD: "aws" as const } };
  await expect(prepareDemo(elsewhere, secrets)).rejects.toThrow("CLOUD=local only");
});

test("a start on a busy machine waits for the accounts' cloud, and gives up on one that stays away", async () => {
  const away = err({ code: "IDENTITY_UNAVAILABLE", retryAfterMs: 1 } as const);
  let refusals = 2;
  const ensureUser: typeof deps.identity.ensureUser = async (account) =>
    refusals-- > 0 ? away : deps.identity.ensureUser(account);
  const demo = await prepareDemo({ ...deps, identity: { ensureUser } }, secrets);
  expect(demo.accounts).toHaveLength(demoAccounts.length);

  const nobody = { ensureUser: async () => away };
  await expect(prepareDemo({ ...deps, identity: nobody }, secrets)).rejects.toThrow(
    "The account admin@vouchsafe.test could not be made",
  );
});
