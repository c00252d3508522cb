import { expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { admitParty } from "./admit-party";
import { admitWithHost } from "./admit-with-host";
import { remindClinician } from "./remind-clinician";
import { eventsOf, givenVisits, granted, joinAs, makeVisit, refusalOf, scheduler } from "./testing";

const deps = givenVisits();
const everything = async () => {
  while ((await deliverDue(deps)) > 0);
};

test("nobody is let into an empty call unasked; once the clinician is there, or somebody insists, they are", async () => {
  const { visitId } = await makeVisit(deps);
  await joinAs(deps, visitId, "patient");
  expect(refusalOf(await admitWithHost(deps, { actor: scheduler, visitId }))).toBe("CLINICIAN_ABSENT");
  expect(await eventsOf(deps.db, visitId)).not.toContain("PARTY_ADMITTED");
  await joinAs(deps, visitId, "clinician");
  expect(granted(await admitWithHost(deps, { actor: scheduler, visitId })).admitted).toHaveLength(1);

  const other = await makeVisit(deps);
  await joinAs(deps, other.visitId, "patient");
  const anyway = await admitParty(deps, { actor: scheduler, visitId: other.visitId });
  expect(granted(anyway).admitted).toHaveLength(1);
});

test("a clinician who is missed gets a mail with their link, once in three minutes, and none once they are there", async () => {
  const { visitId, clinicianId } = await makeVisit(deps);
  expect(refusalOf(await remindClinician(deps, { actor: scheduler, visitId }))).toBe("NOBODY_WAITS");
  await joinAs(deps, visitId, "patient");
  const both = await Promise.all([
    remindClinician(deps, { actor: scheduler, visitId }),
    remindClinician(deps, { actor: scheduler, visitId }),
  ]);
  expect(both.map(refusalOf).sort()).toEqual(["REMINDED_ALREADY", null].sort());
  await everything();
  const mails = deps.mailer.sent.filter(({ to }) => to === `jane.${clinicianId}@clinic.test`);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.subject).toBe("Your patient waits");
  expect(mails[0]?.text).toMatch(/http:\/\/visit\.test\/j\/\w+/);
  expect(JSON.stringify(mails)).not.toMatch(/Walter|Greene/);
  expect(await eventsOf(deps.db, visitId)).toContain("CLINICIAN_REMINDED");

  deps.clock.advance(181);
  await joinAs(deps, visitId, "patient");
  await joinAs(deps, visitId, "clinician");
  expect(granted(await remindClinician(deps, { actor: scheduler, visitId })).sent).toBe(false);
});

test("neither a colleague nor the patient sends one", async () => {
  const { visitId } = await makeVisit(deps);
  const other = await makeVisit(deps);
  const patient = await joinAs(deps, visitId, "patient");
  const colleague = person(other.clinicianId, "clinician");
  expect(refusalOf(await remindClinician(deps, { actor: colleague, visitId }))).toBe("VISIT_UNKNOWN");
  expect(refusalOf(await remindClinician(deps, { actor: patient.actor, visitId }))).toBe("FORBIDDEN");
  expect(refusalOf(await admitWithHost(deps, { actor: patient.actor, visitId }))).toBe("CLINICIAN_ABSENT");
  expect(await eventsOf(deps.db, visitId)).not.toContain("CLINICIAN_REMINDED");
});
