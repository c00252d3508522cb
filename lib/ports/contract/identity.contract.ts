import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Identity, Tokens } from "../identity";

const password = "Correct-Horse-9";

/** What every Identity keeps. `uncertain` is the same provider behind an address where nobody answers. */
export function identityContract(open: () => Promise<Identity>, uncertain: () => Promise<Identity>): void {
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
        value: { sub, username: expect.any(String), email, emailVerified: true },
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
      const { identity, email, sub } = await person();
      const first = await signedIn(identity, "web", email);
      const second = await identity.refresh({
        client: "web",
        username: sub,
        refreshToken: first.refreshToken,
      });
      if (!second.ok) throw new Error(second.error.code);
      expect(second.value.refreshToken).not.toBe(first.refreshToken);
      const [before, after] = [claimsOf(first.accessToken), claimsOf(second.value.accessToken)];
      expect(after).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time });
    });

    test("the api client's refresh token stays", async () => {
      const { identity, email, sub } = await person();
      const first = await signedIn(identity, "api", email);
      const second = await identity.refresh({
        client: "api",
        username: sub,
        refreshToken: first.refreshToken,
      });
      expect(second).toMatchObject({ ok: true, value: { refreshToken: first.refreshToken } });
    });

    test.each(["web", "api"] as const)(
      "what was revoked at the %s client is worth nothing more",
      async (client) => {
        const { identity, email, sub } = await person();
        const { accessToken, refreshToken } = await signedIn(identity, client, email);
        for (const _ of [1, 2])
          expect(await identity.revoke({ client, refreshToken })).toMatchObject({ ok: true });
        expect(await identity.refresh({ client, username: sub, refreshToken })).toEqual(refused);
        expect(await identity.user(accessToken)).toEqual(refused);
      },
    );

    test("made-up tokens are refused", async () => {
      const identity = await open();
      for (const made of ["x", "eyJhbGciOiJub25lIn0.e30.", randomUUID()]) {
        expect(await identity.user(made)).toEqual(refused);
        for (const client of ["web", "api"] as const)
          expect(await identity.refresh({ client, username: randomUUID(), refreshToken: made })).toEqual(
            refused,
          );
      }
    });

    test("a provider that is away is said to be away, never to refuse", async () => {
      const identity = await uncertain();
      expect(await identity.signIn({ client: "web", email: someone(), password })).toMatchObject({
        ok: false,
        error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: expect.any(Number) },
      });
    });
  });
}
