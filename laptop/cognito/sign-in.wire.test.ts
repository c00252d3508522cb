import { createHmac } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { srpClient, srpTimestamp } from "./testing/srp-client";
import { clients, poolId, secret, startTestCloud, type TestCloud } from "./testing/start-test-cloud";

const password = "Correct-Horse-9";
let cloud: TestCloud;
let email: string;
let sub: string;
let count = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});
beforeEach(async () => {
  email = `person${++count}@example.com`;
  const made = await cloud.sdk.send(
    new AdminCreateUserCommand({ UserPoolId: poolId, Username: email, MessageAction: "SUPPRESS" }),
  );
  sub = made.User?.Username ?? "";
  await cloud.sdk.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: poolId,
      Username: email,
      Password: password,
      Permanent: true,
    }),
  );
});

const withPassword = (username: string, given: string, ClientId = clients.api, extra = {}) =>
  cloud.sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD: given, ...extra },
    }),
  );

async function withSrp(username: string, given: string, timestamp = srpTimestamp(cloud.now())) {
  const client = srpClient();
  const begun = await cloud.sdk.send(
    new InitiateAuthCommand({
      ClientId: clients.web,
      AuthFlow: "USER_SRP_AUTH",
      AuthParameters: { USERNAME: username, SRP_A: client.A },
    }),
  );
  const answers = client.prove(begun.ChallengeParameters ?? {}, poolId, given, timestamp);
  const finish = () =>
    cloud.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: clients.web,
        ChallengeName: "PASSWORD_VERIFIER",
        ChallengeResponses: answers,
      }),
    );
  return { begun, finish };
}

describe("signing in", () => {
  test("the right password gets tokens that anybody can check against the published keys", async () => {
    const { AuthenticationResult: tokens } = await withPassword(email.toUpperCase(), password);
    const keys = createRemoteJWKSet(new URL(`${cloud.url}/${poolId}/.well-known/jwks.json`));
    const issuer = `${cloud.url}/${poolId}`;
    const currentDate = new Date(cloud.now());
    const access = await jwtVerify(tokens?.AccessToken ?? "", keys, { issuer, currentDate });
    const id = await jwtVerify(tokens?.IdToken ?? "", keys, { issuer, currentDate, audience: clients.api });
    const at = cloud.now() / 1000;
    expect(access.payload).toEqual({
      sub,
      iss: issuer,
      client_id: clients.api,
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      auth_time: at,
      iat: at,
      exp: at + 3600,
      jti: expect.any(String),
      username: sub,
    });
    expect(id.payload).toMatchObject({
      sub,
      email,
      email_verified: false,
      "cognito:username": sub,
      token_use: "id",
      origin_jti: access.payload.origin_jti,
    });
    expect(decodeProtectedHeader(tokens?.AccessToken ?? "").kid).not.toBe(
      decodeProtectedHeader(tokens?.IdToken ?? "").kid,
    );
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: "Bearer", RefreshToken: expect.any(String) });
  });

  test("somebody who doesn't exist hears what a wrong password hears, at a client that hides users", async () => {
    const refusal = { name: "NotAuthorizedException", message: "Incorrect username or password." };
    await expect(withPassword(email, "Wrong-Horse-9")).rejects.toMatchObject(refusal);
    await expect(withPassword("nobody@example.com", password)).rejects.toMatchObject(refusal);
  });

  test("five wrong passwords lock the name for a while, even against the right one, real or not", async () => {
    for (const name of [email, `ghost${count}@example.com`]) {
      for (let tries = 0; tries < 5; tries++)
        await withPassword(name, "Wrong-Horse-9").catch(() => undefined);
      await expect(withPassword(name, password)).rejects.toThrow("Password attempts exceeded");
    }
    cloud.advance(1);
    expect((await withPassword(email, password)).AuthenticationResult).toBeDefined();
  });

  test("a disabled user stays out, and learns of it only with the right password", async () => {
    await cloud.sdk.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: email }));
    await expect(withPassword(email, "Wrong-Horse-9")).rejects.toThrow("Incorrect username or password.");
    await expect(withPassword(email, password)).rejects.toThrow("User is disabled.");
    await cloud.sdk.send(new AdminEnableUserCommand({ UserPoolId: poolId, Username: email }));
    await expect(withPassword(email, password)).resolves.toBeDefined();
  });

  test("a password that an administrator reset opens nothing", async () => {
    await cloud.sdk.send(new AdminResetUserPasswordCommand({ UserPoolId: poolId, Username: email }));
    await expect(withPassword(email, password)).rejects.toMatchObject({
      name: "PasswordResetRequiredException",
    });
  });

  test("the administrative flow needs credentials and its own name", async () => {
    const request = {
      ClientId: clients.api,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH" as const,
      AuthParameters: { USERNAME: email, PASSWORD: password },
    };
    const answer = await cloud.sdk.send(new AdminInitiateAuthCommand({ UserPoolId: poolId, ...request }));
    expect(answer.AuthenticationResult?.AccessToken).toBeDefined();
    await expect(cloud.sdk.send(new InitiateAuthCommand(request))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    const unsigned = await fetch(cloud.url, {
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser" },
      body: JSON.stringify({ UserPoolId: poolId, Username: email }),
    });
    expect(unsigned.status).toBe(400);
    expect(unsigned.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });
});

describe("a client with a secret", () => {
  const hash = (username: string, key = secret) =>
    createHmac("sha256", key).update(`${username}${clients.confidential}`).digest("base64");

  test("serves whoever knows it", async () => {
    const answer = await withPassword(email, password, clients.confidential, { SECRET_HASH: hash(email) });
    expect(answer.AuthenticationResult?.AccessToken).toBeDefined();
  });

  test.each([
    ["no hash", () => ({})],
    ["a hash by another secret", () => ({ SECRET_HASH: hash(email, "guess") })],
    ["a hash for another user", () => ({ SECRET_HASH: hash("other@example.com") })],
  ])("refuses %s, though the password is right", async (_, extra) => {
    await expect(withPassword(email, password, clients.confidential, extra())).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: expect.stringMatching(/secret/i),
    });
  });
});

describe("SRP", () => {
  test("signs in without ever sending the password", async () => {
    const { begun, finish } = await withSrp(email, password);
    expect(begun.ChallengeName).toBe("PASSWORD_VERIFIER");
    expect((await finish()).AuthenticationResult?.AccessToken).toBeDefined();
  });

  test("a proof counts once", async () => {
    const { finish } = await withSrp(email, password);
    await finish();
    await expect(finish()).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  test("a wrong password proves nothing", async () => {
    const { finish } = await withSrp(email, "Wrong-Horse-9");
    await expect(finish()).rejects.toThrow("Incorrect username or password.");
  });

  test("an old proof is refused, and so is one after three minutes", async () => {
    const stale = await withSrp(email, password, srpTimestamp(cloud.now() - 301_000));
    await expect(stale.finish()).rejects.toThrow("Incorrect username or password.");
    const late = await withSrp(email, password);
    cloud.advance(181);
    await expect(late.finish()).rejects.toThrow("Invalid session");
  });

  test("somebody who doesn't exist gets a challenge of the same make, with the same salt each time", async () => {
    const [one, two] = [
      await withSrp("Ghost@example.com", password),
      await withSrp("ghost@example.com", password),
    ];
    const [first, second] = [one.begun.ChallengeParameters, two.begun.ChallengeParameters];
    expect(first?.SALT).toBe(second?.SALT);
    expect(first?.USER_ID_FOR_SRP).toBe(second?.USER_ID_FOR_SRP);
    expect(first?.SRP_B).not.toBe(second?.SRP_B);
    expect(first?.SALT).toHaveLength(
      (await withSrp(email, password)).begun.ChallengeParameters?.SALT?.length ?? 0,
    );
    await expect(one.finish()).rejects.toThrow("Incorrect username or password.");
  });

  test.each(["0", "not hex", ""])("an A of %j, which would fix the key, is refused", async (A) => {
    const begin = cloud.sdk.send(
      new InitiateAuthCommand({
        ClientId: clients.web,
        AuthFlow: "USER_SRP_AUTH",
        AuthParameters: { USERNAME: email, SRP_A: A },
      }),
    );
    await expect(begin).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

describe("a temporary password", () => {
  const temporary = "Temporary-Pass-1";
  const begin = async () => {
    await cloud.sdk.send(
      new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: email, Password: temporary }),
    );
    return withPassword(email, temporary);
  };
  const finish = (Session: string | undefined, chosen: string, USERNAME = email, ClientId = clients.api) =>
    cloud.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME, NEW_PASSWORD: chosen },
      }),
    );

  test("must be changed before anything is had for it", async () => {
    const begun = await begin();
    expect(begun).toMatchObject({ ChallengeName: "NEW_PASSWORD_REQUIRED", Session: expect.any(String) });
    expect(begun.AuthenticationResult).toBeUndefined();
    await expect(finish(begun.Session, "weak")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    const done = await finish(begun.Session, "My-Own-Secret-7");
    expect(done.AuthenticationResult?.AccessToken).toBeDefined();
    await expect(withPassword(email, temporary)).rejects.toThrow("Incorrect username or password.");
    expect((await withPassword(email, "My-Own-Secret-7")).AuthenticationResult).toBeDefined();
    await expect(finish(begun.Session, "My-Own-Secret-8")).rejects.toThrow("Invalid session");
  });

  test("its session is good for nobody else, at no other client, and not for long", async () => {
    const { Session } = await begin();
    await expect(finish(Session, "My-Own-Secret-7", "other@example.com")).rejects.toThrow();
    await expect(finish(Session, "My-Own-Secret-7", email, clients.web)).rejects.toThrow("Invalid session");
    await expect(finish("made-up-session-made-up", "My-Own-Secret-7")).rejects.toThrow("Invalid session");
    cloud.advance(181);
    await expect(finish(Session, "My-Own-Secret-7")).rejects.toThrow("Invalid session");
  });

  test("is worth nothing after a week", async () => {
    await begin();
    cloud.advance(7 * 24 * 3600);
    await expect(withPassword(email, temporary)).rejects.toThrow("Temporary password has expired");
  });
});
