import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { customers, outbox } from "@/db/schema";
import { makeVisit as makeBareVisit, person, system } from "@/db/testing/people";
import { listAudit } from "@/lib/audit/list-audit";
import { parsePhone } from "@/lib/kernel/phone";
import { noteConsent } from "@/lib/notifications/consents";
import { listMessages } from "@/lib/visits/list-messages";
import { notifyParties } from "@/lib/visits/notify-parties";
import { givenVisits, granted, makePersons, makeVisit, scheduler } from "@/lib/visits/testing";
import { addPatient } from "./add-patient";
import { changePatient } from "./change-patient";
import type { PatientFields } from "./fields";
import { listPatients } from "./list-patients";
import { readPatient } from "./read-patient";
import { revealContact } from "./reveal-contact";
import { sendAnew } from "./send-anew";
import { visitsAround } from "./visits-around";

const deps = givenVisits();
const auditor = person(randomUUID(), "auditor");
let serial = 0;
const someone = (given: Partial<PatientFields> = {}): PatientFields => ({
  firstName: "Ada",
  lastName: `Lovelace ${++serial}`,
  email: null,
  phone: null,
  state: "NY",
  timeZone: "America/New_York",
  locale: "en",
  tier: "standard",
  externalId: null,
  accountNumber: null,
  ...given,
});
const add = (fields: PatientFields, more: { patientId?: string; anyway?: boolean } = {}) =>
  addPatient(deps, { actor: scheduler, patientId: randomUUID(), ...fields, ...more });
const change = (patientId: string, fields: Partial<PatientFields>, revision?: number) =>
  changePatient(deps, { actor: scheduler, patientId, revision, change: fields });
const read = async (patientId: string) => granted(await readPatient(deps, { actor: scheduler, patientId }));
const rowOf = async (patientId: string) =>
  (await deps.db.asActor(system, (tx) => tx.select().from(customers).where(eq(customers.id, patientId))))[0]!;
const newPhone = () => `+1555${String(2_000_000 + ++serial)}`;

describe("a new patient", () => {
  test("is on file once, however often the same form is sent", async () => {
    const patientId = randomUUID();
    const fields = someone({ phone: newPhone() });
    const [first, again] = await Promise.all([add(fields, { patientId }), add(fields, { patientId })]);
    expect(granted(first).patientId).toBe(patientId);
    expect(granted(again).patientId).toBe(patientId);
  });

  test("cannot take another's id, and nothing of the other is changed or told", async () => {
    const known = granted(await add(someone()));
    expect(await add(someone(), { patientId: known.patientId })).toEqual({
      ok: false,
      error: { code: "PATIENT_ID_TAKEN" },
    });
    expect(await read(known.patientId)).toMatchObject({ lastName: known.lastName, revision: 1 });
  });

  test("who may be on file already is told of first, by number, by address in other letters, and by name without its marks", async () => {
    const [phone, email] = [newPhone(), `Ada.${randomUUID()}@example.com`];
    const known = granted(await add(someone({ phone, email, firstName: "Ádá" })));
    const alike = async (fields: PatientFields) => {
      const answer = await add(fields);
      return !answer.ok && answer.error.code === "PATIENT_ALIKE"
        ? answer.error.alike.map(({ patient, by }) => [patient.patientId, by])
        : answer;
    };
    const id = known.patientId;
    expect(await alike(someone({ phone }))).toEqual([[id, ["phone"]]]);
    expect(await alike(someone({ email: email.toUpperCase() }))).toEqual([[id, ["email"]]]);
    expect(await alike(someone({ lastName: known.lastName.toLowerCase() }))).toEqual([[id, ["name"]]]);
    expect((await add(someone({ lastName: known.lastName, state: "NJ" }))).ok).toBe(true);
    expect((await add(someone({ phone }), { anyway: true })).ok).toBe(true);
  });

  test("added by two at the same moment is added by one; the other is told", async () => {
    const fields = someone({ phone: newPhone() });
    const answers = await Promise.all([add(fields), add(fields), add(fields)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe("PATIENT_ALIKE");
  });

  test("with a number of another book that somebody has is refused", async () => {
    const externalId = `x-${randomUUID()}`;
    granted(await add(someone({ externalId })));
    expect(await add(someone({ externalId }))).toEqual({ ok: false, error: { code: "EXTERNAL_ID_TAKEN" } });
  });

  test.each(["clinician", "agent", "auditor", "customer"] as const)("is not added by a %s", async (role) => {
    const actor = person(randomUUID(), role);
    expect(await addPatient(deps, { actor, patientId: randomUUID(), ...someone() })).toEqual({
      ok: false,
      error: { code: "FORBIDDEN" },
    });
  });
});

describe("a patient's page", () => {
  test("is there for their clinician and for no other, who is told the same as of nobody", async () => {
    const { patientId, clinicianId } = await makeBareVisit(deps.db);
    const { clinicianId: other } = await makeBareVisit(deps.db);
    const as = (id: string) => person(id, "clinician");
    expect((await readPatient(deps, { actor: as(clinicianId), patientId })).ok).toBe(true);
    const unknown = { ok: false, error: { code: "PATIENT_UNKNOWN" } };
    expect(await readPatient(deps, { actor: as(other), patientId })).toEqual(unknown);
    expect(await readPatient(deps, { actor: as(other), patientId: randomUUID() })).toEqual(unknown);
    expect(await readPatient(deps, { actor: as(other), patientId: "' OR 1=1" })).toEqual(unknown);
    expect(await revealContact(deps, { actor: as(other), patientId })).toEqual(unknown);
    expect(
      await changePatient(deps, { actor: as(clinicianId), patientId, change: { tier: "gold" } }),
    ).toEqual({
      ok: false,
      error: { code: "FORBIDDEN" },
    });
  });

  test.each(["agent", "auditor"] as const)("is not there for an %s", async (role) => {
    const { patientId } = await makePersons(deps.db);
    const actor = person(randomUUID(), role);
    expect((await readPatient(deps, { actor, patientId })).ok).toBe(false);
    expect((await revealContact(deps, { actor, patientId })).ok).toBe(false);
  });

  test("shows no contact until it is asked for, and each time is recorded", async () => {
    const phone = newPhone();
    const { patientId } = granted(await add(someone({ phone, email: "ada@example.com" })));
    expect(JSON.stringify(await read(patientId))).not.toMatch(new RegExp(`\\${phone}|ada@`));
    expect(granted(await revealContact(deps, { actor: scheduler, patientId }))).toEqual({
      phone,
      email: "ada@example.com",
    });
    const { entries } = await listAudit(deps, { actor: auditor, event: "PATIENT_CONTACT_VIEWED" });
    expect(entries[0]?.metadata).toEqual({ patientId });
  });

  test("says since when their number wants no texts", async () => {
    const phone = newPhone();
    const { patientId } = granted(await add(someone({ phone })));
    expect((await read(patientId)).textsStoppedAt).toBeNull();
    const at = new Date("2026-11-01T10:00:00Z");
    await deps.db.asActor(system, (tx) => noteConsent(deps, tx, phone, { optedOutAt: at }));
    expect((await read(patientId)).textsStoppedAt).toBe(at.toISOString());
  });
});

describe("a change", () => {
  test("made from what no longer stands there is refused, and the first one stays", async () => {
    const { patientId } = granted(await add(someone()));
    const [one, other] = await Promise.all([
      change(patientId, { tier: "gold" }, 1),
      change(patientId, { tier: "silver" }, 1),
    ]);
    expect([one.ok, other.ok].toSorted()).toEqual([false, true]);
    const refused = [one, other].find(({ ok }) => !ok);
    expect(refused).toEqual({ ok: false, error: { code: "PATIENT_CHANGED", revision: 2 } });
    expect((await change(patientId, { tier: "standard" }, 2)).ok).toBe(true);
  });

  test("of the patient's own counts too: the desk's form that was open meanwhile is told", async () => {
    const { patientId } = granted(await add(someone()));
    await deps.db.asActor(system, (tx) =>
      tx.update(customers).set({ locale: "es" }).where(eq(customers.id, patientId)),
    );
    expect(await change(patientId, { locale: "ar" }, 1)).toMatchObject({
      ok: false,
      error: { code: "PATIENT_CHANGED", revision: 2 },
    });
  });

  test("is recorded by its fields and by no value; one of nothing is not recorded", async () => {
    const { patientId } = granted(await add(someone({ email: "old@example.com" })));
    granted(await change(patientId, { email: "new@example.com", state: "NJ", tier: "standard" }));
    expect(granted(await change(patientId, { state: "NJ" })).changed).toEqual([]);
    const { entries } = await listAudit(deps, { actor: auditor, event: "PATIENT_CHANGED" });
    const ours = entries.filter(({ metadata }) => metadata.patientId === patientId);
    expect(ours.map(({ metadata }) => metadata)).toEqual([{ patientId, fields: ["email", "state"] }]);
  });

  test("of the account number keeps a keyed hash alone, which knows it however it is written", async () => {
    const { patientId } = granted(await add(someone({ accountNumber: "AB 12-34" })));
    const hash = (await rowOf(patientId)).accountNumberHash!;
    expect(hash).toHaveLength(32);
    expect(hash.toString("latin1")).not.toContain("1234");
    expect(granted(await change(patientId, { accountNumber: "ab1234" })).changed).toEqual([]);
    expect(granted(await change(patientId, { accountNumber: "9999" })).changed).toEqual(["accountNumber"]);
    expect(granted(await change(patientId, { accountNumber: null })).patient.hasAccountNumber).toBe(false);
  });

  test("to another's number of the other book is refused", async () => {
    const externalId = `x-${randomUUID()}`;
    granted(await add(someone({ externalId })));
    const { patientId } = granted(await add(someone()));
    expect(await change(patientId, { externalId })).toEqual({
      ok: false,
      error: { code: "EXTERNAL_ID_TAKEN" },
    });
  });

  test("of who signs in as them is the system's alone, whatever reaches the database", async () => {
    const { patientId } = granted(await add(someone()));
    const forge = (statement: ReturnType<typeof sql>) =>
      deps.db.asActor(person(randomUUID(), "admin"), (tx) => tx.execute(statement));
    const denied = { cause: { code: "42501" } };
    await expect(forge(sql`UPDATE customers SET sub = 'mine' WHERE id = ${patientId}`)).rejects.toMatchObject(
      denied,
    );
    await expect(
      forge(sql`INSERT INTO customers (id, sub, first_name, last_name, state, time_zone)
        VALUES (${randomUUID()}, 'mine', 'A', 'B', 'NY', 'UTC')`),
    ).rejects.toMatchObject(denied);
    await deps.db.asActor(system, (tx) =>
      tx.execute(sql`UPDATE customers SET sub = ${randomUUID()} WHERE id = ${patientId}`),
    );
  });
});

describe("a new contact", () => {
  const messagesOf = (visitId: string) =>
    deps.db.asActor(system, (tx) => tx.select().from(outbox).where(eq(outbox.visitId, visitId)));

  test("leaves sent links as they are, says so, and new ones take their place when asked", async () => {
    const persons = await makePersons(deps.db, { email: null });
    const { patientId } = persons;
    const { visitId } = await makeVisit(deps, { persons, channel: "sms", inMinutes: 600 });
    const silent = await makeVisit(deps, { persons, channel: "sms", inMinutes: 900 });
    granted(await notifyParties(deps, { actor: scheduler, visitId }));
    await deps.db.asActor(system, (tx) =>
      tx.update(outbox).set({ sentAt: new Date(), payload: null }).where(eq(outbox.visitId, visitId)),
    );
    const phone = parsePhone(newPhone())!;
    const done = granted(await change(patientId, { phone }));
    expect(done.oldLinks).toMatchObject([{ visitId, kinds: ["sms"] }]);
    expect((await read(patientId)).oldLinks).toEqual(done.oldLinks);

    expect(granted(await sendAnew(deps, { actor: scheduler, patientId }))).toEqual({ sent: 1, refused: [] });
    expect((await read(patientId)).oldLinks).toEqual([]);
    expect((await messagesOf(visitId)).map(({ recipient }) => recipient)).toContain(phone);
    expect(await messagesOf(silent.visitId)).toEqual([]);
    expect(granted(await sendAnew(deps, { actor: scheduler, patientId }))).toEqual({ sent: 0, refused: [] });
  });

  test("is where waiting messages go; without one they are dropped; those to others stay", async () => {
    const persons = await makePersons(deps.db, { email: "old@example.com" });
    const { visitId } = await makeVisit(deps, { persons, channel: "both", inMinutes: 600 });
    granted(await notifyParties(deps, { actor: scheduler, visitId, recipientRole: "both" }));
    const phone = newPhone();
    const done = granted(await change(persons.patientId, { phone, email: null }));
    expect(done.messagesMoved).toBe(1);
    const messages = await messagesOf(visitId);
    const of = (party: string, kind: string) =>
      messages.find((message) => message.party === party && message.kind === kind);
    expect(of("patient", "sms")).toMatchObject({ recipient: phone, droppedAt: null });
    expect(of("patient", "email")?.droppedAt).toBeInstanceOf(Date);
    expect(of("clinician", "email")?.droppedAt).toBeNull();
    expect(done.oldLinks).toEqual([]);
  });

  test("is sent to by nobody but the desk", async () => {
    const { patientId, clinicianId } = await makeBareVisit(deps.db);
    const actor = person(clinicianId, "clinician");
    expect(await sendAnew(deps, { actor, patientId })).toEqual({ ok: false, error: { code: "FORBIDDEN" } });
  });
});

describe("the list of patients", () => {
  test("is narrowed by state, tier and book, page by page", async () => {
    const ids: string[] = [];
    for (let nth = 0; nth < 5; nth++)
      ids.push(
        granted(await add(someone({ state: "WY", tier: "gold", externalId: `wy-${randomUUID()}` })))
          .patientId,
      );
    granted(await add(someone({ state: "WY" })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPatients(deps, {
        actor: scheduler,
        state: "WY",
        tier: "gold",
        kind: "customers",
        limit: 2,
        cursor,
      });
      seen.push(...page.patients.map(({ patientId }) => patientId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(ids.toSorted());
    const withAccount = await listPatients(deps, { actor: scheduler, state: "WY", kind: "account" });
    expect(withAccount.patients).toEqual([]);
  });

  test("brings a clinician's own alone, without a search too", async () => {
    const { patientId, clinicianId } = await makeBareVisit(deps.db);
    const { patients } = await listPatients(deps, { actor: person(clinicianId, "clinician") });
    expect(patients.map((one) => one.patientId)).toEqual([patientId]);
  });

  test("narrows a clinician's own by what their patients are today", async () => {
    const { patientId, clinicianId } = await makeBareVisit(deps.db);
    await makeBareVisit(deps.db, { clinicianId, hours: 2 });
    const actor = person(clinicianId, "clinician");
    const narrowed = async (filter: Omit<Parameters<typeof listPatients>[1], "actor">) =>
      (await listPatients(deps, { actor, ...filter })).patients.map((one) => one.patientId);
    const [all, wanted] = [
      { state: "AK", tier: "rare", kind: "customers" } as const,
      [{ state: "AK" }, { tier: "rare" }, { kind: "customers" }, { kind: "account" }] as const,
    ];
    for (const filter of [all, ...wanted]) expect(await narrowed(filter)).toEqual([]);
    await deps.db.asActor(system, (tx) =>
      tx.execute(
        sql`UPDATE customers SET state = 'AK', tier = 'rare', external_id = ${patientId}, sub = ${patientId} WHERE id = ${patientId}`,
      ),
    );
    for (const filter of [all, ...wanted]) expect(await narrowed(filter)).toEqual([patientId]);
    expect(await narrowed({ state: "AK", tier: "standard" })).toEqual([]);
    await makeBareVisit(deps.db, { clinicianId, patientId, hours: 4 });
    expect(await narrowed(all)).toEqual([patientId]);
  });

  test("tells the visit that comes and the one that was, as far as the reader may see it", async () => {
    const { patientId, clinicianId, visitId } = await makeBareVisit(deps.db, { hours: 2 });
    await makeBareVisit(deps.db, { patientId, hours: 1 });
    const next = async (actor: typeof scheduler) =>
      (await visitsAround(deps, { actor, patientIds: [patientId] })).get(patientId);
    expect(await next(scheduler)).toEqual({ nextAt: "2026-12-01T01:00:00.000Z", lastAt: null });
    expect((await next(person(clinicianId, "clinician")))?.nextAt).toBe("2026-12-01T02:00:00.000Z");
    await deps.db.asActor(system, (tx) =>
      tx.execute(
        sql`UPDATE video_visits SET scheduled_at = '2026-01-05T10:00:00Z', ended_at = now() WHERE id = ${visitId}`,
      ),
    );
    expect((await next(scheduler))?.lastAt).toBe("2026-01-05T10:00:00.000Z");
  });
});

test("the messages of one patient are those of their visits", async () => {
  const one = await makeVisit(deps, { inMinutes: 600 });
  const other = await makeVisit(deps, { inMinutes: 600 });
  for (const { visitId } of [one, other]) granted(await notifyParties(deps, { actor: scheduler, visitId }));
  const found = granted(await listMessages(deps, { actor: scheduler, patientId: one.patientId }));
  expect(new Set(found.messages.map(({ visitId }) => visitId))).toEqual(new Set([one.visitId]));
  expect(granted(await listMessages(deps, { actor: scheduler, patientId: "x" })).messages).toEqual([]);
});
