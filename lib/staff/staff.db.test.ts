import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { accountDues, auditLog, outbox, staff, staffInvitations, vouchers } from "@/db/schema";
import { system } from "@/db/testing/people";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { readSession } from "@/lib/auth/sessions";
import { signInBrowser } from "@/lib/auth/sign-in-browser";
import { openDoors, type TestDoors } from "@/lib/http/testing";
import type { Actor, Role } from "@/lib/kernel/actor";
import { payloadAad } from "@/lib/notifications/enqueue";
import { startVisit } from "@/lib/visits/start-visit";
import { eventsOf, granted, joinAs, linkOf, makeVisit, refusalOf } from "@/lib/visits/testing";
import { acceptInvitation, lookAtInvitation } from "./accept-invitation";
import { changeRole, restoreColleague, suspendColleague } from "./change-standing";
import {
  inviteColleague,
  inviteKnownColleague,
  type StaffRole,
  sendInvitationAgain,
  withdrawInvitation,
} from "./invite";
import { listInvitations, listStaff, readColleague } from "./list-staff";
import { settleDue } from "./standing";

let doors: TestDoors;
let admin: Extract<Actor, { kind: "person" }>;
const as = (id: string, role: Role): Extract<Actor, { kind: "person" }> => ({
  kind: "person",
  id,
  role,
  name: "Sam Test",
  origin: { ip: `198.18.7.${++place % 250}`, userAgent: "Test/1.0" },
});
let place = 0;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());
beforeEach(async () => {
  admin = as((await doors.enroll("admin")).id, "admin");
});

const password = "Correct-Horse-1!";
const someone = () => `${randomUUID()}@example.test`;
const origin = () => ({ ip: `198.18.8.${++place % 250}`, userAgent: "Test/1.0" });
const about = (email: string, role: StaffRole = "scheduler") => ({
  email,
  role,
  title: null,
  firstName: "Ines",
  lastName: "Park",
  timeZone: "America/New_York",
});
const db = () => doors.deps.db;

async function invited(email = someone(), role: StaffRole = "scheduler") {
  const made = await inviteColleague(doors.deps, { actor: admin, locale: "en", ...about(email, role) });
  if (!made.ok) throw new Error(made.error.code);
  return { email, ...made.value, code: await codeFor(email) };
}
/** The code in the newest mail to this address. */
async function codeFor(email: string): Promise<string> {
  const rows = await db().asActor(system, (tx) =>
    tx.select().from(outbox).where(eq(outbox.recipient, email)).orderBy(outbox.createdAt),
  );
  const row = rows.at(-1);
  if (!row?.payload) return "";
  const opened = doors.deps.keyring.unseal("outbox-payload", row.payload, payloadAad(row.id));
  return (
    String(JSON.parse(opened.toString("utf8")).url)
      .split("/")
      .at(-1) ?? ""
  );
}
const accept = (code: string, given = password) =>
  acceptInvitation(doors.deps, { code, password: given, origin: origin() });
const audited = (event: string, id: string) =>
  db().asActor(system, async (tx) =>
    (await tx.select().from(auditLog).where(eq(auditLog.eventType, event))).filter((row) =>
      JSON.stringify(row.metadata).includes(id),
    ),
  );
async function cookieOf(email: string): Promise<string> {
  const signedIn = await signInBrowser(doors.deps, { email, password, origin: origin() });
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  return sealSessionCookie(doors.deps, signedIn.value.sessionToken);
}
const closed = { ok: false, error: { code: "INVITATION_CLOSED" } };

describe("somebody who is invited", () => {
  test("chooses a password once, and is what the admin said and nothing else; all of it is recorded", async () => {
    const { email, code, invitationId } = await invited();
    expect(await lookAtInvitation(doors.deps, { code, origin: origin() })).toMatchObject({
      ok: true,
      value: { email, firstName: "Ines", role: "scheduler" },
    });
    expect(await accept(code)).toEqual({ ok: true, value: { email } });
    expect(await accept(code)).toEqual(closed);
    const session = await readSession(doors.deps, await cookieOf(email));
    expect(session).toMatchObject({ role: "scheduler", name: "Ines Park" });
    expect(doors.cognito.accounts.get(email)?.groups).toEqual(["scheduler"]);
    for (const event of ["STAFF_INVITED", "STAFF_JOINED"]) {
      const rows = await audited(event, invitationId);
      expect(rows, event).toHaveLength(1);
      expect(JSON.stringify(rows), event).not.toContain(email);
    }
    const seen = await readColleague(doors.deps, { actor: admin, staffId: session!.personId });
    expect(seen).toMatchObject({ value: { standing: "active", lastSignInAt: expect.any(String) } });
  });

  test("by two who come at once with the code, is let in for one of them", async () => {
    const { code } = await invited();
    const both = await Promise.all([accept(code), accept(code)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test("keeps the invitation while Cognito is away, and while the password is too weak", async () => {
    const { code, email } = await invited();
    expect(await accept(code, "weak")).toEqual({ ok: false, error: { code: "PASSWORD_WEAK" } });
    const away = { ok: false, error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 1 } } as const;
    const spy = vi.spyOn(doors.deps.identity, "ensureUser").mockResolvedValue(away);
    expect(await accept(code)).toEqual(away);
    spy.mockRestore();
    expect(await accept(code)).toEqual({ ok: true, value: { email } });
  });

  test("finds an old, a withdrawn, a replaced and a made-up code alike", async () => {
    const [first, second, third] = [await invited(), await invited(), await invited()];
    await withdrawInvitation(doors.deps, { actor: admin, invitationId: first.invitationId });
    const again = await sendInvitationAgain(doors.deps, {
      actor: admin,
      invitationId: second.invitationId,
      locale: "en",
    });
    expect(again.ok).toBe(true);
    await db().asActor(system, (tx) =>
      tx
        .update(staffInvitations)
        .set({ expiresAt: new Date(Date.now() - 1000) })
        .where(eq(staffInvitations.id, third.invitationId)),
    );
    for (const code of [first.code, second.code, third.code, "made-up", "", "x".repeat(5000)]) {
      expect(await lookAtInvitation(doors.deps, { code, origin: origin() })).toEqual(closed);
      expect(await accept(code)).toEqual(closed);
    }
    expect(await accept(await codeFor(second.email))).toMatchObject({ ok: true });
    const open = await listInvitations(doors.deps, { actor: admin });
    expect(open.ok && open.value.find(({ email }) => email === third.email)).toMatchObject({ expired: true });
  });

  test("is slowed when they guess", async () => {
    const from = origin();
    const guesses = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        acceptInvitation(doors.deps, { code: `guess-${n}`, password, origin: from }),
      ),
    );
    const last = await acceptInvitation(doors.deps, { code: (await invited()).code, password, origin: from });
    expect(guesses.some(({ ok }) => ok)).toBe(false);
    expect(last).toMatchObject({ error: { code: "ACCOUNT_LIMITED" } });
  });

  test("and is in the book already gets an account for that row, as what the book says", async () => {
    const [id, email] = [randomUUID(), someone()];
    await db().asActor(system, (tx) =>
      tx.insert(staff).values({
        id,
        email,
        role: "clinician",
        title: "Dr.",
        firstName: "Luis",
        lastName: "Romero",
        timeZone: "UTC",
      }),
    );
    expect(await readColleague(doors.deps, { actor: admin, staffId: id })).toMatchObject({
      value: { standing: "none" },
    });
    expect(await inviteKnownColleague(doors.deps, { actor: admin, staffId: id, locale: "en" })).toMatchObject(
      {
        ok: true,
      },
    );
    await accept(await codeFor(email));
    expect(await readSession(doors.deps, await cookieOf(email))).toMatchObject({
      personId: id,
      role: "clinician",
    });
  });

  test("twice, or who has an account here, is told to the admin", async () => {
    const { email } = await invited();
    const again = await inviteColleague(doors.deps, { actor: admin, locale: "en", ...about(email) });
    expect(again).toEqual({ ok: false, error: { code: "INVITED_ALREADY" } });
    const { email: taken } = await doors.enroll("agent");
    const known = await inviteColleague(doors.deps, { actor: admin, locale: "en", ...about(taken) });
    expect(known).toEqual({ ok: false, error: { code: "STAFF_ALREADY" } });
  });
});

describe("a colleague who is suspended", () => {
  test("is out at once: their session, their tokens, their sign-in; Cognito is told, and once restored they come back", async () => {
    const colleague = await doors.enroll("scheduler");
    const cookie = await cookieOf(colleague.email);
    expect(await readSession(doors.deps, cookie)).not.toBeNull();
    const whom = { actor: admin, staffId: colleague.id };
    expect(await suspendColleague(doors.deps, whom)).toMatchObject({ ok: true });
    expect(await readSession(doors.deps, cookie)).toBeNull();
    expect(doors.cognito.accounts.get(colleague.email)).toMatchObject({ disabled: true });
    expect(
      await signInBrowser(doors.deps, { email: colleague.email, password, origin: origin() }),
    ).toMatchObject({
      error: { code: "CREDENTIALS_REFUSED" },
    });
    expect(await restoreColleague(doors.deps, whom)).toMatchObject({ ok: true });
    expect(doors.cognito.accounts.get(colleague.email)).toMatchObject({ disabled: false });
    expect(await readSession(doors.deps, cookie)).toBeNull();
    expect(await readSession(doors.deps, await cookieOf(colleague.email))).not.toBeNull();
    for (const event of ["STAFF_SUSPENDED", "STAFF_RESTORED"])
      expect(await audited(event, colleague.id), event).toHaveLength(1);
  });

  test("twice is suspended once, and recorded once", async () => {
    const { id: staffId } = await doors.enroll("agent");
    for (const _ of [1, 2]) await suspendColleague(doors.deps, { actor: admin, staffId });
    expect(await audited("STAFF_SUSPENDED", staffId)).toHaveLength(1);
  });

  test("is out though Cognito is away; the page says that it waits, and the worker goes on until it knows", async () => {
    const colleague = await doors.enroll("scheduler");
    const cookie = await cookieOf(colleague.email);
    const away = { ok: false, error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 1 } } as const;
    const spy = vi.spyOn(doors.deps.identity, "setStanding").mockResolvedValue(away);
    await suspendColleague(doors.deps, { actor: admin, staffId: colleague.id });
    expect(await readSession(doors.deps, cookie)).toBeNull();
    const look = () => readColleague(doors.deps, { actor: admin, staffId: colleague.id });
    expect(await look()).toMatchObject({
      value: { standing: "suspended", waitsForCloudSince: expect.any(String) },
    });
    const due = () =>
      db().asActor(system, (tx) =>
        tx.select().from(accountDues).where(eq(accountDues.staffId, colleague.id)),
      );
    expect(await due()).toMatchObject([{ attempts: 1, failure: "IDENTITY_UNAVAILABLE" }]);
    spy.mockRestore();
    expect(await settleDue(doors.deps)).toBe(0);
    doors.deps.clock.advance(700);
    expect(await settleDue(doors.deps)).toBe(1);
    doors.deps.clock.reset();
    expect(doors.cognito.accounts.get(colleague.email)).toMatchObject({ disabled: true });
    expect(await look()).toMatchObject({ value: { waitsForCloudSince: null } });
  });

  test("and restored while Cognito was being told stays due: the later word wins", async () => {
    const { id: staffId, email } = await doors.enroll("scheduler");
    const told = doors.deps.identity.setStanding;
    const spy = vi.spyOn(doors.deps.identity, "setStanding").mockImplementationOnce(async (asked) => {
      await restoreColleague(doors.deps, { actor: admin, staffId });
      return told(asked);
    });
    await suspendColleague(doors.deps, { actor: admin, staffId });
    spy.mockRestore();
    doors.deps.clock.advance(120);
    while ((await settleDue(doors.deps)) > 0);
    doors.deps.clock.reset();
    expect(doors.cognito.accounts.get(email)).toMatchObject({ disabled: false });
  });

  test("has no link into a visit any more, is taken out of the one they are in, and gets no new way in; their patient keeps theirs", async () => {
    const { deps } = doors;
    const [now, later] = [await makeVisit(deps), await makeVisit(deps)];
    const inside = await joinAs(deps, now.visitId, "clinician");
    await joinAs(deps, now.visitId, "patient");
    const unused = await linkOf(deps, later.visitId, "clinician");
    for (const { clinicianId: staffId } of [now, later])
      await suspendColleague(deps, { actor: admin, staffId });
    expect(refusalOf(await inside.again())).toBe("TOKEN_REVOKED");
    const by = { visitId: later.visitId, holder: randomUUID(), origin: origin() };
    expect(refusalOf(await startVisit(deps, { ...by, token: unused.token }))).toBe("TOKEN_REVOKED");
    const { token } = await linkOf(deps, later.visitId, "clinician");
    expect(refusalOf(await startVisit(deps, { ...by, token }))).toBe("PARTY_REMOVED");
    const events = await eventsOf(deps.db, now.visitId);
    expect(events.filter((event) => event === "PARTY_REMOVED" || event === "TOKEN_REVOKED")).toEqual([
      "TOKEN_REVOKED",
      "PARTY_REMOVED",
    ]);
    const left = await db().asActor(system, (tx) =>
      tx.select().from(vouchers).where(eq(vouchers.visitId, now.visitId)),
    );
    expect(left.map(({ party, revokedAt }) => [party, revokedAt !== null]).sort()).toEqual([
      ["clinician", true],
      ["patient", false],
    ]);
  });
});

describe("an admin", () => {
  test("can neither suspend nor demote themself", async () => {
    const own = { actor: admin, staffId: admin.id };
    const self = { ok: false, error: { code: "STAFF_SELF" } };
    expect(await suspendColleague(doors.deps, own)).toEqual(self);
    expect(await changeRole(doors.deps, { ...own, role: "agent" })).toEqual(self);
  });

  test("who suspends another while that one suspends them: one of the two stays", async () => {
    const other = as((await doors.enroll("admin")).id, "admin");
    const both = await Promise.all([
      suspendColleague(doors.deps, { actor: admin, staffId: other.id }),
      suspendColleague(doors.deps, { actor: other, staffId: admin.id }),
    ]);
    expect(both.map((done) => (done.ok ? "done" : done.error.code)).sort()).toEqual(["FORBIDDEN", "done"]);
  });

  test("gives another role: the sign-ins of before end, and the new one counts", async () => {
    const colleague = await doors.enroll("scheduler");
    const cookie = await cookieOf(colleague.email);
    const whom = { actor: admin, staffId: colleague.id };
    expect(await changeRole(doors.deps, { ...whom, role: "auditor" })).toMatchObject({ ok: true });
    expect(await readSession(doors.deps, cookie)).toBeNull();
    expect(doors.cognito.accounts.get(colleague.email)?.groups).toEqual(["auditor"]);
    expect(await readSession(doors.deps, await cookieOf(colleague.email))).toMatchObject({ role: "auditor" });
  });
});

test("who works here is no other role's business, nor a key's: each deed is refused and nothing happens", async () => {
  const target = await doors.enroll("agent");
  const { invitationId } = await invited();
  const others: Actor[] = [
    ...(["customer", "clinician", "agent", "scheduler", "auditor"] as const).map((role) =>
      as(randomUUID(), role),
    ),
    { kind: "api-key", id: randomUUID(), scopes: ["admin"], origin: origin() },
    { kind: "anonymous", origin: origin() },
    // A session that outlived its owner's suspension by a moment.
    as((await doors.enroll("scheduler")).id, "admin"),
  ];
  for (const actor of others) {
    const staffId = target.id;
    const deeds = [
      suspendColleague(doors.deps, { actor, staffId }),
      restoreColleague(doors.deps, { actor, staffId }),
      changeRole(doors.deps, { actor, staffId, role: "admin" }),
    ];
    for (const deed of await Promise.all(deeds))
      expect(deed, JSON.stringify(actor)).toEqual({ ok: false, error: { code: "FORBIDDEN" } });
    if (actor === others.at(-1)) continue;
    const more = [
      inviteColleague(doors.deps, { actor, locale: "en", ...about(someone(), "admin") }),
      sendInvitationAgain(doors.deps, { actor, invitationId, locale: "en" }),
      withdrawInvitation(doors.deps, { actor, invitationId }),
      listStaff(doors.deps, { actor }),
      listInvitations(doors.deps, { actor }),
      readColleague(doors.deps, { actor, staffId }),
    ];
    for (const deed of await Promise.all(more))
      expect(deed, JSON.stringify(actor)).toEqual({ ok: false, error: { code: "FORBIDDEN" } });
  }
  const [row] = await db().asActor(system, (tx) =>
    tx
      .select()
      .from(staff)
      .where(and(eq(staff.id, target.id), eq(staff.role, "agent"))),
  );
  expect(row?.suspendedAt).toBeNull();
});

test("a scheduler's transaction changes no colleague's row, whatever it says", async () => {
  const { id } = await doors.enroll("agent");
  const scheduler = as((await doors.enroll("scheduler")).id, "scheduler");
  const changed = db().asActor(scheduler, (tx) =>
    tx.update(staff).set({ role: "admin" }).where(eq(staff.id, id)).returning(),
  );
  await expect(changed).rejects.toMatchObject({ cause: { code: "42501" } });
});

test("the list of people goes on where it ended, and names nobody twice", async () => {
  await db().asActor(system, (tx) =>
    tx.insert(staff).values(
      Array.from({ length: 101 }, () => {
        const id = randomUUID();
        return {
          id,
          email: `${id}@example.test`,
          role: "agent" as const,
          firstName: "Many",
          lastName: "Same",
          timeZone: "UTC",
        };
      }),
    ),
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = granted(await listStaff(doors.deps, { actor: admin, cursor }));
    seen.push(...page.colleagues.map(({ staffId }) => staffId));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const all = await db().asActor(system, (tx) => tx.select({ id: staff.id }).from(staff));
  expect(seen).toHaveLength(all.length);
  expect(new Set(seen).size).toBe(all.length);
});
