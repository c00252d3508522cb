import {
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { givenPeople } from "./testing/given-people";
import { addPerson, signIn, trySignIn } from "./testing/people";
import { clients, poolId, type TestCloud } from "./testing/start-test-cloud";
import { totpAt } from "./totp";

let cloud: TestCloud;
let email: string;
givenPeople("careful", (given) => {
  ({ cloud, email } = given);
});

const appCode = (secret: string) => totpAt(secret, Math.floor(cloud.now() / 30_000));
const answer = (
  ChallengeName: "SOFTWARE_TOKEN_MFA" | "MFA_SETUP",
  Session: string | undefined,
  code: string,
  USERNAME = email,
) =>
  cloud.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: clients.api,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME, SOFTWARE_TOKEN_MFA_CODE: code },
    }),
  );

/** Sets up an authenticator app, and moves on so that its first code is history. @returns its secret. */
async function setUp(): Promise<string> {
  const { access: AccessToken } = await signIn(cloud, email);
  const { SecretCode = "" } = await cloud.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const preference = { Enabled: true, PreferredMfa: true };
  const prefer = () =>
    cloud.sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: preference }));
  await expect(prefer()).rejects.toThrow("User has not verified software token mfa");
  await expect(
    cloud.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: "000000" })),
  ).rejects.toMatchObject({ name: "EnableSoftwareTokenMFAException" });
  const UserCode = appCode(SecretCode);
  const verified = await cloud.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  expect(verified.Status).toBe("SUCCESS");
  await prefer();
  const shown = await cloud.sdk.send(new GetUserCommand({ AccessToken }));
  expect(shown.UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
  cloud.advance(30);
  return SecretCode;
}

describe("an account with an authenticator app", () => {
  test("the password alone opens nothing; with the app's code it does, once", async () => {
    const secret = await setUp();
    const begun = await trySignIn(cloud, email);
    expect(begun.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    expect(begun.AuthenticationResult).toBeUndefined();
    const code = appCode(secret);
    const done = await answer("SOFTWARE_TOKEN_MFA", begun.Session, code);
    expect(done.AuthenticationResult?.AccessToken).toBeDefined();
    await expect(answer("SOFTWARE_TOKEN_MFA", begun.Session, code)).rejects.toThrow("Invalid session");
    const again = await trySignIn(cloud, email);
    await expect(answer("SOFTWARE_TOKEN_MFA", again.Session, code)).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
  });

  test("a slip of the finger is forgiven twice, then the session is gone", async () => {
    const secret = await setUp();
    const { Session } = await trySignIn(cloud, email);
    const wrong = String((Number(appCode(secret)) + 1) % 1_000_000).padStart(6, "0");
    for (let slip = 0; slip < 3; slip++)
      await expect(answer("SOFTWARE_TOKEN_MFA", Session, wrong)).rejects.toMatchObject({
        name: "CodeMismatchException",
      });
    await expect(answer("SOFTWARE_TOKEN_MFA", Session, appCode(secret))).rejects.toThrow("Invalid session");
  });

  test("its session is no other person's, no other challenge's, and not for ever", async () => {
    const secret = await setUp();
    const { Session } = await trySignIn(cloud, email);
    const other = `other-${email}`;
    await addPerson(cloud, other);
    await expect(answer("SOFTWARE_TOKEN_MFA", Session, appCode(secret), other)).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    await expect(answer("MFA_SETUP", Session, appCode(secret))).rejects.toThrow("Invalid session");
    cloud.advance(181);
    await expect(answer("SOFTWARE_TOKEN_MFA", Session, appCode(secret))).rejects.toThrow("Invalid session");
  });
});

test("a pool that demands a second factor has it set up before the first tokens", async () => {
  const demand = (MfaConfiguration: "ON" | "OPTIONAL") =>
    cloud.sdk.send(new SetUserPoolMfaConfigCommand({ UserPoolId: poolId, MfaConfiguration }));
  await demand("ON");
  try {
    const begun = await trySignIn(cloud, email);
    expect(begun.ChallengeName).toBe("MFA_SETUP");
    await expect(answer("MFA_SETUP", begun.Session, "")).rejects.toThrow("not verified");
    const associated = await cloud.sdk.send(new AssociateSoftwareTokenCommand({ Session: begun.Session }));
    const verified = await cloud.sdk.send(
      new VerifySoftwareTokenCommand({
        Session: associated.Session,
        UserCode: appCode(associated.SecretCode ?? ""),
      }),
    );
    const done = await answer("MFA_SETUP", verified.Session, "");
    expect(done.AuthenticationResult?.AccessToken).toBeDefined();
    expect((await trySignIn(cloud, email)).ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  } finally {
    await demand("OPTIONAL");
  }
});
