import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { AppClient, Away, CodeRefusal, Identity } from "@/lib/ports/identity";
import { withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";
import { type Cognito, isWeakPassword, refusing, secretHash } from "./cognito-calls";
import { away, isOperators } from "./cognito-refusal";

type Accounts = Pick<
  Identity,
  "signUp" | "confirmSignUp" | "resendCode" | "forgotPassword" | "resetPassword" | "changePassword"
>;

/** Accounts that people make and mend themselves. */
export function cognitoAccounts({ client: cognito, clients }: Cognito): Accounts {
  const addressed = (client: AppClient, email: string) => ({
    ClientId: clients[client].id,
    Username: email,
    SecretHash: secretHash(clients[client], email),
  });

  return {
    signUp: async ({ client, email, password, firstName, lastName }) => {
      if (!isAddress(email)) return err({ code: "EMAIL_INVALID" });
      const names = [
        { Name: "given_name", Value: firstName },
        { Name: "family_name", Value: lastName },
      ].filter(({ Value }) => Value);
      try {
        const made = await cognito.send(
          new SignUpCommand({
            ...addressed(client, email),
            Password: password,
            UserAttributes: [{ Name: "email", Value: email }, ...names],
          }),
          withinDeadline(),
        );
        if (!made.UserSub) throw new Error("Cognito made an account without a sub");
        return ok({ sub: made.UserSub, confirmed: made.UserConfirmed === true });
      } catch (thrown) {
        if (errorName(thrown) === "UsernameExistsException") return err({ code: "ACCOUNT_EXISTS" });
        if (isWeakPassword(thrown)) return err({ code: "PASSWORD_WEAK" });
        return away(thrown);
      }
    },

    confirmSignUp: ({ client, email, code }) =>
      withCode(email, code, async () => {
        await cognito.send(
          new ConfirmSignUpCommand({ ...addressed(client, email), ConfirmationCode: code }),
          withinDeadline(),
        );
      }),

    resendCode: ({ client, email }) =>
      silently(email, async () => {
        await cognito.send(new ResendConfirmationCodeCommand(addressed(client, email)), withinDeadline());
      }),

    forgotPassword: async ({ client, email }) => {
      const asked = await silently(email, async () => {
        await cognito.send(new ForgotPasswordCommand(addressed(client, email)), withinDeadline());
      });
      return asked.ok ? ok(undefined) : asked;
    },

    resetPassword: ({ client, email, code, password }) =>
      withCode(email, code, async () => {
        await cognito.send(
          new ConfirmForgotPasswordCommand({
            ...addressed(client, email),
            ConfirmationCode: code,
            Password: password,
          }),
          withinDeadline(),
        );
      }),

    changePassword: ({ accessToken, password, newPassword }) =>
      refusing(async () => {
        try {
          await cognito.send(
            new ChangePasswordCommand({
              AccessToken: accessToken,
              PreviousPassword: password,
              ProposedPassword: newPassword,
            }),
            withinDeadline(),
          );
          return ok(undefined);
        } catch (thrown) {
          if (isWeakPassword(thrown)) return err({ code: "PASSWORD_WEAK" });
          throw thrown;
        }
      }),
  };
}

/** What the vendor takes as a user name that is an address; it would fault on anything else. */
function isAddress(email: string): boolean {
  return email.length <= 128 && /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@.]+$/.test(email);
}

/** By these the vendor tells a wrong code from an account that is unknown, confirmed, locked or disabled. We don't. */
const codeRefusals = new Set([
  "CodeMismatchException",
  "ExpiredCodeException",
  "NotAuthorizedException",
  "UserNotFoundException",
  "UserNotConfirmedException",
  "AliasExistsException",
  "TooManyFailedAttemptsException",
]);

async function withCode(
  email: string,
  code: string,
  work: () => Promise<void>,
): Promise<Result<void, CodeRefusal>> {
  if (!isAddress(email) || !/^[0-9]{1,12}$/.test(code)) return err({ code: "CODE_REFUSED" });
  try {
    await work();
    return ok(undefined);
  } catch (thrown) {
    if (isOperators(thrown)) throw thrown;
    if (isWeakPassword(thrown)) return err({ code: "PASSWORD_WEAK" });
    if (codeRefusals.has(errorName(thrown))) return err({ code: "CODE_REFUSED" });
    return away(thrown);
  }
}

/** All that tells whether there is such an account, and in which state: unknown, confirmed already, told too often. */
const tellTales = new Set([
  "UserNotFoundException",
  "InvalidParameterException",
  "NotAuthorizedException",
  "LimitExceededException",
  "CodeDeliveryFailureException",
]);

async function silently(email: string, work: () => Promise<void>): Promise<Result<{ sent: boolean }, Away>> {
  if (!isAddress(email)) return ok({ sent: false });
  try {
    await work();
    return ok({ sent: true });
  } catch (thrown) {
    if (isOperators(thrown)) throw thrown;
    if (!tellTales.has(errorName(thrown))) return away(thrown);
    return ok({ sent: false });
  }
}
