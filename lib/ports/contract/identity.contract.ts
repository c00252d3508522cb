import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { totpCode } from "@/e2e/totp-code";
import type { Identity, Tokens } from "../identity";

const password = "Correct-Horse-9";

/** What every Identity keeps. `uncertain` is the same provider behind an address where nobody answers. */
export function identityContract(
  open: () => Promise<Identity>,
  uncertain: () => Promise<Identity>,
  /** The newest mail to this address; "" for none. */
  lastMail: (email: string) => Promise<string>,
): void {
  const someone = () => `person-${randomUUID()}@example.com`;
  const refused = { ok: false, error: { code: "CREDENTIALS_REFUSED" } };

  async function signedIn(identity: Identity, client: "web" | "api", email: string): Promise<Tokens> {
    const answer = await identity.signIn({ client, email, password });
    if (!answer.ok || answer.value.kind !== "signed-in") throw new Error(JSON.stringify(answer));
    return answer.value.tokens;
  }
  async function person(groups: readonly string[] = ["scheduler"]) {
    const identity = await open();
    const email = someone();
    const made = await identity.ensureUser({ email, password, groups });
    if (!made.ok) throw new Error(made.error.code);
    return { identity, email, sub: made.value.sub };
  }
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<
      string,
      unknown
    >;

  describe("an identity provider", () => {
    test.each(["web", "api"] as const)("the right password signs in at the %s client", async (client) => {
      const { identity, email, sub } = await person();
      const tokens = await signedIn(identity, client, email);
      expect(tokens).toMatchObject({ tokenType: "Bearer", expiresIn: 3600 });
      expect(claimsOf(tokens.accessToken)).toMatchObject({
        sub,
        token_use: "access",
        "cognito:groups": ["scheduler"],
      });
      expect(await identity.user(tokens.accessToken)).toEqual({
        ok: true,
        value: {
          sub,
          username: expect.any(String),
          email,
          emailVerified: true,
          firstName: "",
          lastName: "",
          totp: false,
        },
      });
    });

    test("a wrong password, an unknown address and nonsense are refused in the same words", async () => {
      const { identity, email } = await person();
      for (const attempt of [
        { email, password: "Wrong-Horse-9" },
        { email: someone(), password },
        { email: "", password: "" },
        { email: "x".repeat(300), password },
        { email, password: "x".repeat(5000) },
      ])
        expect(await identity.signIn({ client: "api", ...attempt })).toEqual(refused);
    });

    test("ensuring a user twice keeps one account, and leaves it the new password and exactly the new groups", async () => {
      const { identity, email, sub } = await person(["scheduler"]);
      const again = await identity.ensureUser({
        email,
        password: "Another-Horse-9",
        groups: ["admin", "auditor"],
      });
      expect(again).toEqual({ ok: true, value: { sub } });
      expect(await identity.signIn({ client: "api", email, password })).toEqual(refused);
      const answer = await identity.signIn({ client: "api", email, password: "Another-Horse-9" });
      if (!answer.ok || answer.value.kind !== "signed-in") throw new Error("not signed in");
      const groups = claimsOf(answer.value.tokens.accessToken)["cognito:groups"] as string[];
      expect(groups.toSorted()).toEqual(["admin", "auditor"]);
    });

    test("two processes that seed at once end with one account", async () => {
      const identity = await open();
      const email = someone();
      const made = await Promise.all([1, 2].map(() => identity.ensureUser({ email, password, groups: [] })));
      expect(made[0]).toMatchObject({ ok: true });
      expect(made[1]).toEqual(made[0]);
    });

    test("the web client's refresh token is replaced; its sign-in stays the same one", async () => {
      const { identity, email } = await person();
      const first = await signedIn(identity, "web", email);
      const second = await identity.refresh({ client: "web", refreshToken: first.refreshToken });
      if (!second.ok) throw new Error(second.error.code);
      expect(second.value.refreshToken).not.toBe(first.refreshToken);
      const [before, after] = [claimsOf(first.accessToken), claimsOf(second.value.accessToken)];
      expect(after).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time });
    });

    test("the api client's refresh token stays", async () => {
      const { identity, email } = await person();
      const first = await signedIn(identity, "api", email);
      const second = await identity.refresh({ client: "api", refreshToken: first.refreshToken });
      expect(second).toMatchObject({ ok: true, value: { refreshToken: first.refreshToken } });
    });

    test.each(["web", "api"] as const)(
      "what was revoked at the %s client is worth nothing more",
      async (client) => {
        const { identity, email } = await person();
        const { accessToken, refreshToken } = await signedIn(identity, client, email);
        for (const _ of [1, 2])
          expect(await identity.revoke({ client, refreshToken })).toMatchObject({ ok: true });
        expect(await identity.refresh({ client, refreshToken })).toEqual(refused);
        expect(await identity.user(accessToken)).toEqual(refused);
      },
    );

    test("made-up tokens are refused", async () => {
      const identity = await open();
      for (const made of ["x", "eyJhbGciOiJub25lIn0.e30.", randomUUID()]) {
        expect(await identity.user(made)).toEqual(refused);
        for (const client of ["web", "api"] as const)
          expect(await identity.refresh({ client, refreshToken: made })).toEqual(refused);
      }
    });

    describe("somebody who signs up", () => {
      const client = "api";
      const signUp = async (identity: Identity, email: string) =>
        identity.signUp({ client, email, password, firstName: "John", lastName: "Doe" });
      const codeOf = async (email: string) => /\b[0-9]{6}\b/.exec(await lastMail(email))?.[0] ?? "";
      const otherThan = (code: string) => (code === "000000" ? "000001" : "000000");

      test("is let in once the code that was mailed came back, with the name they gave", async () => {
        const identity = await open();
        const email = someone();
        const made = await signUp(identity, email);
        if (!made.ok) throw new Error(made.error.code);
        expect(made.value.confirmed).toBe(false);
        expect(await identity.signIn({ client, email, password })).toEqual({
          ok: false,
          error: { code: "ACCOUNT_UNCONFIRMED" },
        });
        const code = await codeOf(email);
        const wrong = await identity.confirmSignUp({ client, email, code: otherThan(code) });
        expect(wrong).toEqual({ ok: false, error: { code: "CODE_REFUSED" } });
        expect(await identity.confirmSignUp({ client, email, code })).toMatchObject({ ok: true });
        const { accessToken } = await signedIn(identity, client, email);
        expect(await identity.user(accessToken)).toMatchObject({
          value: { sub: made.value.sub, emailVerified: true, firstName: "John", lastName: "Doe" },
        });
      });

      test("twice is told apart for the owner's sake; the account stays", async () => {
        const { identity, email } = await person();
        expect(await signUp(identity, email)).toEqual({ ok: false, error: { code: "ACCOUNT_EXISTS" } });
        await signedIn(identity, client, email);
      });

      test("with a weak password or no address is refused, whoever has the address", async () => {
        const { identity, email } = await person();
        for (const given of ["short-1", "no-capitals-9", "NoSymbol99"])
          for (const whose of [email, someone()])
            expect(await identity.signUp({ client, email: whose, password: given })).toEqual({
              ok: false,
              error: { code: "PASSWORD_WEAK" },
            });
        for (const odd of ["", "x", "a b@example.com", `${"x".repeat(300)}@example.com`])
          expect(await identity.signUp({ client, email: odd, password })).toEqual({
            ok: false,
            error: { code: "EMAIL_INVALID" },
          });
      });

      test("may have the code sent anew; only the newest counts", async () => {
        const identity = await open();
        const email = someone();
        await signUp(identity, email);
        const first = await codeOf(email);
        expect(await identity.resendCode({ client, email })).toEqual({ ok: true, value: { sent: true } });
        const second = await codeOf(email);
        if (first !== second)
          expect(await identity.confirmSignUp({ client, email, code: first })).toMatchObject({ ok: false });
        expect(await identity.confirmSignUp({ client, email, code: second })).toMatchObject({ ok: true });
      });
    });

    describe("a password", () => {
      const codeOf = async (email: string) => /\b[0-9]{6}\b/.exec(await lastMail(email))?.[0] ?? "";
      const next = "Another-Horse-9";

      test("that was forgotten is replaced by the code that was mailed, once", async () => {
        const { identity, email } = await person();
        expect(await identity.forgotPassword({ client: "api", email })).toMatchObject({ ok: true });
        const code = await codeOf(email);
        const weak = await identity.resetPassword({ client: "api", email, code, password: "weak" });
        expect(weak).toEqual({ ok: false, error: { code: "PASSWORD_WEAK" } });
        const reset = () => identity.resetPassword({ client: "api", email, code, password: next });
        expect(await reset()).toMatchObject({ ok: true });
        expect(await reset()).toEqual({ ok: false, error: { code: "CODE_REFUSED" } });
        expect(await identity.signIn({ client: "api", email, password })).toEqual(refused);
        expect(await identity.signIn({ client: "api", email, password: next })).toMatchObject({ ok: true });
      });

      test("is changed by who knows the old one", async () => {
        const { identity, email } = await person();
        const { accessToken } = await signedIn(identity, "web", email);
        const change = (given: string, newPassword: string) =>
          identity.changePassword({ accessToken, password: given, newPassword });
        expect(await change("Wrong-Horse-9", next)).toEqual(refused);
        expect(await change(password, "weak")).toEqual({ ok: false, error: { code: "PASSWORD_WEAK" } });
        expect(await change(password, next)).toMatchObject({ ok: true });
        expect(await identity.signIn({ client: "api", email, password: next })).toMatchObject({ ok: true });
      });
    });

    test("an address without an account gets the answers of one with it, and no mail", async () => {
      const { identity } = await person();
      for (const email of [someone(), "", "x", "a b@example.com"]) {
        expect(await identity.resendCode({ client: "api", email })).toMatchObject({ ok: true });
        expect(await identity.forgotPassword({ client: "api", email })).toMatchObject({ ok: true });
        const codeRefused = { ok: false, error: { code: "CODE_REFUSED" } };
        expect(await identity.confirmSignUp({ client: "api", email, code: "123456" })).toEqual(codeRefused);
        expect(await identity.resetPassword({ client: "api", email, code: "123456", password })).toEqual(
          codeRefused,
        );
        if (email) expect(await lastMail(email)).toBe("");
      }
    });

    test("an account that is confirmed is not told by a code, nor by asking for one", async () => {
      const { identity, email } = await person();
      expect(await identity.resendCode({ client: "api", email })).toEqual({
        ok: true,
        value: { sent: false },
      });
      expect(await identity.confirmSignUp({ client: "api", email, code: "123456" })).toEqual({
        ok: false,
        error: { code: "CODE_REFUSED" },
      });
    });

    describe("an authenticator app", () => {
      /** Cognito takes a code once, and those of the neighbouring 30 seconds: each sign-in below has one of its own. */
      const codeAt = (secret: string, step: number) =>
        totpCode(secret, Math.floor(Date.now() / 30_000) + step);

      test("once set up is asked for at every sign-in, until it is taken off", async () => {
        const { identity, email } = await person();
        const { accessToken } = await signedIn(identity, "web", email);
        const begun = await identity.beginTotp(accessToken);
        if (!begun.ok) throw new Error(begun.error.code);
        const { secret } = begun.value;
        expect(await identity.finishTotp({ accessToken, code: "12345" })).toEqual({
          ok: false,
          error: { code: "CODE_REFUSED" },
        });
        expect(await identity.finishTotp({ accessToken, code: codeAt(secret, 40) })).toMatchObject({
          ok: false,
          error: { code: "CODE_REFUSED" },
        });
        expect(await identity.finishTotp({ accessToken, code: codeAt(secret, 0) })).toMatchObject({
          ok: true,
        });
        expect(await identity.user(accessToken)).toMatchObject({ value: { totp: true } });

        const asked = await identity.signIn({ client: "web", email, password });
        if (!asked.ok || asked.value.kind !== "challenge") throw new Error(JSON.stringify(asked));
        const { challenge } = asked.value;
        expect(challenge.challenge).toBe("SOFTWARE_TOKEN_MFA");
        const answer = (code: string) =>
          identity.answerChallenge({ client: "web", challenge, answer: { code } });
        expect(await answer(codeAt(secret, 40))).toEqual({ ok: false, error: { code: "CODE_REFUSED" } });
        expect(await answer(codeAt(secret, 1))).toMatchObject({ ok: true, value: { kind: "signed-in" } });
        expect(await answer(codeAt(secret, 1))).toEqual({ ok: false, error: { code: "CHALLENGE_OVER" } });

        expect(await identity.setTotp({ email, on: false })).toEqual({ ok: true, value: undefined });
        await signedIn(identity, "web", email);
        expect(await identity.setTotp({ email, on: true })).toEqual({ ok: true, value: undefined });
        expect(await identity.find(email)).toMatchObject({ value: { totp: true, email } });
        const again = await identity.signIn({ client: "web", email, password });
        expect(again).toMatchObject({ value: { kind: "challenge" } });
        expect(await identity.setTotp({ email: someone(), on: true })).toMatchObject({
          error: { code: "ACCOUNT_UNKNOWN" },
        });
        expect(await identity.find(someone())).toEqual({ ok: true, value: null });

        expect(await identity.stopTotp(accessToken)).toMatchObject({ ok: true });
        await signedIn(identity, "web", email);
      });

      test("a second step that nobody owes is over", async () => {
        const { identity, sub } = await person();
        const challenge = { challenge: "SOFTWARE_TOKEN_MFA", session: "made-up", username: sub };
        for (const client of ["web", "api"] as const)
          expect(await identity.answerChallenge({ client, challenge, answer: { code: "123456" } })).toEqual({
            ok: false,
            error: { code: "CHALLENGE_OVER" },
          });
      });
    });

    test("signing out everywhere ends every sign-in, by the person or for them", async () => {
      for (const how of ["token", "address"] as const) {
        const { identity, email, sub } = await person();
        const [web, api] = [await signedIn(identity, "web", email), await signedIn(identity, "api", email)];
        if (how === "token")
          expect(await identity.signOutEverywhere(web.accessToken)).toMatchObject({ ok: true });
        else expect(await identity.endSignInsOf(email)).toEqual({ ok: true, value: { sub } });
        for (const [client, { refreshToken, accessToken }] of [
          ["web", web],
          ["api", api],
        ] as const) {
          expect(await identity.refresh({ client, refreshToken })).toEqual(refused);
          expect(await identity.user(accessToken)).toEqual(refused);
        }
      }
      const identity = await open();
      expect(await identity.endSignInsOf(someone())).toEqual({ ok: true, value: null });
    });

    test("a colleague who is suspended is out everywhere and comes back as they were told, however often it is said", async () => {
      const { identity, email } = await person(["scheduler"]);
      const [web, api] = [await signedIn(identity, "web", email), await signedIn(identity, "api", email)];
      const stand = (enabled: boolean, groups: string[]) => identity.setStanding({ email, enabled, groups });
      for (const _ of [1, 2])
        expect(await stand(false, ["scheduler"])).toEqual({ ok: true, value: undefined });
      expect(await identity.signIn({ client: "web", email, password })).toEqual(refused);
      for (const [client, { refreshToken, accessToken }] of [
        ["web", web],
        ["api", api],
      ] as const) {
        expect(await identity.refresh({ client, refreshToken })).toEqual(refused);
        expect(await identity.user(accessToken)).toEqual(refused);
      }
      expect(await identity.forgotPassword({ client: "web", email })).toMatchObject({ ok: true });
      expect(await lastMail(email)).toBe("");
      for (const _ of [1, 2]) expect(await stand(true, ["agent"])).toEqual({ ok: true, value: undefined });
      const { accessToken } = await signedIn(identity, "web", email);
      expect(claimsOf(accessToken)["cognito:groups"]).toEqual(["agent"]);
      expect(await identity.setStanding({ email: someone(), enabled: true, groups: [] })).toEqual({
        ok: false,
        error: { code: "ACCOUNT_UNKNOWN" },
      });
    });

    test("a sign-in does not outlive a change of groups, and what changed nothing ends none", async () => {
      const { identity, email } = await person(["scheduler"]);
      const { refreshToken } = await signedIn(identity, "api", email);
      await identity.setStanding({ email, enabled: true, groups: ["scheduler"] });
      expect(await identity.refresh({ client: "api", refreshToken })).toMatchObject({ ok: true });
      await identity.setStanding({ email, enabled: true, groups: ["agent"] });
      expect(await identity.refresh({ client: "api", refreshToken })).toEqual(refused);
    });

    test("somebody who signed up and never typed the code, once ensured, signs in and can be sent a code", async () => {
      const identity = await open();
      const email = someone();
      await identity.signUp({ client: "api", email, password: "Another-Horse-9" });
      const weak = await identity.ensureUser({ email, password: "weak", groups: [] });
      expect(weak).toEqual({ ok: false, error: { code: "PASSWORD_WEAK" } });
      expect(await identity.ensureUser({ email, password, groups: ["agent"] })).toMatchObject({ ok: true });
      const { accessToken } = await signedIn(identity, "web", email);
      expect(await identity.user(accessToken)).toMatchObject({ value: { emailVerified: true } });
    });

    test("a provider that is away is said to be away, never to refuse", async () => {
      const identity = await uncertain();
      const email = someone();
      const away = { ok: false, error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: expect.any(Number) } };
      const answers = await Promise.all([
        identity.signIn({ client: "web", email, password }),
        identity.signUp({ client: "web", email, password }),
        identity.confirmSignUp({ client: "web", email, code: "123456" }),
        identity.forgotPassword({ client: "web", email }),
        identity.endSignInsOf(email),
      ]);
      for (const answer of answers) expect(answer).toMatchObject(away);
    });
  });
}
