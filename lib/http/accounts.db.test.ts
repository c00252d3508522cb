import { randomUUID } from "node:crypto";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { outbox } from "@/db/schema";
import { system } from "@/db/testing/people";
import { evenPaceMs } from "@/lib/accounts/even-pace";
import { absentIdentity } from "@/lib/adapters/absent-identity";
import type { RouteName } from "@/lib/auth/access";
import { sweepLogins } from "@/lib/auth/api-logins";
import { makeRecoveryCodes } from "@/lib/auth/recovery-codes";
import { sealSessionCookie } from "@/lib/auth/session-cookie";
import { readSession } from "@/lib/auth/sessions";
import { signInBrowser } from "@/lib/auth/sign-in-browser";
import { signInRules } from "@/lib/auth/sign-in-limits";
import { cognitoAccessTokens } from "@/lib/auth/verify-access-token";
import { granted } from "@/lib/visits/testing";
import { accountRules } from "./account-limits";
import { openDoors, type TestDoors } from "./testing";

let doors: TestDoors;
vi.mock("@/lib/http/deps", () => ({ doorDeps: async () => doors.deps }));

const root = path.resolve(import.meta.dirname, "../..");
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(() => doors.close());
const settings = () => doors.deps.env as { STAFF_MFA: "off" | "required"; CORS_ALLOWED_ORIGINS: string[] };
afterEach(() => {
  settings().STAFF_MFA = "off";
  settings().CORS_ALLOWED_ORIGINS = [];
  doors.deps.paceMs = 20;
});

type Body = Record<string, unknown>;
type What = { body?: unknown; headers?: Record<string, string>; ip?: string };
async function ask(route: RouteName, { body, headers = {}, ip = "203.0.113.80" }: What = {}) {
  const [method = "", place = ""] = route.split(" ");
  const handlers = (await import(path.join(root, "app", place, "route.ts"))) as Record<
    string,
    (request: Request, context: object) => Promise<Response>
  >;
  const request = new Request(`http://app.test${place}`, {
    method,
    headers: { "x-forwarded-for": ip, ...headers },
    ...(method === "GET" ? {} : { body: JSON.stringify(body ?? {}) }),
  });
  const answer = await handlers[method]!(request, { params: Promise.resolve({}) });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Body };
}
const bearer = (token: unknown) => ({ headers: { authorization: `Bearer ${token}` } });
const someone = () => `${randomUUID()}@example.test`;
const password = "Correct-Horse-1!";
const signUp = (email: string, ip?: string) => ask("POST /auth/signup", { body: { email, password }, ip });
const login = (email: string, given = password, ip?: string) =>
  ask("POST /auth/login", { body: { email, password: given }, ip });
/** What a stranger could compare: everything but the numbers that are made anew each time. */
const told = ({ status, headers, body }: Awaited<ReturnType<typeof ask>>) =>
  JSON.stringify([
    status,
    [...headers.entries()].filter(([name]) => name !== "x-request-id"),
    { ...body, requestId: null, user_sub: typeof body.user_sub },
  ]);
const noticesTo = (email: string) =>
  doors.deps.db.asActor(system, async (tx) =>
    (await tx.select().from(outbox)).filter((row) => row.recipient === email).map((row) => row.template),
  );

let place = 0;
/** Signed up and confirmed, from a place of their own: many people at one would flood it. */
async function member() {
  const [email, ip] = [someone(), `198.18.0.${++place}`];
  await signUp(email, ip);
  await ask("POST /auth/confirm-signup", { body: { email, confirmation_code: "123456" }, ip });
  return email;
}

describe("somebody who signs up", () => {
  test("gets the seed's answers, a code by mail, and is a customer who sees nobody's record", async () => {
    const email = someone();
    const body = { email, password, first_name: "John", last_name: "Doe" };
    const made = await ask("POST /auth/signup", { body });
    expect([made.status, made.body]).toEqual([
      201,
      {
        success: true,
        message: "User registered successfully",
        user_sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
        confirmation_required: true,
      },
    ]);
    expect((await login(email)).status).toBe(403);
    const confirmed = await ask("POST /auth/confirm-signup", {
      body: { email, confirmation_code: " 123 456" },
    });
    expect([confirmed.status, confirmed.body]).toEqual([
      200,
      { success: true, message: "User confirmed successfully" },
    ]);
    const { access_token } = (await login(email)).body;
    const seen = await ask("GET /api/customers", bearer(access_token));
    expect([seen.status, seen.body]).toMatchObject([200, { success: true, customers: [] }]);
    const staffs = await ask("GET /api/patients", bearer(access_token));
    expect(staffs.status).toBe(403);
  });

  test("with an address that has an account gets the very same answer, and its owner a mail", async () => {
    const taken = await member();
    const [first, second] = [await signUp(someone()), await signUp(taken)];
    expect(told(second)).toBe(told(first));
    expect(second.body.user_sub).not.toBe(doors.cognito.accounts.get(taken)?.sub);
    expect(await noticesTo(taken)).toEqual(["account-exists"]);
  });

  test("twice before the code came gets the code again, and no second mail beside it", async () => {
    const email = someone();
    await signUp(email);
    await signUp(email);
    expect(doors.cognito.state.mails.filter((mail) => mail.endsWith(email))).toHaveLength(2);
    expect(await noticesTo(email)).toEqual([]);
  });

  test("with a weak password or no address is told what to do, in the seed's shape", async () => {
    for (const given of ["short", "nocapitals1!", "NOSMALL1!", "NoNumber!!", "NoSign111"]) {
      const { status, body } = await ask("POST /auth/signup", {
        body: { email: someone(), password: given },
      });
      expect([status, body.success, body.code]).toEqual([400, false, "PASSWORD_WEAK"]);
    }
    const { status, body } = await ask("POST /auth/signup", { body: { email: 5 } });
    expect([status, body.success, body.code]).toEqual([400, false, "INPUT_INVALID"]);
  });
});

describe("whether somebody has an account", () => {
  test("is told by no answer to a mail that is asked for, a code or a log-in", async () => {
    const known = await member();
    const asks: [RouteName, Body][] = [
      ["POST /auth/resend-code", {}],
      ["POST /auth/forgot-password", {}],
      ["POST /auth/confirm-signup", { confirmation_code: "000000" }],
      ["POST /auth/reset-password", { confirmation_code: "000000", new_password: "Another-Horse-1!" }],
      ["POST /auth/login", { password: "Wrong-Horse-1!" }],
    ];
    for (const [route, more] of asks) {
      const [here, there] = [
        await ask(route, { body: { email: known, ...more }, ip: "203.0.113.81" }),
        await ask(route, { body: { email: someone(), ...more }, ip: "203.0.113.81" }),
      ];
      expect(told(there), route).toBe(told(here));
    }
  });

  test("is told by no time either: the answers come at one pace", async () => {
    const known = await member();
    doors.deps.paceMs = evenPaceMs;
    for (const route of [
      "POST /auth/signup",
      "POST /auth/forgot-password",
      "POST /auth/resend-code",
    ] as const) {
      const times: number[] = [];
      for (const email of [known, someone()]) {
        const began = performance.now();
        await ask(route, { body: { email, password }, ip: "203.0.113.82" });
        times.push(performance.now() - began);
      }
      const [with_, without] = times as [number, number];
      expect(Math.abs(with_ - without) / Math.max(with_, without), `${route} ${times}`).toBeLessThan(0.1);
    }
  });

  test("cannot be got at by trying often: limits count addresses, whoever has them", async () => {
    for (const email of [await member(), someone()]) {
      const answers: number[] = [];
      for (let n = 0; n <= accountRules.mailTo.allowed; n++)
        answers.push(
          (await ask("POST /auth/forgot-password", { body: { email }, ip: "203.0.113.83" })).status,
        );
      expect(answers.at(-1)).toBe(429);
      const tries: number[] = [];
      for (let n = 0; n <= accountRules.codePair.allowed; n++)
        tries.push(
          (
            await ask("POST /auth/confirm-signup", {
              body: { email, confirmation_code: "000000" },
              ip: "203.0.113.84",
            })
          ).status,
        );
      expect([tries[0], tries.at(-1)]).toEqual([400, 429]);
    }
  });
});

describe("a password", () => {
  test("that was forgotten is set anew by the code; every sign-in of before ends, and the owner is told", async () => {
    const email = await member();
    const before = (await login(email)).body;
    await ask("POST /auth/forgot-password", { body: { email } });
    const reset = await ask("POST /auth/reset-password", {
      body: { email, confirmation_code: "123456", new_password: "Another-Horse-1!" },
    });
    expect([reset.status, reset.body.success]).toEqual([200, true]);
    expect((await ask("GET /api/customers", bearer(before.access_token))).status).toBe(401);
    expect((await ask("POST /auth/refresh", { body: { refresh_token: before.refresh_token } })).status).toBe(
      401,
    );
    expect(await noticesTo(email)).toEqual(["password-changed"]);
    expect((await login(email)).status).toBe(200);
  });

  test("is changed by who knows the old one: the others are out, this one stays; guessing it is slowed", async () => {
    const email = await member();
    const [mine, other] = [(await login(email)).body, (await login(email)).body];
    const change = (previous_password: string) =>
      ask("POST /auth/change-password", {
        ...bearer(mine.access_token),
        body: { previous_password, new_password: "Another-Horse-1!" },
      });
    expect((await change("Wrong-Horse-1!")).status).toBe(401);
    expect((await change(password)).status).toBe(200);
    expect((await ask("GET /auth/me", bearer(mine.access_token))).status).toBe(200);
    expect((await ask("GET /auth/me", bearer(other.access_token))).status).toBe(401);
    expect(await noticesTo(email)).toEqual(["password-changed"]);
    const tries: number[] = [];
    for (let n = 0; n <= signInRules.pair.allowed; n++) tries.push((await change("Wrong-Horse-1!")).status);
    expect([tries[0], tries.at(-1)]).toEqual([401, 429]);
  });
});

describe("whoever logs out", () => {
  test("is refused at once with the same access token, everywhere; their refresh token is revoked", async () => {
    const email = await member();
    const { access_token, refresh_token } = (await login(email)).body;
    const other = (await login(email)).body;
    const out = await ask("POST /auth/logout", bearer(access_token));
    expect([out.status, out.body]).toEqual([200, { success: true, message: "User logged out successfully" }]);
    for (const route of [
      "GET /auth/me",
      "GET /api/customers",
      "GET /api/visits",
      "POST /auth/logout",
    ] as const) {
      const after = await ask(route, bearer(access_token));
      expect([after.status, after.headers.get("www-authenticate")], route).toEqual([
        401,
        expect.stringContaining("Bearer"),
      ]);
    }
    expect(doors.cognito.state.revoked).toContain(refresh_token);
    expect((await ask("GET /auth/me", bearer(other.access_token))).status).toBe(200);
  });

  test("stays out though Cognito is away and cannot be told", async () => {
    const email = await member();
    const { access_token } = (await login(email)).body;
    const away = { ok: false, error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 1 } } as const;
    const spy = vi.spyOn(doors.deps.identity, "revoke").mockResolvedValue(away);
    expect((await ask("POST /auth/logout", bearer(access_token))).status).toBe(200);
    spy.mockRestore();
    expect((await ask("GET /api/customers", bearer(access_token))).status).toBe(401);
  });

  test("leaves no refresh token behind in the database, sealed or not", async () => {
    const email = await member();
    await ask("POST /auth/logout", bearer((await login(email)).body.access_token));
    const { sub } = doors.cognito.accounts.get(email)!;
    const rows = await doors.deps.db.asActor(system, (tx) =>
      tx.execute<{ sealed: unknown }>(
        sql`SELECT sealed_refresh_token AS sealed FROM api_logins WHERE sub = ${sub}`,
      ),
    );
    expect([...rows].map(({ sealed }) => sealed)).toEqual([null]);
  });
});

test("a refresh gives new tokens while the login lives, and one answer to all that do not", async () => {
  const email = await member();
  const { refresh_token } = (await login(email)).body;
  const renewed = await ask("POST /auth/refresh", { body: { refresh_token } });
  expect([renewed.status, renewed.body]).toMatchObject([
    200,
    { success: true, access_token: expect.any(String), token_type: "Bearer", expires_in: 3600 },
  ]);
  const refused = await Promise.all(
    ["made-up", "r-nobody@example.test", "a.b.c"].map((made) =>
      ask("POST /auth/refresh", { body: { refresh_token: made } }),
    ),
  );
  expect(new Set(refused.map(told)).size).toBe(1);
  expect([refused[0]?.status, refused[0]?.body.success]).toEqual([401, false]);
});

describe("an account with an authenticator app", () => {
  async function careful() {
    const email = await member();
    doors.cognito.accounts.get(email)!.totp = true;
    return email;
  }

  async function withRecoveryCodes() {
    const { email, id } = await doors.enroll("scheduler");
    const origin = { ip: "203.0.113.87", userAgent: "Test/1.0" };
    const signedIn = granted(await signInBrowser(doors.deps, { email, password, origin }));
    const session = (await readSession(
      doors.deps,
      await sealSessionCookie(doors.deps, signedIn.sessionToken),
    ))!;
    doors.cognito.accounts.get(email)!.totp = true;
    const actor = { kind: "person", id, role: "scheduler", name: "Sam", origin } as const;
    return { email, ...granted(await makeRecoveryCodes(doors.deps, { session, actor, locale: "en" })) };
  }

  test("is asked for a code: 401 with the challenge and a session, which a code completes", async () => {
    const email = await careful();
    const asked = await login(email);
    expect([asked.status, asked.body]).toMatchObject([
      401,
      { success: false, challenge: "SOFTWARE_TOKEN_MFA", session: expect.any(String) },
    ]);
    expect(JSON.stringify(asked.body)).not.toMatch(/access_token|refresh_token/);
    const { session } = asked.body;
    const wrong = await ask("POST /auth/challenge", { body: { session, code: "000000" } });
    expect([wrong.status, wrong.body.code]).toEqual([400, "CODE_REFUSED"]);
    const right = await ask("POST /auth/challenge", { body: { session, code: "123456" } });
    expect([right.status, right.body]).toMatchObject([200, { success: true, user: { email } }]);
  });

  test("without the app is opened by a recovery code and the password, once; the code alone opens nothing", async () => {
    const { email, codes } = await withRecoveryCodes();
    const attempt = async (body: Body) => {
      const { session } = (await login(email)).body;
      const { status, body: told } = await ask("POST /auth/challenge", { body: { session, ...body } });
      return [status, told.code ?? told.success];
    };
    expect(await attempt({ recovery_code: codes[0] })).toEqual([400, "INPUT_INVALID"]);
    expect(await attempt({ recovery_code: codes[0], password: "Wrong-Horse-1!" })).toEqual([
      400,
      "CODE_REFUSED",
    ]);
    expect(await attempt({ recovery_code: "K7QPD-M2XWR", password })).toEqual([400, "CODE_REFUSED"]);
    expect(await attempt({ recovery_code: codes[0], password })).toEqual([200, true]);
    expect(await attempt({ recovery_code: codes[0], password })).toEqual([400, "CODE_REFUSED"]);
    expect(doors.cognito.accounts.get(email)!.totp).toBe(true);
  });

  test("is not opened by a session of anybody's making, nor by one that was made for a browser", async () => {
    for (const session of ["x", "AAAA", "a.b.c"]) {
      const { status, body } = await ask("POST /auth/challenge", { body: { session, code: "123456" } });
      expect([status, body.code]).toEqual([401, "CHALLENGE_OVER"]);
    }
    const origin = { ip: "203.0.113.85", userAgent: "" };
    const web = await signInBrowser(doors.deps, { email: await careful(), password, origin });
    if (web.ok || web.error.code !== "CHALLENGE") throw new Error("no challenge");
    const body = { session: web.error.session, code: "123456" };
    expect((await ask("POST /auth/challenge", { body })).status).toBe(401);
  });

  test("slows whoever guesses its codes, like whoever guesses its password", async () => {
    const { session } = (await login(await careful(), password, "203.0.113.86")).body;
    const tries: number[] = [];
    for (let n = 0; n <= signInRules.pair.allowed; n++) {
      const body = { session, code: String(n).padStart(6, "0") };
      tries.push((await ask("POST /auth/challenge", { body, ip: "203.0.113.86" })).status);
    }
    expect([tries[0], tries.at(-1)]).toEqual([400, 429]);
  });
});

describe("where staff must have a second step", () => {
  test("a colleague's password alone gets no tokens, and none of before is good any more; customers need none", async () => {
    const colleague = await doors.enroll("scheduler");
    const early = (await login(colleague.email)).body.access_token;
    settings().STAFF_MFA = "required";
    const refused = await login(colleague.email);
    expect([refused.status, refused.body.code]).toEqual([403, "SECOND_STEP_REQUIRED"]);
    for (const token of [early, colleague.bearer])
      expect((await ask("GET /api/visits", bearer(token))).status).toBe(403);
    expect((await login(await member())).status).toBe(200);
  });

  test("a colleague with an app signs in by it and works on", async () => {
    const colleague = await doors.enroll("scheduler");
    doors.cognito.accounts.get(colleague.email)!.totp = true;
    settings().STAFF_MFA = "required";
    const { session } = (await login(colleague.email)).body;
    const { access_token } = (await ask("POST /auth/challenge", { body: { session, code: "123456" } })).body;
    expect((await ask("GET /api/visits", bearer(access_token))).status).toBe(200);
  });
});

describe("a page of another site", () => {
  const body = () => ({ email: someone(), password: "Wrong-Horse-1!" });

  test("cannot knock at these doors in anybody's browser; ours, a listed one and a program can", async () => {
    for (const headers of [
      { "sec-fetch-site": "cross-site", origin: "https://evil.test" },
      { "sec-fetch-site": "same-site", origin: "http://app.test:81" },
      { origin: "https://evil.test" },
      { origin: "null" },
    ] as Record<string, string>[])
      for (const route of ["POST /auth/login", "POST /auth/signup", "POST /auth/logout"] as const)
        expect((await ask(route, { body: body(), headers, ip: "203.0.113.87" })).body.code, route).toBe(
          "CROSS_SITE_REFUSED",
        );
    settings().CORS_ALLOWED_ORIGINS = ["https://partner.test"];
    for (const headers of [
      {},
      { "sec-fetch-site": "same-origin", origin: "http://app.test" },
      { origin: "http://app.test" },
      { "sec-fetch-site": "cross-site", origin: "https://partner.test" },
    ] as Record<string, string>[])
      expect((await ask("POST /auth/login", { body: body(), headers })).status).toBe(401);
  });
});

test("the list of customers is the whole book for who keeps it, and one's own row for a customer", async () => {
  const { id, bearer: own } = await doors.enroll("customer");
  const { bearer: scheduler } = await doors.enroll("scheduler");
  const rows = async (token: string) =>
    (await ask("GET /api/customers", bearer(token))).body.customers as { id: string }[];
  expect((await rows(own)).map((row) => row.id)).toEqual([id]);
  const { id: other } = await doors.enroll("customer");
  expect((await rows(scheduler)).map((row) => row.id)).toEqual(expect.arrayContaining([id, other]));
  expect((await ask("GET /api/customers")).status).toBe(401);
});

describe("a sign-in of 90 days ago", () => {
  test("counts no more, and its row is forgotten; a newer one stays", async () => {
    const [old, fresh] = [await member(), await member()];
    const before = (await login(old)).body.access_token;
    const now = (await login(fresh)).body.access_token;
    const { sub } = doors.cognito.accounts.get(old)!;
    await doors.deps.db.asActor(system, (tx) =>
      tx.execute(sql`UPDATE api_logins SET created_at = now() - interval '92 days' WHERE sub = ${sub}`),
    );
    expect(await sweepLogins(doors.deps)).toBe(1);
    expect(await sweepLogins(doors.deps)).toBe(0);
    expect((await ask("GET /api/customers", bearer(now))).status).toBe(200);
    const { verifyAccessToken } = doors.deps;
    doors.deps.verifyAccessToken = async (token) => {
      const verified = await verifyAccessToken(token);
      return verified.ok && verified.value.sub === sub
        ? { ok: true, value: { ...verified.value, authTime: verified.value.authTime - 91 * 86_400 } }
        : verified;
    };
    expect((await ask("GET /api/customers", bearer(before))).status).toBe(401);
    doors.deps.verifyAccessToken = verifyAccessToken;
  });
});

test("where Cognito is not configured every door of an account says so: 503, and nobody is told that they were wrong", async () => {
  const { identity, verifyAccessToken } = doors.deps;
  const none = { COGNITO_USER_POOL_ID: "", COGNITO_CLIENT_ID: "", COGNITO_WEB_CLIENT_ID: "" };
  doors.deps.identity = absentIdentity;
  doors.deps.verifyAccessToken = cognitoAccessTokens({ ...doors.deps, env: { ...doors.deps.env, ...none } });
  const [email, code] = [someone(), "123456"];
  const asked: [RouteName, What][] = [
    ["POST /auth/signup", { body: { email, password } }],
    ["POST /auth/confirm-signup", { body: { email, confirmation_code: code } }],
    ["POST /auth/resend-code", { body: { email } }],
    ["POST /auth/forgot-password", { body: { email } }],
    ["POST /auth/reset-password", { body: { email, confirmation_code: code, new_password: password } }],
    ["POST /auth/login", { body: { email, password } }],
    ["POST /auth/refresh", { body: { refresh_token: "r" } }],
    ["GET /auth/me", bearer("a.b.c")],
    ["POST /auth/logout", bearer("a.b.c")],
  ];
  for (const [route, what] of asked) {
    const { status, body } = await ask(route, { ip: "203.0.113.90", ...what });
    expect([status, body.success, body.code, body.message], route).toEqual([
      503,
      false,
      "IDENTITY_NOT_CONFIGURED",
      "Cognito not configured",
    ]);
  }
  Object.assign(doors.deps, { identity, verifyAccessToken });
});
