import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { auditLog, outbox } from "@/db/schema";
import { system } from "@/db/testing/people";
import { openDoors, type TestDoors } from "@/lib/http/testing";
import { granted } from "@/lib/visits/testing";
import { stopApp } from "./authenticator-app";
import { endPauses } from "./recover-sign-in";
import { makeRecoveryCodes, recoveryCodesLeft } from "./recovery-codes";
import { sealSessionCookie } from "./session-cookie";
import { readSession } from "./sessions";
import { recoverSignInBrowser, signInBrowser } from "./sign-in-browser";

let doors: TestDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());

const password = "Correct-Horse-1!";
let place = 0;
const somewhere = () => ({ ip: `198.18.9.${++place}`, userAgent: "Test/1.0" });
const cookieFor = async (sessionToken: string) => sealSessionCookie(doors.deps, sessionToken);
const account = (email: string) => doors.cognito.accounts.get(email)!;

/** A colleague with an app and ten codes. */
async function careful() {
  const { email, id, sub } = await doors.enroll("scheduler");
  const { sessionToken } = granted(await signInBrowser(doors.deps, { email, password, origin: somewhere() }));
  const session = (await readSession(doors.deps, await cookieFor(sessionToken)))!;
  account(email).totp = true;
  const actor = { kind: "person", id, role: "scheduler", name: "Sam", origin: somewhere() } as const;
  const make = async () =>
    granted(await makeRecoveryCodes(doors.deps, { session, actor, locale: "en" })).codes;
  return { email, sub, session, actor, make, codes: await make() };
}
/** The password, and what the page holds until the second step. */
async function begun(email: string, origin = somewhere()): Promise<string> {
  const asked = await signInBrowser(doors.deps, { email, password, origin });
  if (asked.ok || asked.error.code !== "CHALLENGE") throw new Error("no challenge");
  return asked.error.session;
}
async function recover(email: string, code: string, given = password, origin = somewhere()) {
  const session = await begun(email, origin);
  return recoverSignInBrowser(doors.deps, { session, password: given, code, locale: "en", origin });
}
const mailsTo = (email: string) =>
  doors.deps.db.asActor(system, async (tx) =>
    (await tx.select().from(outbox).where(eq(outbox.recipient, email))).map(({ template }) => template),
  );
const refused = { ok: false, error: { code: "CODE_REFUSED" } };

describe("somebody who lost their phone", () => {
  test("signs in by a recovery code, once, however it is typed; it counts as their second step, and the app is asked for again", async () => {
    const { email, codes, session } = await careful();
    expect(new Set(codes).size).toBe(10);
    const typed = codes[3]!.toLowerCase().replace("-", " ");
    const { sessionToken } = granted(await recover(email, typed));
    (doors.deps.env as { STAFF_MFA: string }).STAFF_MFA = "required";
    expect(await readSession(doors.deps, await cookieFor(sessionToken))).toMatchObject({ sub: session.sub });
    (doors.deps.env as { STAFF_MFA: string }).STAFF_MFA = "off";
    expect(account(email).totp).toBe(true);
    expect(await recover(email, codes[3]!)).toEqual(refused);
    expect(await recoveryCodesLeft(doors.deps, session)).toBe(9);
    expect(await mailsTo(email)).toEqual(["recovery-codes-made", "recovery-code-used"]);
    const rows = await doors.deps.db.asActor(system, async (tx) => [
      ...(await tx.select().from(auditLog)),
      ...(await tx.execute(sql`SELECT * FROM recovery_codes`)),
    ]);
    for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code);
  });

  test("with one code at two browsers at once is let in by one of them", async () => {
    const { email, codes } = await careful();
    const both = await Promise.all([recover(email, codes[0]!), recover(email, codes[0]!)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(account(email).totp).toBe(true);
  });

  test("is told one thing for a wrong code, another's code and a wrong password; no code is lost by it, and guessing is slowed", async () => {
    const [one, other] = [await careful(), await careful()];
    for (const code of ["AAAAA-AAAAA", "", other.codes[0]!, "x".repeat(64)])
      expect(await recover(one.email, code)).toEqual(refused);
    expect(await recover(one.email, one.codes[0]!, "Wrong-Horse-1!")).toEqual(refused);
    expect(await recoveryCodesLeft(doors.deps, one.session)).toBe(10);
    const from = somewhere();
    const session = await begun(one.email, from);
    const guess = (n: number) =>
      recoverSignInBrowser(doors.deps, { session, password, code: `G${n}`, locale: "en", origin: from });
    for (let n = 0; n < 8; n++) expect(await guess(n)).toEqual(refused);
    expect(await guess(9)).toMatchObject({ error: { code: "SIGN_IN_LIMITED" } });
  });

  test("needs the password first: a made-up session opens nothing", async () => {
    const { codes } = await careful();
    const made = await recoverSignInBrowser(doors.deps, {
      session: "made-up",
      password,
      code: codes[0]!,
      locale: "en",
      origin: somewhere(),
    });
    expect(made).toEqual({ ok: false, error: { code: "CHALLENGE_OVER" } });
  });

  test("keeps the code where Cognito is away; until Cognito asks for the app again nobody signs in without it, and the worker sees to that", async () => {
    const { email, codes, session, sub } = await careful();
    const away = { ok: false, error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 1 } } as const;
    const setTotp = doors.deps.identity.setTotp;
    // It stops asking, and is away before it asks again.
    const spy = vi.spyOn(doors.deps.identity, "setTotp").mockImplementation(async (request) => {
      if (!request.on) await setTotp(request);
      return away;
    });
    expect(await recover(email, codes[0]!)).toMatchObject(away);
    spy.mockRestore();
    expect(await recoveryCodesLeft(doors.deps, session)).toBe(10);
    expect(account(email).totp).toBe(false);
    expect(await signInBrowser(doors.deps, { email, password, origin: somewhere() })).toMatchObject({
      error: { code: "IDENTITY_THROTTLED" },
    });
    expect(await endPauses(doors.deps)).toBe(0);
    doors.deps.clock.advance(60);
    expect(await endPauses(doors.deps)).toBe(1);
    doors.deps.clock.reset();
    expect(account(email).totp).toBe(true);
    const left = await doors.deps.db.asActor(system, (tx) =>
      tx.execute(sql`SELECT 1 FROM second_step_pauses WHERE sub = ${sub}`),
    );
    expect(left).toHaveLength(0);
    expect(await recover(email, codes[0]!)).toMatchObject({ ok: true });
  });

  test("makes new codes, and the old ones are worth nothing; without an app there are none", async () => {
    const { email, codes, make, session, actor } = await careful();
    const [fresh] = await make();
    expect(await recover(email, codes[0]!)).toEqual(refused);
    expect(await recover(email, fresh!)).toMatchObject({ ok: true });
    account(email).totp = false;
    const stopped = await stopApp(doors.deps, { session, actor, origin: somewhere(), password });
    expect(stopped.ok).toBe(true);
    expect(await recoveryCodesLeft(doors.deps, session)).toBe(0);
  });
});
