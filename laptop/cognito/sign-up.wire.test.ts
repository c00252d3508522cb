import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addPerson, password, trySignIn } from "./testing/people";
import { clients, startTestCloud, type TestCloud } from "./testing/start-test-cloud";

let cloud: TestCloud;
let email: string;
let count = 0;
beforeAll(async () => {
  cloud = await startTestCloud();
});
beforeEach(() => {
  email = `new${++count}@example.com`;
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});

const ClientId = clients.api;
const signUp = (
  Username = email,
  Password = password,
  UserAttributes = [{ Name: "given_name", Value: "John" }],
) => cloud.sdk.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes }));
const confirm = (ConfirmationCode: string, Username = email) =>
  cloud.sdk.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
const resend = (Username = email) =>
  cloud.sdk.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
const forgot = (Username = email) => cloud.sdk.send(new ForgotPasswordCommand({ ClientId, Username }));
const reset = (ConfirmationCode: string, Password = "New-Horse-10", Username = email) =>
  cloud.sdk.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));
/** A code of the right shape that is not the right one. */
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

describe("signing up", () => {
  test("the code in the mail confirms the account, once, and only then does it open", async () => {
    const made = await signUp(`New${count}@Example.com`);
    expect(made).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "n***@e***" },
    });
    await expect(trySignIn(cloud, email)).rejects.toMatchObject({ name: "UserNotConfirmedException" });
    const code = cloud.codeFor(email);
    await confirm(code);
    expect((await trySignIn(cloud, email)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(confirm(code)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  test("an address has one account, whatever its case", async () => {
    await signUp();
    await expect(signUp(email.toUpperCase())).rejects.toMatchObject({ name: "UsernameExistsException" });
    const both = await Promise.allSettled([signUp("twice@example.com"), signUp("twice@example.com")]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test.each(["sh-A1", "alllowercase-1", "ALLUPPERCASE-1", "No-Digits-Here", "NoSymbols123"])(
    "the policy refuses %s",
    async (weak) => {
      await expect(signUp(email, weak)).rejects.toMatchObject({ name: "InvalidPasswordException" });
    },
  );

  test("nobody gives themselves a verified address or a made-up attribute", async () => {
    const withAttribute = (Name: string, Value: string) => signUp(email, password, [{ Name, Value }]);
    await expect(withAttribute("email_verified", "true")).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    await expect(withAttribute("email", "other@example.com")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(withAttribute("is_admin", "true")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(signUp("not an address")).rejects.toThrow("Username should be an email.");
  });

  test("a code dies after a day, and when a newer one is sent", async () => {
    await signUp();
    const first = cloud.codeFor(email);
    cloud.advance(24 * 3600);
    await expect(confirm(first)).rejects.toMatchObject({ name: "ExpiredCodeException" });
    await resend();
    const second = cloud.codeFor(email);
    if (first !== second)
      await expect(confirm(first)).rejects.toMatchObject({ name: "CodeMismatchException" });
    await confirm(second);
  });

  test("five wrong codes shut the door for an hour, even to the right one and after a resend", async () => {
    await signUp();
    for (let guess = 0; guess < 5; guess++)
      await expect(confirm(wrong(cloud.codeFor(email)))).rejects.toMatchObject({
        name: "CodeMismatchException",
      });
    await resend();
    await expect(confirm(cloud.codeFor(email))).rejects.toMatchObject({
      name: "TooManyFailedAttemptsException",
    });
    cloud.advance(3600);
    await confirm(cloud.codeFor(email));
  });

  test("nobody's inbox can be flooded", async () => {
    await signUp();
    for (let mail = 1; mail < 10; mail++) await resend();
    await expect(resend()).rejects.toMatchObject({ name: "LimitExceededException" });
  });

  test("who doesn't exist gets an answer that doesn't say so, and no mail", async () => {
    const before = cloud.mails.length;
    expect((await resend("ghost@example.com")).CodeDeliveryDetails?.Destination).toBe("g***@e***");
    await expect(confirm("123456", "ghost@example.com")).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
    expect(cloud.mails).toHaveLength(before);
  });
});

describe("a forgotten password", () => {
  test("the code in the mail sets a new one, once; a weak choice does not cost the code", async () => {
    await addPerson(cloud, email);
    expect((await forgot()).CodeDeliveryDetails?.Destination).toBe("n***@e***");
    const code = cloud.codeFor(email);
    await expect(reset(code, "weak")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await reset(code);
    await expect(trySignIn(cloud, email)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(trySignIn(cloud, email, "New-Horse-10")).resolves.toBeDefined();
    await expect(reset(code, "Third-Horse-11")).rejects.toMatchObject({ name: "CodeMismatchException" });
  });

  test("a code dies after an hour", async () => {
    await addPerson(cloud, email);
    await forgot();
    cloud.advance(3600);
    await expect(reset(cloud.codeFor(email))).rejects.toMatchObject({ name: "ExpiredCodeException" });
  });

  test("guessing is the same for those who exist and those who don't: five misses, then a wait", async () => {
    await addPerson(cloud, email);
    await forgot();
    const real = wrong(cloud.codeFor(email));
    const before = cloud.mails.length;
    expect((await forgot("nobody@example.com")).CodeDeliveryDetails?.DeliveryMedium).toBe("EMAIL");
    expect(cloud.mails).toHaveLength(before);
    for (const who of [email, "nobody@example.com"]) {
      for (let guess = 0; guess < 5; guess++)
        await expect(reset(real, "New-Horse-10", who)).rejects.toMatchObject({
          name: "CodeMismatchException",
        });
      await expect(reset(real, "New-Horse-10", who)).rejects.toMatchObject({
        name: "TooManyFailedAttemptsException",
      });
    }
  });
});
