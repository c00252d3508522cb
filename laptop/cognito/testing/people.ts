import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { clients, poolId, type TestCloud } from "./start-test-cloud";

export const password = "Correct-Horse-9";

/** A confirmed account with a verified address. */
export async function addPerson(cloud: TestCloud, email: string): Promise<string> {
  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  const made = await cloud.sdk.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: email,
      UserAttributes,
      MessageAction: "SUPPRESS",
    }),
  );
  await cloud.sdk.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: poolId,
      Username: email,
      Password: password,
      Permanent: true,
    }),
  );
  return made.User?.Username ?? "";
}

export const trySignIn = (cloud: TestCloud, email: string, given = password, ClientId = clients.api) =>
  cloud.sdk.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: given },
    }),
  );

/** Tokens of a completed sign-in. */
export async function signIn(cloud: TestCloud, email: string, ClientId = clients.api) {
  const { AuthenticationResult: tokens } = await trySignIn(cloud, email, password, ClientId);
  if (!tokens?.AccessToken || !tokens.RefreshToken) throw new Error("not signed in");
  return { access: tokens.AccessToken, refresh: tokens.RefreshToken };
}
