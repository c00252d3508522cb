import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "@/db/schema";
import { person } from "@/db/testing/people";
import { visitTimeLine } from "@/lib/audit/visit-time-line";
import type { Actor } from "@/lib/kernel/actor";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { admitParty } from "./admit-party";
import { cancelVisit } from "./cancel-visit";
import { getVisit } from "./get-visit";
import { inviteGuest } from "./invite-guest";
import { liveState } from "./live-state";
import { notifyParties } from "./notify-parties";
import { rescheduleVisit } from "./reschedule-visit";
import { revokeLink } from "./revoke-link";
import { runLate } from "./run-late";
import { givenVisits, granted, joinAs, linkOf, makeVisit, scheduler, visitRow } from "./testing";

const deps = givenVisits();
const read = (actor: Actor, visitId: string) => visitTimeLine(deps, { actor, visitId });

test("a scheduler reads who was told what and what became of it, oldest last, and nothing by which anybody could be traced", async () => {
  const { visitId, clinicianId } = await makeVisit(deps, { channel: "both" });
  const jane = person(clinicianId, "clinician");
  const before = (await visitRow(deps.db, visitId)).scheduledAt;
  const scheduledAt = new Date(before.getTime() + 10 * 60_000);
  granted(await rescheduleVisit(deps, { actor: jane, visitId, scheduledAt }));
  granted(await notifyParties(deps, { actor: scheduler, visitId }));
  while ((await deliverDue(deps)) > 0);
  granted(await inviteGuest(deps, { actor: scheduler, visitId, role: "interpreter", name: "Maria" }));
  const copied = await linkOf(deps, visitId, "patient");
  granted(
    await revokeLink(deps, { actor: scheduler, visitId, tokenId: copied.tokenId, reason: "wrong-person" }),
  );
  await joinAs(deps, visitId, "patient");
  granted(await runLate(deps, { actor: jane, visitId, minutes: 20 }));
  granted(await admitParty(deps, { actor: jane, visitId }));
  await getVisit(deps, { actor: scheduler, visitId });
  granted(await cancelVisit(deps, { actor: jane, visitId, reason: "Snow" }));

  const entries = await read(scheduler, visitId);
  const one = (event: string) => entries.find((entry) => entry.event === event);
  expect(entries[0]?.at.getTime()).toBeGreaterThanOrEqual(entries.at(-1)?.at.getTime() ?? 0);
  expect(entries.at(-1)).toMatchObject({ event: "VISIT_SCHEDULED", role: "SCHEDULER" });
  expect(one("VISIT_RESCHEDULED")).toMatchObject({
    who: "Dr. Jane Okafor",
    facts: { wasAt: before.toISOString(), scheduledAt: scheduledAt.toISOString() },
  });
  // By whoever asked for it, not by the worker that carried it.
  expect(one("NOTIFICATION_SENT")).toMatchObject({ role: "SCHEDULER", party: "patient" });
  expect(one("GUEST_INVITED")).toMatchObject({ party: "interpreter", whom: "Maria" });
  expect(one("TOKEN_REVOKED")?.facts).toMatchObject({ reason: "wrong-person" });
  expect(one("RUNNING_LATE")?.facts).toMatchObject({ minutes: 20 });
  expect(one("PARTY_ADMITTED")).toMatchObject({ party: "patient", who: "Dr. Jane Okafor" });
  expect(one("VISIT_CANCELLED")?.facts).toEqual({ why: "Snow" });
  // A link is told of once: by the message that carries it, or as one to copy. Who looked is the audit's.
  expect(entries.filter(({ event }) => event === "TOKEN_REVOKED")).toHaveLength(1);
  expect(entries.map(({ event }) => event)).not.toContain("VISIT_VIEWED");
  const told = JSON.stringify(entries);
  for (const traced of ["198.51.100.4", "192.0.2.7", "Test/1.0", copied.tokenId])
    expect(told).not.toContain(traced);
  expect(await read(jane, visitId)).toEqual(entries);
});

test("a colleague's clinician, an agent, a patient, a link and a forged reader of it get nothing; the audit stays shut to the book", async () => {
  const { visitId, clinicianId, patientId } = await makeVisit(deps);
  const other = await makeVisit(deps);
  const { actor: link } = await joinAs(deps, visitId, "clinician");
  const strangers: Actor[] = [
    person(other.clinicianId, "clinician"),
    person(clinicianId, "agent"),
    person(patientId, "customer"),
    link,
    { kind: "anonymous", origin: link.origin },
  ];
  for (const actor of strangers) expect(await read(actor, visitId)).toEqual([]);
  for (const actor of [scheduler, person(clinicianId, "clinician")]) {
    expect((await read(actor, visitId)).length).toBeGreaterThan(0);
    expect(await deps.db.asActor(actor, (tx) => tx.select().from(auditLog))).toEqual([]);
  }
  const within = deps.db.asActor(scheduler, (tx) => tx.execute(sql`SELECT visit_time_line_events()`));
  await expect(within).rejects.toMatchObject({ cause: { code: "42501" } });
});

test("a page that watches learns of each thing that happens, and of no look at it", async () => {
  const { visitId } = await makeVisit(deps);
  const viewer = { kind: "staff", actor: scheduler } as const;
  const changes = async () => granted(await liveState(deps, { visitId, viewer })).changes ?? 0;
  const first = await changes();
  await getVisit(deps, { actor: scheduler, visitId });
  expect(await changes()).toBe(first);
  await linkOf(deps, visitId, "patient");
  expect(await changes()).toBeGreaterThan(first);
  expect(await visitTimeLine(deps, { actor: scheduler, visitId: randomUUID() })).toEqual([]);
});
