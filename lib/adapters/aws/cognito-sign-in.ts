import {
  type AuthenticationResultType,
  type ChallengeNameType,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { err, ok } from "@/lib/kernel/result";
import type { Challenge, ChallengeAnswer, Identity } from "@/lib/ports/identity";
import { withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";
import { type Cognito, refusing, secretHash } from "./cognito-calls";
import { away, isOperators } from "./cognito-refusal";
import { readTokens } from "./cognito-shapes";

/** Signing in, and the second step where Cognito asks for one. */
export function cognitoSignIn({
  client: cognito,
  clients,
}: Cognito): Pick<Identity, "signIn" | "answerChallenge"> {
  return {
    signIn: ({ client, email, password }) =>
      refusing(async () => {
        // Longer than the vendor takes: certainly nobody's, and no reason for a fault.
        if (!email || email.length > 128 || !password || password.length > 256)
          return err({ code: "CREDENTIALS_REFUSED" });
        const hash = secretHash(clients[client], email);
        const answer = await cognito.send(
          new InitiateAuthCommand({
            ClientId: clients[client].id,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: email, PASSWORD: password, ...(hash && { SECRET_HASH: hash }) },
          }),
          withinDeadline(),
        );
        return ok(readAnswer(answer, email));
      }),

    answerChallenge: async ({ client, challenge, answer: given }) => {
      const { username } = challenge;
      const hash = secretHash(clients[client], username);
      try {
        const answer = await cognito.send(
          new RespondToAuthChallengeCommand({
            ClientId: clients[client].id,
            ChallengeName: challenge.challenge as ChallengeNameType,
            Session: challenge.session,
            ChallengeResponses: {
              USERNAME: username,
              ...responseOf(challenge, given),
              ...(hash && { SECRET_HASH: hash }),
            },
          }),
          withinDeadline(),
        );
        return ok(readAnswer(answer, username));
      } catch (thrown) {
        if (isOperators(thrown)) throw thrown;
        switch (errorName(thrown)) {
          case "CodeMismatchException":
          case "ExpiredCodeException":
            return err({ code: "CODE_REFUSED" });
          case "InvalidPasswordException":
          case "PasswordHistoryPolicyViolationException":
            return err({ code: "PASSWORD_WEAK" });
          case "NotAuthorizedException":
          case "UserNotFoundException":
            return err({ code: "CHALLENGE_OVER" });
        }
        return away(thrown);
      }
    },
  };
}

function responseOf({ challenge }: Challenge, given: ChallengeAnswer): Record<string, string> {
  if (challenge === "SOFTWARE_TOKEN_MFA")
    return { SOFTWARE_TOKEN_MFA_CODE: "code" in given ? given.code : "" };
  if (challenge === "NEW_PASSWORD_REQUIRED")
    return { NEW_PASSWORD: "newPassword" in given ? given.newPassword : "" };
  throw new Error(`Cognito asks for ${challenge}, which this pool should not be set up for`);
}

type Answer = {
  ChallengeName?: string | undefined;
  Session?: string | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  AuthenticationResult?: AuthenticationResultType | undefined;
};
/** The second step is answered with the account's own name, which an address is not. */
function readAnswer(answer: Answer, email: string) {
  if (!answer.ChallengeName)
    return { kind: "signed-in" as const, tokens: readTokens(answer.AuthenticationResult) };
  return {
    kind: "challenge" as const,
    challenge: {
      challenge: answer.ChallengeName,
      session: answer.Session ?? "",
      username: answer.ChallengeParameters?.USER_ID_FOR_SRP ?? email,
    },
  };
}
