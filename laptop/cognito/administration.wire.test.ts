import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addPerson, password, signIn, trySignIn } from "./testing/people";
import { clients, poolId, startTestCloud, type TestCloud } from "./testing/start-test-cloud";

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});
const UserPoolId = poolId;

describe("people", () => {
  test("an invitation brings a temporary password by mail, and can be sent again", async () => {
    const Username = "invited@example.com";
    const invite = (MessageAction?: "RESEND") =>
      cloud.sdk.send(
        new AdminCreateUserCommand({ UserPoolId, Username, ...(MessageAction ? { MessageAction } : {}) }),
      );
    const passwordIn = (text = "") => /password is (\S+)/.exec(text)?.[1] ?? "";
    const made = await invite();
    expect(made.User).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true });
    expect(made.User?.UserCreateDate).toEqual(new Date(cloud.now()));
    const first = passwordIn(cloud.mails.at(-1)?.text);
    expect((await trySignIn(cloud, Username, first)).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    await expect(invite()).rejects.toMatchObject({ name: "UsernameExistsException" });
    const again = await invite("RESEND");
    expect(again.User?.Username).toBe(made.User?.Username);
    await expect(trySignIn(cloud, Username, first)).rejects.toThrow();
    const second = passwordIn(cloud.mails.at(-1)?.text);
    expect((await trySignIn(cloud, Username, second)).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  test("are found by address or id, changed and deleted; a deleted one's tokens die", async () => {
    const sub = await addPerson(cloud, "found@example.com");
    const { access } = await signIn(cloud, "found@example.com");
    await cloud.sdk.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: sub,
        UserAttributes: [
          { Name: "given_name", Value: "Jane" },
          { Name: "custom:licence", Value: "NY-1" },
        ],
      }),
    );
    const found = await cloud.sdk.send(
      new AdminGetUserCommand({ UserPoolId, Username: "FOUND@example.com" }),
    );
    expect(found).toMatchObject({ Username: sub, UserStatus: "CONFIRMED", Enabled: true });
    expect(found.UserAttributes).toContainEqual({ Name: "custom:licence", Value: "NY-1" });
    await cloud.sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username: sub }));
    await expect(
      cloud.sdk.send(new AdminGetUserCommand({ UserPoolId, Username: sub })),
    ).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
    await expect(cloud.sdk.send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
  });

  test("a list comes in pages and by filter", async () => {
    for (const who of ["ann", "anna", "bob"]) await addPerson(cloud, `${who}@list.example`);
    const list = (Filter: string, Limit = 60, PaginationToken?: string) =>
      cloud.sdk.send(
        new ListUsersCommand({ UserPoolId, Filter, Limit, ...(PaginationToken ? { PaginationToken } : {}) }),
      );
    expect((await list('email = "ANN@list.example"')).Users).toHaveLength(1);
    const first = await list('email ^= "ann"', 1);
    const second = await list('email ^= "ann"', 1, first.PaginationToken);
    expect([first.Users?.length, second.Users?.length, second.PaginationToken]).toEqual([1, 1, undefined]);
    expect(first.Users?.[0]?.Username).not.toBe(second.Users?.[0]?.Username);
    await expect(list("email like ann")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(list('email ^= "ann"', 1, "bm9ib2R5")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });
});

test("a group shows in the next token, and is gone from the one after it was left", async () => {
  const sub = await addPerson(cloud, "member@example.com");
  await cloud.sdk.send(new CreateGroupCommand({ UserPoolId, GroupName: "night-shift", Precedence: 3 }));
  await expect(
    cloud.sdk.send(new CreateGroupCommand({ UserPoolId, GroupName: "night-shift" })),
  ).rejects.toMatchObject({ name: "GroupExistsException" });
  const membership = { UserPoolId, Username: "member@example.com", GroupName: "night-shift" };
  for (const _ of [1, 2]) await cloud.sdk.send(new AdminAddUserToGroupCommand(membership));
  const groupsNow = async () =>
    decodeJwt((await signIn(cloud, "member@example.com")).access)["cognito:groups"];
  expect(await groupsNow()).toEqual(["night-shift"]);
  const members = await cloud.sdk.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "night-shift" }));
  expect(members.Users?.map(({ Username }) => Username)).toEqual([sub]);
  const held = await cloud.sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username: sub }));
  expect(held.Groups).toMatchObject([{ GroupName: "night-shift", Precedence: 3 }]);
  await cloud.sdk.send(new AdminRemoveUserFromGroupCommand(membership));
  expect(await groupsNow()).toBeUndefined();
  const all = await cloud.sdk.send(new ListGroupsCommand({ UserPoolId }));
  expect(all.Groups?.map(({ GroupName }) => GroupName)).toContain("clinician");
  await expect(
    cloud.sdk.send(new AdminAddUserToGroupCommand({ ...membership, GroupName: "no-such-group" })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

describe("pools and clients", () => {
  test("a new pool has its own users, keys and clients, with the settings asked for", async () => {
    const { UserPool: pool } = await cloud.sdk.send(new CreateUserPoolCommand({ PoolName: "second" }));
    expect(pool?.Id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    const described = await cloud.sdk.send(new DescribeUserPoolCommand({ UserPoolId: pool?.Id }));
    expect(described.UserPool).toMatchObject({ Name: "second", MfaConfiguration: "OFF" });
    const { UserPoolClient: made } = await cloud.sdk.send(
      new CreateUserPoolClientCommand({
        UserPoolId: pool?.Id,
        ClientName: "legacy",
        GenerateSecret: true,
        ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
        AccessTokenValidity: 5,
        TokenValidityUnits: { AccessToken: "minutes" },
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
      }),
    );
    const shown = await cloud.sdk.send(
      new DescribeUserPoolClientCommand({ UserPoolId: pool?.Id, ClientId: made?.ClientId }),
    );
    expect(shown.UserPoolClient).toMatchObject({
      ClientName: "legacy",
      ClientSecret: expect.any(String),
      PreventUserExistenceErrors: "LEGACY",
      AccessTokenValidity: 300,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
    });
    const parameters = { USERNAME: "x@example.com", PASSWORD: password };
    const start = cloud.sdk.send(
      new InitiateAuthCommand({
        ClientId: made?.ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: parameters,
      }),
    );
    await expect(start).rejects.toMatchObject({ name: "InvalidParameterException" });
    const keysOf = async (id = "") => (await fetch(`${cloud.url}/${id}/.well-known/jwks.json`)).json();
    expect(await keysOf(pool?.Id)).not.toEqual(await keysOf(poolId));
  });

  test("what doesn't exist is said not to", async () => {
    for (const command of [
      new DescribeUserPoolCommand({ UserPoolId: "us-east-1_Nothing00" }),
      new InitiateAuthCommand({ ClientId: "nosuchclient", AuthFlow: "USER_PASSWORD_AUTH" }),
    ])
      await expect(cloud.sdk.send(command as DescribeUserPoolCommand)).rejects.toMatchObject({
        name: "ResourceNotFoundException",
      });
  });
});

describe("on the wire", () => {
  const post = (target: string, body: string) =>
    fetch(cloud.url, { method: "POST", headers: { "x-amz-target": target }, body });
  const prefix = "AWSCognitoIdentityProviderService";

  test.each([
    ["no JSON", `${prefix}.InitiateAuth`, "{", "SerializationException"],
    ["an operation we don't speak", `${prefix}.DescribeRiskConfiguration`, "{}", "UnknownOperationException"],
    ["a name of JavaScript's", `${prefix}.constructor`, "{}", "UnknownOperationException"],
    ["the wrong shape", `${prefix}.InitiateAuth`, '{"ClientId":7}', "InvalidParameterException"],
    ["null", `${prefix}.InitiateAuth`, "null", "InvalidParameterException"],
  ])("%s is refused in the vendor's form", async (_, target, body, type) => {
    const answer = await post(target, body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("x-amzn-errortype")).toBe(type);
    expect(answer.headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(await answer.json()).toEqual({ __type: type, message: expect.any(String) });
  });

  test("the published keys hold nothing private, and discovery names them", async () => {
    const discovery = await (await fetch(`${cloud.url}/${poolId}/.well-known/openid-configuration`)).json();
    expect(discovery).toMatchObject({ issuer: `${cloud.url}/${poolId}` });
    const { keys } = (await (await fetch(discovery.jwks_uri)).json()) as { keys: object[] };
    expect(keys).toHaveLength(2);
    for (const key of keys)
      expect(Object.keys(key).toSorted()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect((await fetch(`${cloud.url}/us-east-1_Other0001/.well-known/jwks.json`)).status).toBe(400);
  });
});

test("a restart loses no account, no sign-in and no key; no password is kept", async () => {
  await addPerson(cloud, "lasting@example.com");
  const { refresh, access } = await signIn(cloud, "lasting@example.com");
  const saved = cloud.saved();
  expect(JSON.stringify(saved)).not.toContain(password);
  expect(JSON.stringify(saved)).not.toContain(refresh);
  const after = await startTestCloud(saved);
  try {
    await expect(trySignIn(after, "lasting@example.com")).resolves.toBeDefined();
    const refreshed = await after.sdk.send(
      new InitiateAuthCommand({
        ClientId: clients.api,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: refresh },
      }),
    );
    const kidOf = (token = "") => Buffer.from(token.split(".")[0] ?? "", "base64url").toString();
    expect(kidOf(refreshed.AuthenticationResult?.AccessToken)).toBe(kidOf(access));
  } finally {
    await after.stop();
  }
});
