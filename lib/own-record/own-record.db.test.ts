import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditLog, customers, outbox, recordInvitations } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { readSession } from "@/lib/auth/sessions";
import { signInBrowser } from "@/lib/auth/sign-in-browser";
import { openDoors, type TestDoors } from "@/lib/http/testing";
import { noteConsent } from "@/lib/notifications/consents";
import { deliverDue } from "@/lib/notifications/deliver-due";
import { payloadAad } from "@/lib/notifications/enqueue";
import { sendRoomLink } from "@/lib/rooms/change-room";
import { makeRoom } from "@/lib/rooms/make-room";
import { findOwnVisit } from "@/lib/visits/own-visit";
import { listOwnVisits } from "@/lib/visits/own-visits";
import { granted, makePersons, makeVisit, refusalOf, scheduler } from "@/lib/visits/testing";
import { acceptOwnInvitation, lookAtOwnInvitation } from "./accept-invitation";
import { askOwnCode, connectByCode } from "./connect-by-code";
import type { Owner } from "./deps";
import { exportOwnData } from "./export-own";
import { disconnectOwner, inviteOwner, ownerStanding } from "./invite";
import { changeOwnDetails, readOwnDetails } from "./own-details";
import { listOwnMessages } from "./own-messages";

let doors: TestDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

let place = 0;
const origin = () => ({ ip: `198.18.9.${++place % 250}`, userAgent: "Test/1.0" });
const admin = person("cccccccc-0000-4000-8000-0000000000ab", "admin");
const closed = { ok: false, error: { code: "INVITATION_CLOSED" } };
const refusedCode = { ok: false, error: { code: "CODE_REFUSED" } };

/** Somebody with an account of their own making, signed in, whom no book knows. */
async function stranger(email = `${randomUUID()}@example.test`) {
  const sub = randomUUID();
  doors.cognito.accounts.set(email, { sub, email, groups: [] } as never);
  const signedIn = granted(
    await signInBrowser(doors.deps, { email, password: doors.password, origin: origin() }),
  );
  const cookie = await sealSessionCookie(doors.deps, signedIn.sessionToken);
  const owner = async (): Promise<Owner> => {
    const session = await readSession(doors.deps, cookie);
    if (!session) throw new Error("signed out");
    const { personId: id, role, name } = session;
    return { patient: { kind: "person", id, role, name, origin: origin() }, sub: session.sub };
  };
  return { email, cookie, sub, owner };
}
/** What the newest message to this contact was given. */
async function payloadTo(recipient: string): Promise<Record<string, string>> {
  const [row] = await doors.deps.db.asActor(system, (tx) =>
    tx.select().from(outbox).where(eq(outbox.recipient, recipient)).orderBy(desc(outbox.createdAt)).limit(1),
  );
  if (!row?.payload) return {};
  const opened = doors.deps.keyring.unseal("outbox-payload", row.payload, payloadAad(row.id));
  return JSON.parse(opened.toString("utf8"));
}
const recordOf = async (id: string) =>
  (await doors.deps.db.asActor(system, (tx) => tx.select().from(customers).where(eq(customers.id, id))))[0]!;
const audited = (event: string, id: string) =>
  doors.deps.db.asActor(system, async (tx) =>
    (await tx.select().from(auditLog).where(eq(auditLog.eventType, event))).filter((row) =>
      JSON.stringify(row.metadata).includes(id),
    ),
  );
const newPhone = () => `+1555020${String(++place).padStart(4, "0")}`;
async function patientOnFile(given: { email?: string | null; phone?: string | null } = {}) {
  const phone = given.phone === undefined ? newPhone() : given.phone;
  const email = given.email === undefined ? `${randomUUID()}@example.test` : given.email;
  const { patientId, clinicianId } = await makePersons(doors.deps.db, { phone, email });
  return { patientId, clinicianId, phone: phone ?? "", email: email ?? "" };
}
async function invited(given: Parameters<typeof patientOnFile>[0] = {}) {
  const onFile = await patientOnFile(given);
  granted(await inviteOwner(doors.deps, { actor: scheduler, patientId: onFile.patientId }));
  const { link } = await payloadTo(onFile.phone);
  return { ...onFile, code: link!.split("/").at(-1)! };
}
const accept = async (code: string, who: { owner(): Promise<Owner> }) =>
  acceptOwnInvitation(doors.deps, { code, owner: await who.owner(), origin: origin() });

describe("a link to one's own page", () => {
  test("goes to the contact on file, connects the account that is signed in, once, and their sign-in goes on", async () => {
    const { patientId, email, code, clinicianId } = await invited();
    const me = await stranger();
    const { visitId } = await makeVisit(doors.deps, { persons: { patientId, clinicianId } });
    expect((await payloadTo(email)).url).toMatch(new RegExp(`/connect/${code}$`));
    for (let look = 0; look < 3; look++)
      expect(await lookAtOwnInvitation(doors.deps, { code, origin: origin() })).toEqual({
        ok: true,
        value: { firstName: "Walter" },
      });
    expect((await recordOf(patientId)).sub).toBeNull();
    expect((await listOwnVisits(doors.deps, { patient: (await me.owner()).patient })).coming).toEqual([]);

    granted(await accept(code, me));
    const { patient } = await me.owner();
    expect(patient.id).toBe(patientId);
    const { coming } = await listOwnVisits(doors.deps, { patient });
    expect(coming.map((visit) => visit.visitId)).toEqual([visitId]);
    expect(await accept(code, await stranger())).toEqual(closed);
    for (const event of ["RECORD_INVITED", "RECORD_CONNECTED"]) {
      const rows = await audited(event, patientId);
      expect(rows, event).toHaveLength(1);
      expect(JSON.stringify(rows), event).not.toMatch(new RegExp(`${email}|Walter|${code}`));
    }
  });

  test("is won by one of two accounts that come at once", async () => {
    const { patientId, code } = await invited();
    const [one, two] = [await stranger(), await stranger()];
    const both = await Promise.all([accept(code, one), accept(code, two)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect((await recordOf(patientId)).sub).toBe(both[0].ok ? one.sub : two.sub);
  });

  test("gives one account one record, even where two links are used at once", async () => {
    const [a, b] = [await invited(), await invited()];
    const me = await stranger();
    const both = await Promise.all([accept(a.code, me), accept(b.code, me)]);
    expect(both.map(refusalOf).sort()).toEqual(["ACCOUNT_CONNECTED", null].sort());
    const mine = [await recordOf(a.patientId), await recordOf(b.patientId)].filter(
      ({ sub }) => sub === me.sub,
    );
    expect(mine).toHaveLength(1);
  });

  test("opens nothing once it is old, was replaced, was guessed, the contact is another, or the record has an account", async () => {
    const { code, patientId } = await invited();
    const me = await stranger();
    expect(await accept("x".repeat(27), me)).toEqual(closed);
    expect(await accept(`${code}${"x".repeat(100)}`, me)).toEqual(closed);
    granted(await inviteOwner(doors.deps, { actor: scheduler, patientId }));
    expect(await accept(code, me)).toEqual(closed);
    const moved = await invited();
    await doors.deps.db.asActor(system, (tx) =>
      tx.update(customers).set({ phone: newPhone() }).where(eq(customers.id, moved.patientId)),
    );
    expect(await accept(moved.code, me)).toEqual(closed);
    const old = await invited();
    doors.deps.clock.advance(8 * 86_400);
    const later = await stranger();
    expect(await accept(old.code, later)).toEqual(closed);
    doors.deps.clock.reset();

    const taken = await invited();
    granted(await accept(taken.code, me));
    expect(refusalOf(await inviteOwner(doors.deps, { actor: scheduler, patientId: taken.patientId }))).toBe(
      "RECORD_CONNECTED",
    );
    expect(await ownerStanding(doors.deps, { actor: scheduler, patientId: taken.patientId })).toEqual({
      state: "connected",
    });
  });

  test("is refused to a colleague's account, and sent by nobody but who cares for the patient", async () => {
    const { code, patientId } = await invited();
    const colleague = await doors.enroll("scheduler");
    const owner = { patient: person(colleague.id, "scheduler") as Owner["patient"], sub: colleague.sub };
    expect(refusalOf(await acceptOwnInvitation(doors.deps, { code, owner, origin: origin() }))).toBe(
      "PATIENTS_ONLY",
    );
    const others = ["agent", "auditor", "customer", "clinician"] as const;
    for (const role of others) {
      const actor = person(randomUUID(), role);
      expect(refusalOf(await inviteOwner(doors.deps, { actor, patientId })), role).toMatch(
        /FORBIDDEN|PATIENT_UNKNOWN/,
      );
      expect(await ownerStanding(doors.deps, { actor, patientId }), role).toBeNull();
    }
    const { clinicianId } = await makeVisit(doors.deps, {
      persons: { patientId, clinicianId: (await makePersons(doors.deps.db)).clinicianId },
    });
    granted(await inviteOwner(doors.deps, { actor: person(clinicianId, "clinician"), patientId }));
  });

  test("is sent three times an hour, and to nobody without a contact", async () => {
    const { patientId } = await invited();
    for (let again = 0; again < 2; again++)
      granted(await inviteOwner(doors.deps, { actor: scheduler, patientId }));
    expect(refusalOf(await inviteOwner(doors.deps, { actor: scheduler, patientId }))).toBe("RESEND_LIMITED");
    const silent = await patientOnFile({ phone: null, email: null });
    expect(refusalOf(await inviteOwner(doors.deps, { actor: scheduler, patientId: silent.patientId }))).toBe(
      "NO_CONTACT",
    );
  });

  test("is not texted to a number that said STOP", async () => {
    const { phone, patientId } = await patientOnFile({ email: null });
    await doors.deps.db.asActor(system, (tx) =>
      noteConsent(doors.deps, tx, phone, { optedOutAt: doors.deps.clock.now() }),
    );
    granted(await inviteOwner(doors.deps, { actor: scheduler, patientId }));
    for (let batch = 0; batch < 10 && (await deliverDue(doors.deps)) > 0; batch++);
    const [row] = await doors.deps.db.asActor(system, (tx) =>
      tx.select().from(outbox).where(eq(outbox.recipient, phone)),
    );
    expect(row).toMatchObject({ failure: "OPTED_OUT", sentAt: null });
  });
});

describe("a code to the number on file", () => {
  const asked = async (who: { owner(): Promise<Owner> }, email: string | null) =>
    askOwnCode(doors.deps, { owner: await who.owner(), origin: origin(), email });
  const tried = async (who: { owner(): Promise<Owner> }, code: string) =>
    connectByCode(doors.deps, { owner: await who.owner(), origin: origin(), code });
  const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

  test("connects the one record that has the account's address; it works once and in no other account's hands", async () => {
    const { patientId, phone, email } = await patientOnFile();
    const me = await stranger(email);
    const other = await stranger();
    granted(await asked(me, email.toUpperCase()));
    const { code } = await payloadTo(phone);
    expect(code).toMatch(/^\d{6}$/);
    expect(await tried(other, code!)).toEqual(refusedCode);
    expect(await tried(me, wrongOf(code!))).toEqual(refusedCode);
    granted(await tried(me, code!));
    expect((await me.owner()).patient.id).toBe(patientId);
    expect(await tried(me, code!)).toEqual(refusedCode);
    expect(await audited("RECORD_CONNECTED", patientId)).toHaveLength(1);
  });

  test("says the same where no record fits, two do, one has no number or an account already, and the address is not confirmed", async () => {
    const shared = `${randomUUID()}@example.test`;
    const [one, two] = [await patientOnFile({ email: shared }), await patientOnFile({ email: shared })];
    const mute = await patientOnFile({ phone: null });
    const fits = await patientOnFile();
    const answers = [
      await asked(await stranger(), `${randomUUID()}@example.test`),
      await asked(await stranger(shared), shared),
      await asked(await stranger(mute.email), mute.email),
      await asked(await stranger(), null),
      await asked(await stranger(fits.email), fits.email),
    ];
    for (const answer of answers) expect(answer).toEqual({ ok: true, value: undefined });
    for (const { phone } of [one, two]) expect(await payloadTo(phone)).toEqual({});
    expect((await payloadTo(fits.phone)).code).toMatch(/^\d{6}$/);
  });

  test("is dead after five wrong tries, after ten minutes, and once a newer one was sent", async () => {
    const { phone, email, patientId } = await patientOnFile();
    const me = await stranger(email);
    granted(await asked(me, email));
    const first = (await payloadTo(phone)).code!;
    granted(await asked(me, email));
    const second = (await payloadTo(phone)).code!;
    if (first !== second) expect(await tried(me, first)).toEqual(refusedCode);
    doors.deps.clock.advance(601);
    expect(await tried(me, second)).toEqual(refusedCode);
    doors.deps.clock.reset();
    granted(await asked(me, email));
    const third = (await payloadTo(phone)).code!;
    const wrong = await Promise.all(Array.from({ length: 5 }, () => tried(me, wrongOf(third))));
    expect(wrong.every(({ ok }) => !ok)).toBe(true);
    expect((await tried(me, third)).ok).toBe(false);
    expect((await recordOf(patientId)).sub).toBeNull();
  });

  test("is sent five times an hour for one account", async () => {
    const me = await stranger();
    const answers = [];
    for (let time = 0; time < 6; time++) answers.push(refusalOf(await asked(me, me.email)));
    expect(answers).toEqual([null, null, null, null, null, "ACCOUNT_LIMITED"]);
  });
});

describe("a record that is disconnected", () => {
  test("is out of its account's sight at once, signed in or not, and can be connected anew", async () => {
    const { patientId, code } = await invited();
    const me = await stranger();
    granted(await accept(code, me));
    const { patient } = await me.owner();
    for (const role of ["clinician", "agent", "auditor", "customer"] as const)
      expect(
        refusalOf(await disconnectOwner(doors.deps, { actor: person(randomUUID(), role), patientId })),
      ).toBe("FORBIDDEN");
    granted(await disconnectOwner(doors.deps, { actor: admin, patientId }));
    expect(await readSession(doors.deps, me.cookie)).toBeNull();
    expect(refusalOf(await changeOwnDetails(doors.deps, { patient, timeZone: "UTC", locale: "es" }))).toBe(
      "PATIENT_UNKNOWN",
    );
    expect(refusalOf(await disconnectOwner(doors.deps, { actor: admin, patientId }))).toBe(
      "RECORD_NOT_CONNECTED",
    );
    expect(await audited("RECORD_DISCONNECTED", patientId)).toHaveLength(1);

    const byCode = await invited();
    const coded = await stranger(byCode.email);
    granted(
      await askOwnCode(doors.deps, { owner: await coded.owner(), origin: origin(), email: byCode.email }),
    );
    const { code: digits } = await payloadTo(byCode.phone);
    granted(await connectByCode(doors.deps, { owner: await coded.owner(), origin: origin(), code: digits! }));
    granted(await disconnectOwner(doors.deps, { actor: admin, patientId: byCode.patientId }));
    expect(await accept(byCode.code, await stranger())).toEqual(closed);

    const again = await stranger(me.email);
    expect((await again.owner()).patient.id).not.toBe(patientId);
    granted(await inviteOwner(doors.deps, { actor: scheduler, patientId }));
    const { link } = await payloadTo((await recordOf(patientId)).phone!);
    granted(await accept(link!.split("/").at(-1)!, again));
  });
});

describe("one's own data", () => {
  test("are one's own: language and zone are changed, recorded and used; contacts are masked", async () => {
    const { patientId, phone, email, code } = await invited();
    const me = await stranger();
    expect(await readOwnDetails(doors.deps, (await me.owner()).patient)).toBeNull();
    granted(await accept(code, me));
    const { patient } = await me.owner();
    granted(await changeOwnDetails(doors.deps, { patient, timeZone: "America/Denver", locale: "es" }));
    expect(await recordOf(patientId)).toMatchObject({
      timeZone: "America/Denver",
      locale: "es",
      phone,
      email,
    });
    expect(refusalOf(await changeOwnDetails(doors.deps, { patient, timeZone: "Mars", locale: "es" }))).toBe(
      "INPUT_INVALID",
    );
    const seen = await readOwnDetails(doors.deps, patient);
    expect(seen).toMatchObject({ timeZone: "America/Denver", textsStopped: false });
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`\\${phone}|${email}`));
    expect(await audited("OWN_DETAILS_CHANGED", patientId)).toHaveLength(1);
  });

  test("can be saved, with every visit and message of theirs and of nobody else; recorded and limited", async () => {
    const mine = await invited();
    const me = await stranger();
    granted(await accept(mine.code, me));
    const { patient } = await me.owner();
    const { visitId } = await makeVisit(doors.deps, { persons: mine, chiefComplaint: "Headache" });
    const theirs = await makeVisit(doors.deps);
    for (const [id, recipient] of [
      [visitId, mine.phone],
      [theirs.visitId, "+15550209999"],
    ] as const)
      await doors.deps.db.asActor(system, (tx) =>
        tx.insert(outbox).values({
          id: randomUUID(),
          kind: "sms",
          visitId: id,
          party: "patient",
          template: "reminder",
          recipient,
        }),
      );
    const { messages } = await listOwnMessages(doors.deps, { patient });
    expect(messages.map(({ template }) => template)).toEqual(["reminder"]);
    const data = granted(await exportOwnData(doors.deps, { patient }));
    expect(data.visits.map((visit) => visit.visitId)).toEqual([visitId]);
    expect(data.messages).toHaveLength(1);
    const room = granted(await makeRoom(doors.deps, { actor: admin, name: "About Okafor" }));
    for (const phone of [mine.phone, "+15550209999"])
      granted(
        await sendRoomLink(doors.deps, {
          actor: admin,
          roomId: room.roomId,
          role: "guest",
          to: { phone },
          locale: "en",
        }),
      );
    const again = granted(await exportOwnData(doors.deps, { patient }));
    expect(again.roomLinks).toMatchObject([{ kind: "sms", template: "room", status: "queued" }]);
    expect(JSON.stringify(again.roomLinks)).not.toMatch(
      new RegExp(`${room.roomId}|Okafor|${mine.phone.slice(1)}`),
    );
    expect(JSON.stringify(data)).not.toMatch(new RegExp(`Headache|${theirs.visitId}|Okafor`));
    expect(
      refusalOf(await exportOwnData(doors.deps, { patient: (await (await stranger()).owner()).patient })),
    ).toBe("PATIENT_UNKNOWN");
    for (let time = 0; time < 3; time++) await exportOwnData(doors.deps, { patient });
    expect(refusalOf(await exportOwnData(doors.deps, { patient }))).toBe("ACCOUNT_LIMITED");
  });
});

describe("behind the use cases, row-level security", () => {
  test("shows a customer no invitation, no code and nothing of another patient", async () => {
    const mine = await invited();
    const me = await stranger();
    granted(await accept(mine.code, me));
    const { patient } = await me.owner();
    const theirs = await makeVisit(doors.deps);
    await doors.deps.db.asActor(patient, async (tx) => {
      expect(await tx.select().from(recordInvitations)).toEqual([]);
      for (const table of [
        "record_codes",
        "outbox",
        "time_requests",
        "visit_arrivals",
        "device_checks",
        "vouchers",
      ])
        expect([...(await tx.execute(sql.raw(`SELECT 1 FROM ${table}`)))], table).toEqual([]);
      expect((await tx.select().from(customers)).map(({ id }) => id)).toEqual([mine.patientId]);
      expect(await findOwnVisit(tx, patient, theirs.visitId)).toBeNull();
      await tx.update(customers).set({ phone: "+15550200000" });
    });
    expect((await recordOf(mine.patientId)).phone).toBe(mine.phone);
  });
});
