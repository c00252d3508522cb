import { desc, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { auditLog } from "@/db/schema";
import { person, system } from "@/db/testing/people";
import { openDoors, type TestDoors } from "@/lib/http/testing";
import type { Role } from "@/lib/kernel/actor";
import { finishApp, stopApp } from "./authenticator-app";
import { endSession, listSessions, signOutEverywhere } from "./own-sessions";
import { sealSessionCookie, sessionIdleSeconds, sessionMaxAgeSeconds } from "./session-cookie";
import { closeSession, readSession, type Session } from "./sessions";
import { finishSignInBrowser, signInBrowser } from "./sign-in-browser";
import { signInRules } from "./sign-in-limits";

let doors: TestDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());
afterEach(() => {
  doors.deps.clock.reset();
  doors.cognito.state.refreshes = true;
});

const from = (ip: string) => ({ ip, userAgent: "Test/1.0" });
const origin = from("203.0.113.5");
const tryIn = (email: string, password = doors.password, where = origin) =>
  signInBrowser(doors.deps, { email, password, origin: where });

async function signedIn(role: Role = "scheduler") {
  const who = await doors.enroll(role);
  const done = await tryIn(who.email);
  if (!done.ok) throw new Error(done.error.code);
  return {
    who,
    token: done.value.sessionToken,
    cookie: await sealSessionCookie(doors.deps, done.value.sessionToken),
  };
}
const sessionOf = (cookie: string) => readSession(doors.deps, cookie);
const lastEvents = (count: number) =>
  doors.deps.db.asActor(person("cccccccc-0000-4000-8000-0000000000ad", "admin"), (tx) =>
    tx.select().from(auditLog).orderBy(desc(auditLog.occurredAt)).limit(count),
  );

describe("a signed-in colleague", () => {
  test("is known by the cookie, by role and by name; the sign-in is in the audit", async () => {
    const { who, cookie } = await signedIn("clinician");
    expect(await sessionOf(cookie)).toMatchObject({
      personId: who.id,
      role: "clinician",
      kind: "staff",
      name: "Sam Test",
    });
    expect((await lastEvents(5)).some((row) => row.eventType === "SIGN_IN" && row.actorId === who.id)).toBe(
      true,
    );
  });

  test("is kept by nobody's copy of the database: it holds hashes and sealed tokens", async () => {
    const { who, token } = await signedIn();
    const rows = await doors.deps.db.asActor(system, (tx) =>
      tx.execute(sql`SELECT row_to_json(s)::text AS text FROM sessions s WHERE person_id = ${who.id}`),
    );
    const text = String([...rows][0]?.text);
    expect(text).not.toContain(token);
    expect(Buffer.from(text).toString("latin1")).not.toContain(Buffer.from(`r-${who.email}`).toString("hex"));
  });

  test("stays while active, and is out after half an hour of nothing", async () => {
    const { cookie } = await signedIn();
    for (let n = 0; n < 3; n++) {
      doors.deps.clock.advance(sessionIdleSeconds - 60);
      expect(await sessionOf(cookie)).not.toBeNull();
    }
    doors.deps.clock.advance(sessionIdleSeconds + 1);
    expect(await sessionOf(cookie)).toBeNull();
  });

  test("is out after twelve hours, however active", async () => {
    const { cookie } = await signedIn();
    for (let passed = 0; passed + 1200 < sessionMaxAgeSeconds; passed += 1200) {
      doors.deps.clock.advance(1200);
      expect(await sessionOf(cookie)).not.toBeNull();
    }
    doors.deps.clock.advance(1200);
    expect(await sessionOf(cookie)).toBeNull();
  });

  test("who is suspended is out at the next request, and stays out", async () => {
    const { who, cookie } = await signedIn();
    const suspend = (at: string | null) =>
      doors.deps.db.asActor(system, (tx) =>
        tx.execute(sql`UPDATE staff SET suspended_at = ${at} WHERE id = ${who.id}`),
      );
    await suspend(new Date().toISOString());
    expect(await sessionOf(cookie)).toBeNull();
    expect(await tryIn(who.email)).toMatchObject({ ok: false, error: { code: "CREDENTIALS_REFUSED" } });
    await suspend(null);
    expect(await sessionOf(cookie)).toBeNull();
  });

  test("whose role was narrowed has the narrower one at once", async () => {
    const { who, cookie } = await signedIn("admin");
    await doors.deps.db.asActor(system, (tx) =>
      tx.execute(sql`UPDATE staff SET role = 'scheduler' WHERE id = ${who.id}`),
    );
    expect((await sessionOf(cookie))?.role).toBe("scheduler");
  });

  test("is renewed by Cognito when the hour is over, once for many requests at the same time; refused there, out here", async () => {
    const { cookie } = await signedIn();
    doors.deps.clock.advance(1500);
    await sessionOf(cookie);
    doors.deps.clock.advance(1500);
    await sessionOf(cookie);
    doors.deps.clock.advance(700);
    expect(await Promise.all([1, 2, 3, 4].map(() => sessionOf(cookie)))).not.toContain(null);
    doors.cognito.state.refreshes = false;
    for (let n = 0; n < 3; n++) {
      doors.deps.clock.advance(1300);
      await sessionOf(cookie);
    }
    expect(await sessionOf(cookie)).toBeNull();
  });

  test("who signs out is out everywhere that cookie went, and Cognito's refresh token with them", async () => {
    const { who, cookie } = await signedIn();
    await closeSession(doors.deps, cookie, origin);
    expect(await sessionOf(cookie)).toBeNull();
    expect(doors.cognito.state.revoked.join()).toContain(`r-${who.email} `);
  });

  test("is not to be met by a cookie planted before they signed in, and each sign-in has a cookie of its own", async () => {
    const { who, token: first, cookie: elder } = await signedIn();
    const planted = await sealSessionCookie(doors.deps, "A".repeat(first.length));
    expect(await sessionOf(planted)).toBeNull();
    const again = await tryIn(who.email);
    if (!again.ok) throw new Error(again.error.code);
    expect(again.value.sessionToken).not.toBe(first);
    expect(await sessionOf(planted)).toBeNull();
    await closeSession(doors.deps, await sealSessionCookie(doors.deps, again.value.sessionToken), origin);
    expect(await sessionOf(elder)).toMatchObject({ personId: who.id });
  });

  test("is nobody by a cookie that we did not seal", async () => {
    const { token } = await signedIn();
    for (const forged of ["", "x", token, `e30.${token}`, "a.b.c.d.e"])
      expect(await sessionOf(forged)).toBeNull();
  });
});

describe("where staff must have a second step", () => {
  const settings = () => doors.deps.env as { STAFF_MFA: "off" | "required" };
  afterEach(() => {
    settings().STAFF_MFA = "off";
  });
  const own = (cookie: string) => readSession(doors.deps, cookie, { evenOwing: true });
  const actorOf = (session: Session) =>
    ({ kind: "person", id: session.personId, role: session.role, name: session.name, origin }) as const;

  test("a password alone opens the account's own page and nothing else, until an app is set up there", async () => {
    settings().STAFF_MFA = "required";
    const { cookie } = await signedIn();
    expect(await sessionOf(cookie)).toBeNull();
    const session = await own(cookie);
    if (!session) throw new Error("not even their own page");
    expect(session.owesSecondStep).toBe(true);
    const actor = actorOf(session);
    const finish = (code: string) => finishApp(doors.deps, { session, actor, origin, code });
    expect(await finish("000000")).toMatchObject({ ok: false, error: { code: "CODE_REFUSED" } });
    expect(await sessionOf(cookie)).toBeNull();
    expect(await finish("123456")).toMatchObject({ ok: true });
    expect(await sessionOf(cookie)).not.toBeNull();
    const stopped = await stopApp(doors.deps, { session, actor, origin, password: doors.password });
    expect(stopped).toMatchObject({ ok: false, error: { code: "FORBIDDEN" } });
  });

  test("a sign-in by the app's code owes nothing", async () => {
    settings().STAFF_MFA = "required";
    const who = await doors.enroll("clinician");
    doors.cognito.accounts.get(who.email)!.totp = true;
    const asked = await tryIn(who.email);
    if (asked.ok || asked.error.code !== "CHALLENGE") throw new Error("no second step");
    const step = { session: asked.error.session, answer: { code: "123456" }, origin };
    const done = await finishSignInBrowser(doors.deps, step);
    if (!done.ok) throw new Error(done.error.code);
    const cookie = await sealSessionCookie(doors.deps, done.value.sessionToken);
    expect(await sessionOf(cookie)).toMatchObject({ personId: who.id, owesSecondStep: false });
  });
});

describe("somebody who is signed in at more than one place", () => {
  async function twice() {
    const first = await signedIn();
    const again = await tryIn(first.who.email);
    if (!again.ok) throw new Error(again.error.code);
    const other = await sealSessionCookie(doors.deps, again.value.sessionToken);
    const session = await sessionOf(first.cookie);
    if (!session) throw new Error("no session");
    const actor = { kind: "person", id: first.who.id, role: "scheduler", name: "", origin } as const;
    return { ...first, other, session, actor };
  }

  test("finds both, by browser, and ends the other one alone", async () => {
    const { cookie, other, session, actor } = await twice();
    const listed = await listSessions(doors.deps, session);
    expect(listed.map(({ userAgent }) => userAgent)).toEqual(["Test/1.0", "Test/1.0"]);
    const id = listed.find((one) => one.id !== session.id)?.id ?? "";
    const stranger = await twice();
    await endSession(doors.deps, { session: stranger.session, id, actor: stranger.actor });
    expect(await sessionOf(other)).not.toBeNull();
    await endSession(doors.deps, { session, id, actor });
    expect([await sessionOf(other), (await sessionOf(cookie))?.id]).toEqual([null, session.id]);
  });

  test("ends them all at once, though Cognito is away", async () => {
    const { cookie, other, session, actor } = await twice();
    const away = { ok: false, error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 1 } } as const;
    const spy = vi.spyOn(doors.deps.identity, "signOutEverywhere").mockResolvedValue(away);
    await signOutEverywhere(doors.deps, { session, actor });
    spy.mockRestore();
    expect([await sessionOf(cookie), await sessionOf(other)]).toEqual([null, null]);
  });
});

describe("a failed sign-in", () => {
  test("tells the same of an unknown address, a wrong password and somebody who is not ours", async () => {
    const who = await doors.enroll("scheduler");
    doors.cognito.accounts.set("stranger@example.test", {
      sub: "11111111-0000-4000-8000-000000000000",
      email: "stranger@example.test",
      groups: ["scheduler"],
    });
    const answers = [
      await tryIn("nobody@example.test", doors.password, from("203.0.113.21")),
      await tryIn(who.email, "wrong", from("203.0.113.22")),
      await tryIn("stranger@example.test", doors.password, from("203.0.113.23")),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test("is in the audit, without the address", async () => {
    await tryIn("somebody@example.test", "wrong", from("203.0.113.31"));
    const row = (await lastEvents(10)).find(
      (one) => one.eventType === "SIGN_IN_REFUSED" && one.ipAddress === "203.0.113.31",
    );
    expect(row).toMatchObject({ success: false, errorCode: "CREDENTIALS_REFUSED" });
    expect(JSON.stringify(row)).not.toContain("somebody");
  });

  test("slows that pair of account and address; the owner still gets in from elsewhere", async () => {
    const who = await doors.enroll("scheduler");
    const there = from("203.0.113.41");
    for (let n = 0; n < signInRules.pair.allowed; n++) await tryIn(who.email, "wrong", there);
    expect(await tryIn(who.email, doors.password, there)).toMatchObject({
      ok: false,
      error: { code: "SIGN_IN_LIMITED" },
    });
    expect((await tryIn(who.email, doors.password, from("203.0.113.42"))).ok).toBe(true);
  });

  test("few times and then a right one starts afresh", async () => {
    const who = await doors.enroll("scheduler");
    const here = from("203.0.113.51");
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < signInRules.pair.allowed - 1; n++) await tryIn(who.email, "wrong", here);
      expect((await tryIn(who.email, doors.password, here)).ok).toBe(true);
    }
  });
});
