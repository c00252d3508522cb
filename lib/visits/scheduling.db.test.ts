import { describe, expect, test } from "vitest";
import { person } from "@/db/testing/people";
import { listClinicians } from "@/lib/clinicians/list-clinicians";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { listPatients } from "@/lib/patients/list-patients";
import { cancelVisit } from "./cancel-visit";
import { endVisit } from "./end-visit";
import { getVisit } from "./get-visit";
import { issueJoinLinks } from "./issue-join-links";
import { listVisits } from "./list-visits";
import { lookAtToken } from "./look-at-token";
import { markNoShow } from "./mark-no-show";
import { notifyParties } from "./notify-parties";
import { readComplaint, readNotes } from "./read-complaint";
import { rescheduleVisit } from "./reschedule-visit";
import { scheduleVisit } from "./schedule-visit";
import { startVisit } from "./start-visit";
import {
  eventsOf,
  givenVisits,
  granted,
  joinAs,
  linkOf,
  makePersons,
  makeVisit,
  origin,
  refusalOf,
  scheduler,
  visitRow,
} from "./testing";
import { writeNotes } from "./write-notes";

const deps = givenVisits();
const inMinutes = (minutes: number) => new Date(deps.clock.now().getTime() + minutes * 60_000);

describe("scheduling", () => {
  test("answers in the seed's words; the window closes 15 minutes after the planned end", async () => {
    const persons = await makePersons(deps.db);
    const scheduledAt = inMinutes(60);
    const made = granted(
      await scheduleVisit(deps, { actor: scheduler, ...persons, scheduledAt, channel: "both" }),
    );
    expect(made).toMatchObject({ status: "SCHEDULED", scheduledAt: scheduledAt.toISOString() });
    expect(Date.parse(made.expiresAt) - scheduledAt.getTime()).toBe(45 * 60_000);
    expect(await eventsOf(deps.db, made.visitId)).toEqual(["VISIT_SCHEDULED"]);
  });

  test("a clinician without a licence in the patient's state is refused", async () => {
    const persons = await makePersons(deps.db, { state: "NV", licensedIn: ["NY", "CA"] });
    const refused = await scheduleVisit(deps, { actor: scheduler, ...persons, scheduledAt: inMinutes(60) });
    expect(refused).toMatchObject({ ok: false, error: { code: "CLINICIAN_NOT_LICENSED", state: "NV" } });
  });

  test("of many who book the same time at once, one gets it", async () => {
    const persons = await makePersons(deps.db);
    const at = inMinutes(120);
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, minute) =>
        scheduleVisit(deps, {
          actor: scheduler,
          ...persons,
          scheduledAt: new Date(at.getTime() + minute * 60_000),
        }),
      ),
    );
    expect(made.filter((one) => one.ok)).toHaveLength(1);
    expect(new Set(made.map(refusalOf))).toEqual(new Set([null, "SLOT_TAKEN"]));
  });

  test("the next visit may begin when the last one ends, and a cancelled one frees its time", async () => {
    const persons = await makePersons(deps.db);
    const first = await makeVisit(deps, { persons, inMinutes: 200 });
    const book = (minutes: number) =>
      scheduleVisit(deps, { actor: scheduler, ...persons, scheduledAt: inMinutes(minutes) });
    expect(refusalOf(await book(229))).toBe("SLOT_TAKEN");
    expect(refusalOf(await book(230.1))).toBeNull();
    granted(await cancelVisit(deps, { actor: scheduler, visitId: first.visitId }));
    expect(refusalOf(await book(199))).toBeNull();
  });

  test("strangers to the book are refused, and see no visit", async () => {
    const persons = await makePersons(deps.db);
    const agent = person(persons.patientId, "agent");
    const refused = await scheduleVisit(deps, { actor: agent, ...persons, scheduledAt: inMinutes(60) });
    expect(refusalOf(refused)).toBe("FORBIDDEN");
    const { visitId } = await makeVisit(deps, { persons });
    expect(refusalOf(await getVisit(deps, { actor: agent, visitId }))).toBe("VISIT_UNKNOWN");
    const colleague = person((await makePersons(deps.db)).clinicianId, "clinician");
    expect(refusalOf(await getVisit(deps, { actor: colleague, visitId }))).toBe("VISIT_UNKNOWN");
    expect((await getVisit(deps, { actor: person(persons.clinicianId, "clinician"), visitId })).ok).toBe(
      true,
    );
  });

  test("what is nobody is said to be unknown; what is past is refused", async () => {
    const persons = await makePersons(deps.db);
    const book = (changed: object) =>
      scheduleVisit(deps, { actor: scheduler, ...persons, scheduledAt: inMinutes(60), ...changed });
    expect(refusalOf(await book({ patientId: persons.clinicianId }))).toBe("PATIENT_UNKNOWN");
    expect(refusalOf(await book({ clinicianId: "nobody" }))).toBe("CLINICIAN_UNKNOWN");
    expect(refusalOf(await book({ scheduledAt: inMinutes(-31) }))).toBe("VISIT_IN_PAST");
  });
});

describe("in confidence", () => {
  test("a complaint lies sealed, opens for its clinician, and each look is recorded", async () => {
    const { visitId, clinicianId } = await makeVisit(deps, { chiefComplaint: "Headache for 3 days" });
    const { chiefComplaint } = await visitRow(deps.db, visitId);
    expect(chiefComplaint?.includes("Headache")).toBe(false);
    const actor = person(clinicianId, "clinician");
    expect(granted(await readComplaint(deps, { actor, visitId })).chiefComplaint).toBe("Headache for 3 days");
    expect(await eventsOf(deps.db, visitId)).toContain("COMPLAINT_VIEWED");
    expect(JSON.stringify(granted(await getVisit(deps, { actor, visitId })))).not.toContain("Headache");
  });

  test("a clinician's notes are kept sealed; a patient's never become notes", async () => {
    const { visitId, clinicianId } = await makeVisit(deps);
    const patient = await joinAs(deps, visitId, "patient");
    const clinician = await joinAs(deps, visitId, "clinician");
    const actor = person(clinicianId, "clinician");
    const left = granted(
      await endVisit(deps, {
        visitId,
        origin,
        sessionToken: patient.started.visitSession.sessionToken,
        notes: "I am a doctor",
      }),
    );
    expect(left).toMatchObject({ status: "ACTIVE", endedAt: null, warnings: ["NOTES_NOT_KEPT"] });
    const ended = granted(
      await endVisit(deps, {
        visitId,
        origin,
        actor,
        sessionToken: clinician.started.visitSession.sessionToken,
        notes: "Doing well",
      }),
    );
    expect(ended).toMatchObject({ status: "COMPLETED", warnings: [] });
    expect((await visitRow(deps.db, visitId)).clinicalNotes?.includes("Doing")).toBe(false);
    expect(granted(await readNotes(deps, { actor, visitId })).clinicalNotes).toBe("Doing well");
    expect(refusalOf(await readNotes(deps, { actor: scheduler, visitId }))).toBe("FORBIDDEN");
  });

  test("kept in mid-visit they outlive the page, sealed and recorded; ending without any leaves them", async () => {
    const { visitId, clinicianId } = await makeVisit(deps);
    await joinAs(deps, visitId, "clinician");
    const actor = person(clinicianId, "clinician");
    granted(await writeNotes(deps, { actor, visitId, notes: "Sleeps badly" }));
    expect((await visitRow(deps.db, visitId)).clinicalNotes?.includes("badly")).toBe(false);
    expect(await eventsOf(deps.db, visitId)).toContain("NOTES_WRITTEN");
    granted(await endVisit(deps, { visitId, origin, actor }));
    expect(granted(await readNotes(deps, { actor, visitId })).clinicalNotes).toBe("Sleeps badly");
    granted(await writeNotes(deps, { actor, visitId, notes: "" }));
    expect(granted(await readNotes(deps, { actor, visitId })).clinicalNotes).toBeNull();
  });

  test("nobody but the visit's clinician and an admin writes them", async () => {
    const { visitId } = await makeVisit(deps);
    const stranger = person((await makePersons(deps.db)).clinicianId, "clinician");
    expect(refusalOf(await writeNotes(deps, { actor: scheduler, visitId, notes: "x" }))).toBe("FORBIDDEN");
    expect(refusalOf(await writeNotes(deps, { actor: stranger, visitId, notes: "x" }))).toBe("VISIT_UNKNOWN");
    expect((await visitRow(deps.db, visitId)).clinicalNotes).toBeNull();
  });

  test("a clinician's link alone writes no notes", async () => {
    const { visitId } = await makeVisit(deps);
    const { started } = await joinAs(deps, visitId, "clinician");
    const sessionToken = started.visitSession.sessionToken;
    const ended = granted(await endVisit(deps, { visitId, origin, sessionToken, notes: "Doing well" }));
    expect(ended.warnings).toEqual(["NOTES_NEED_SIGN_IN"]);
    expect((await visitRow(deps.db, visitId)).clinicalNotes).toBeNull();
  });
});

describe("lists", () => {
  test("pages of visits follow one another without a gap or a double", async () => {
    const persons = await makePersons(deps.db);
    for (const minutes of [1000, 1100, 1200, 1300, 1400])
      await makeVisit(deps, { persons, inMinutes: minutes });
    const query = { actor: scheduler, clinicianId: persons.clinicianId, limit: 2 };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listVisits(deps, { ...query, cursor });
      seen.push(...page.visits.map((visit) => visit.visitId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  test("visits can be asked for by status; who waits is shown as waiting", async () => {
    const { visitId, clinicianId } = await makeVisit(deps);
    await joinAs(deps, visitId, "patient");
    const asked = (status: "ACTIVE" | "SCHEDULED") =>
      listVisits(deps, { actor: scheduler, clinicianId, status });
    expect((await asked("ACTIVE")).visits).toMatchObject([{ visitId, waitingSince: expect.any(String) }]);
    expect((await asked("SCHEDULED")).visits).toEqual([]);
  });

  test("patients are found by the beginning of a name, masked, and never by a wildcard", async () => {
    const { patientId, clinicianId } = await makePersons(deps.db);
    const found = await listPatients(deps, { actor: scheduler, q: "wal gre", limit: 100 });
    expect(found.patients.find((one) => one.patientId === patientId)?.phone).toMatch(/^\*{3}-\*{3}-\d{4}$/);
    expect((await listPatients(deps, { actor: scheduler, q: "%" })).patients).toEqual([]);
    const pages = await listPatients(deps, { actor: scheduler, limit: 1 });
    const next = await listPatients(deps, { actor: scheduler, limit: 1, cursor: pages.nextCursor ?? "" });
    expect(next.patients[0]?.patientId).not.toBe(pages.patients[0]?.patientId);
    const { clinicians } = await listClinicians(deps, { actor: scheduler });
    expect(clinicians.find((one) => one.clinicianId === clinicianId)?.states).toEqual(["NY"]);
  });
});

describe("changing and closing", () => {
  test("moving a visit tells whoever knew of it, with a link that works and the same calendar entry", async () => {
    const { visitId } = await makeVisit(deps, { inMinutes: 2000, channel: "email" });
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await deliverDue(deps);
    const moved = granted(
      await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt: inMinutes(2500) }),
    );
    expect(moved.links.map((link) => link.status)).toEqual(["REVOKED", "ISSUED"]);
    await deliverDue(deps);
    const [first, second] = deps.mailer.sent.slice(-2);
    expect(second?.subject).toContain("New time");
    expect(first?.calendar?.content).toContain("SEQUENCE:0");
    expect(second?.calendar?.content).toContain("SEQUENCE:1");
  });

  test("a visit that somebody has joined is not moved under their feet", async () => {
    const { visitId } = await makeVisit(deps);
    await joinAs(deps, visitId, "patient");
    expect(
      refusalOf(await rescheduleVisit(deps, { actor: scheduler, visitId, scheduledAt: inMinutes(60) })),
    ).toBe("VISIT_ACTIVE");
  });

  test("cancelling shuts every link, tells who knew, and takes the calendar entry away", async () => {
    const { visitId } = await makeVisit(deps, { channel: "email" });
    const link = await linkOf(deps, visitId, "patient");
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await deliverDue(deps);
    granted(await cancelVisit(deps, { actor: scheduler, visitId, reason: "clinician ill" }));
    await deliverDue(deps);
    expect(deps.mailer.sent.at(-1)).toMatchObject({ calendar: { method: "CANCEL" } });
    expect(deps.mailer.sent.at(-1)?.text).not.toContain("/j/");
    const start = await startVisit(deps, { visitId, token: link.token, holder: "h", origin });
    expect(refusalOf(start)).toBe("VISIT_CANCELLED");
    expect(refusalOf(await lookAtToken(deps, { token: link.token, origin }))).toBe("VISIT_CANCELLED");
    expect(refusalOf(await issueJoinLinks(deps, { actor: scheduler, visitId, roles: ["patient"] }))).toBe(
      "VISIT_CANCELLED",
    );
    expect(refusalOf(await cancelVisit(deps, { actor: scheduler, visitId }))).toBe("VISIT_CANCELLED");
  });

  test("a no-show is nobody who came, and not before the time", async () => {
    const early = await makeVisit(deps, { inMinutes: 30 });
    expect(refusalOf(await markNoShow(deps, { actor: scheduler, visitId: early.visitId }))).toBe(
      "VISIT_NOT_BEGUN",
    );
    const came = await makeVisit(deps, { inMinutes: -5 });
    await joinAs(deps, came.visitId, "patient");
    expect(refusalOf(await markNoShow(deps, { actor: scheduler, visitId: came.visitId }))).toBe(
      "PATIENT_PRESENT",
    );
    const missed = await makeVisit(deps, { inMinutes: -5 });
    await joinAs(deps, missed.visitId, "clinician"); // who waits for nobody must be able to say so
    expect(granted(await markNoShow(deps, { actor: scheduler, visitId: missed.visitId })).status).toBe(
      "NO_SHOW",
    );
  });
});
