import { describe, expect, test } from "vitest";
import { identityRefusal } from "./cognito-refusal";

const thrown = (name: string, message = "…", extra: object = {}) =>
  Object.assign(new Error(message), { name, ...extra });

describe("what Cognito throws, as a refusal", () => {
  test.each([
    ["NotAuthorizedException", "Incorrect username or password.", "CREDENTIALS_REFUSED"],
    ["NotAuthorizedException", "User is disabled.", "CREDENTIALS_REFUSED"],
    ["NotAuthorizedException", "Password attempts exceeded", "IDENTITY_THROTTLED"],
    ["UserNotFoundException", "User does not exist.", "CREDENTIALS_REFUSED"],
    ["RefreshTokenReuseException", "…", "CREDENTIALS_REFUSED"],
    ["UserNotConfirmedException", "User is not confirmed.", "ACCOUNT_UNCONFIRMED"],
    ["PasswordResetRequiredException", "…", "PASSWORD_RESET_REQUIRED"],
    ["TooManyFailedAttemptsException", "…", "IDENTITY_THROTTLED"],
    ["TooManyRequestsException", "Rate exceeded", "IDENTITY_THROTTLED"],
    ["LimitExceededException", "Attempt limit exceeded", "IDENTITY_THROTTLED"],
    ["TimeoutError", "socket hang up", "IDENTITY_UNAVAILABLE"],
  ])("%s (%s) is %s", (name, message, code) => {
    expect(identityRefusal(thrown(name, message))).toMatchObject({ ok: false, error: { code } });
  });

  test("the vendor's 500 is unavailability, with a time to wait", () => {
    const outage = thrown("InternalErrorException", "…", { $metadata: { httpStatusCode: 500 } });
    expect(identityRefusal(outage)).toMatchObject({
      error: { code: "IDENTITY_UNAVAILABLE", retryAfterMs: 3_000 },
    });
  });

  test.each([
    ["NotAuthorizedException", "Unable to verify secret hash for client abc"],
    ["NotAuthorizedException", "Client abc is configured with secret but SECRET_HASH was not received"],
    ["InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"],
    ["ResourceNotFoundException", "User pool client abc does not exist."],
  ])("%s (%s) is for an operator to cure: it is thrown on", (name, message) => {
    const fault = thrown(name, message);
    expect(() => identityRefusal(fault)).toThrow(fault);
  });
});
