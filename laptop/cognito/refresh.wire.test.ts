import { createHmac } from "node:crypto";
import {
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { givenPeople } from "./testing/given-people";
import { password, signIn, trySignIn } from "./testing/people";
import { clients, poolId, secret, type TestCloud } from "./testing/start-test-cloud";

let cloud: TestCloud;
let email: string;
givenPeople("keeper", (given) => {
  ({ cloud, email } = given);
});

const rotate = (RefreshToken: string, ClientId = clients.web) =>
  cloud.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));
const refresh = (REFRESH_TOKEN: string, ClientId = clients.api, extra = {}) =>
  cloud.sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN, ...extra },
    }),
  );
const getUser = (AccessToken: string) => cloud.sdk.send(new GetUserCommand({ AccessToken }));
const revoke = (Token: string, ClientId: string) =>
  cloud.sdk.send(new RevokeTokenCommand({ Token, ClientId }));

describe("a client that rotates", () => {
  test("trades a refresh token for the next one; the sign-in stays the same one", async () => {
    const first = await signIn(cloud, email, clients.web);
    cloud.advance(100);
    const { AuthenticationResult: second } = await rotate(first.refresh);
    expect(second?.RefreshToken).not.toBe(first.refresh);
    const [before, after] = [decodeJwt(first.access), decodeJwt(second?.AccessToken ?? "")];
    expect(after).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time });
    expect(after.jti).not.toBe(before.jti);
    expect(after.iat).toBe((before.iat ?? 0) + 100);
  });

  test("a lost answer strands nobody for ten seconds; then the old token is refused by name", async () => {
    const { refresh: first } = await signIn(cloud, email, clients.web);
    await rotate(first);
    cloud.advance(9);
    expect((await rotate(first)).AuthenticationResult?.RefreshToken).toBeDefined();
    cloud.advance(1);
    await expect(rotate(first)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
  });

  test("rotation does not lengthen a sign-in: after thirty days it is over", async () => {
    let { refresh: token } = await signIn(cloud, email, clients.web);
    for (let week = 0; week < 4; week++) {
      cloud.advance(7 * 24 * 3600);
      token = (await rotate(token)).AuthenticationResult?.RefreshToken ?? "";
    }
    cloud.advance(2 * 24 * 3600);
    await expect(rotate(token)).rejects.toThrow("Refresh Token has expired");
  });

  test("the flow that would not rotate is refused", async () => {
    const { refresh: token } = await signIn(cloud, email, clients.web);
    await expect(refresh(token, clients.web)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("a client that doesn't", () => {
  test("keeps its refresh token, by either call", async () => {
    const { refresh: token } = await signIn(cloud, email);
    const [one, other] = [await refresh(token), await rotate(token, clients.api)];
    for (const { AuthenticationResult: result } of [one, other]) {
      expect(result?.AccessToken).toBeDefined();
      expect(result?.RefreshToken).toBeUndefined();
    }
  });

  test("with a secret, the hash is made with the real user name, and the other call takes the secret itself", async () => {
    const hash = (name: string) =>
      createHmac("sha256", secret).update(`${name}${clients.confidential}`).digest("base64");
    const { AuthenticationResult: first } = await cloud.sdk.send(
      new InitiateAuthCommand({
        ClientId: clients.confidential,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: hash(email) },
      }),
    );
    const token = first?.RefreshToken ?? "";
    const sub = decodeJwt(first?.AccessToken ?? "").sub ?? "";
    await expect(refresh(token, clients.confidential, { SECRET_HASH: hash(sub) })).resolves.toBeDefined();
    await expect(refresh(token, clients.confidential, { SECRET_HASH: hash(email) })).rejects.toThrow(
      "secret hash",
    );
    await expect(rotate(token, clients.confidential)).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    const proven = { ClientId: clients.confidential, ClientSecret: secret, RefreshToken: token };
    await expect(cloud.sdk.send(new GetTokensFromRefreshTokenCommand(proven))).resolves.toBeDefined();
  });
});

describe("a refresh token", () => {
  test("is worth nothing at another client", async () => {
    const { refresh: token } = await signIn(cloud, email);
    await expect(rotate(token, clients.web)).rejects.toThrow("Invalid Refresh Token");
  });

  test.each(["", "x", "a".repeat(96)])("made up as %j is refused", async (made) => {
    await expect(rotate(made)).rejects.toMatchObject({
      name: expect.stringMatching(/NotAuthorizedException|InvalidParameterException/),
    });
  });

  test("revoked: that sign-in is over at once, the others go on; revoking twice is no error", async () => {
    const [one, two] = [await signIn(cloud, email), await signIn(cloud, email)];
    for (const _ of [1, 2]) await revoke(one.refresh, clients.api);
    await revoke("never-issued", clients.api);
    await expect(refresh(one.refresh)).rejects.toThrow("Refresh Token has been revoked");
    await expect(getUser(one.access)).rejects.toThrow("Access Token has been revoked");
    expect((await getUser(two.access)).Username).toBeDefined();
    await expect(revoke(two.access, clients.api)).rejects.toMatchObject({
      name: "UnsupportedTokenTypeException",
    });
  });
});

describe("signing out everywhere", () => {
  test.each([
    ["by oneself", (access: string) => cloud.sdk.send(new GlobalSignOutCommand({ AccessToken: access }))],
    [
      "by an administrator",
      () => cloud.sdk.send(new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: email })),
    ],
    [
      "by being disabled",
      () => cloud.sdk.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: email })),
    ],
  ])("%s ends every sign-in", async (_, end) => {
    const all = [await signIn(cloud, email), await signIn(cloud, email, clients.web)];
    await end(all[0]?.access ?? "");
    for (const { access, refresh: token } of all) {
      await expect(getUser(access)).rejects.toMatchObject({ name: "NotAuthorizedException" });
      await expect(
        rotate(token, token === all[1]?.refresh ? clients.web : clients.api),
      ).rejects.toMatchObject({
        name: "NotAuthorizedException",
      });
    }
  });
});

describe("an access token", () => {
  test("shows its holder their account for an hour", async () => {
    const { access } = await signIn(cloud, email);
    expect((await getUser(access)).UserAttributes).toContainEqual({ Name: "email", Value: email });
    cloud.advance(3601);
    await expect(getUser(access)).rejects.toThrow("Access Token has expired");
  });

  test("an ID token, a damaged one and no token at all show nothing", async () => {
    const { AuthenticationResult: tokens } = await trySignIn(cloud, email);
    const damaged = `${tokens?.AccessToken?.slice(0, -6)}AAAAAA`;
    for (const other of [tokens?.IdToken ?? "", damaged, "a.b.c", "nonsense"])
      await expect(getUser(other)).rejects.toThrow("Invalid Access Token");
  });

  test("changes the password only together with the old one", async () => {
    const { access: AccessToken } = await signIn(cloud, email);
    const change = (PreviousPassword: string) =>
      cloud.sdk.send(
        new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: "New-Horse-10" }),
      );
    await expect(change("Wrong-Horse-9")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await change(password);
    await expect(trySignIn(cloud, email)).rejects.toThrow();
    await expect(trySignIn(cloud, email, "New-Horse-10")).resolves.toBeDefined();
  });
});
