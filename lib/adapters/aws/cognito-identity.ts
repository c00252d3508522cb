import { createHmac } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Env } from "@/lib/env";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Challenge, Identity, IdentityRefusal, Tokens } from "@/lib/ports/identity";
import { clientOptions, withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";
import { identityRefusal } from "./cognito-refusal";
import { readTokens, readUser } from "./cognito-shapes";

type SignedIn = { kind: "signed-in"; tokens: Tokens } | { kind: "challenge"; challenge: Challenge };
type AppClient = { id: string; secret: string | undefined };

/** Amazon Cognito user pools, with the two app clients of `env`. Passwords and tokens pass through; nothing is kept or logged. */
export function cognitoIdentity({ env }: { env: Env }): Identity {
  const cognito = new CognitoIdentityProviderClient(clientOptions(env));
  const UserPoolId = env.COGNITO_USER_POOL_ID;
  const clients: Record<"web" | "api", AppClient> = {
    web: { id: env.COGNITO_WEB_CLIENT_ID, secret: env.COGNITO_WEB_CLIENT_SECRET },
    api: { id: env.COGNITO_CLIENT_ID, secret: env.COGNITO_CLIENT_SECRET },
  };

  /** @returns the sub of the account with this address, made if there was none. Safe to race: whoever comes second finds it. */
  async function findOrCreate(email: string): Promise<string> {
    const known = { UserPoolId, Username: email };
    try {
      return readUser(await cognito.send(new AdminGetUserCommand(known), withinDeadline())).sub;
    } catch (cause) {
      if (errorName(cause) !== "UserNotFoundException") throw cause;
    }
    const UserAttributes = [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
    ];
    try {
      await cognito.send(
        new AdminCreateUserCommand({ ...known, UserAttributes, MessageAction: "SUPPRESS" }),
        withinDeadline(),
      );
    } catch (cause) {
      if (errorName(cause) !== "UsernameExistsException") throw cause;
    }
    return readUser(await cognito.send(new AdminGetUserCommand(known), withinDeadline())).sub;
  }

  async function setGroups(Username: string, wanted: readonly string[]): Promise<void> {
    const listed = await cognito.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username, Limit: 60 }),
      withinDeadline(),
    );
    const held = (listed.Groups ?? []).flatMap((group) => group.GroupName ?? []);
    for (const GroupName of wanted.filter((group) => !held.includes(group)))
      await cognito.send(
        new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }),
        withinDeadline(),
      );
    for (const GroupName of held.filter((group) => !wanted.includes(group)))
      await cognito.send(
        new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }),
        withinDeadline(),
      );
  }

  return {
    signIn: ({ client: which, email, password }) =>
      refusing<SignedIn>(async () => {
        // Longer than the vendor takes: certainly nobody's, and no reason for a fault.
        if (!email || email.length > 128 || !password || password.length > 256)
          return err({ code: "CREDENTIALS_REFUSED" });
        const client = clients[which];
        const answer = await cognito.send(
          new InitiateAuthCommand({
            ClientId: client.id,
            AuthFlow: "USER_PASSWORD_AUTH",
            AuthParameters: { USERNAME: email, PASSWORD: password, ...secretHash(client, email) },
          }),
          withinDeadline(),
        );
        if (answer.ChallengeName)
          return ok({
            kind: "challenge",
            challenge: { challenge: answer.ChallengeName, session: answer.Session ?? "" },
          });
        return ok({ kind: "signed-in", tokens: readTokens(answer.AuthenticationResult) });
      }),

    // This call serves both kinds of client: one that doesn't rotate just gets no new refresh token. It proves the client by its
    // secret alone, where REFRESH_TOKEN_AUTH hashes in a user name that the caller could get wrong.
    refresh: ({ client: which, refreshToken }) =>
      refusing(async () => {
        const { id, secret } = clients[which];
        const answer = await cognito.send(
          new GetTokensFromRefreshTokenCommand({
            ClientId: id,
            ClientSecret: secret,
            RefreshToken: refreshToken,
          }),
          withinDeadline(),
        );
        return ok(readTokens(answer.AuthenticationResult, refreshToken));
      }),

    revoke: ({ client: which, refreshToken }) =>
      refusing(async () => {
        const { id, secret } = clients[which];
        await cognito.send(
          new RevokeTokenCommand({ ClientId: id, ClientSecret: secret, Token: refreshToken }),
          withinDeadline(),
        );
        return ok(undefined);
      }),

    user: (accessToken) =>
      refusing(async () =>
        ok(readUser(await cognito.send(new GetUserCommand({ AccessToken: accessToken }), withinDeadline()))),
      ),

    ensureUser: ({ email, password, groups }) =>
      refusing(async () => {
        const sub = await findOrCreate(email);
        await cognito.send(
          new AdminSetUserPasswordCommand({
            UserPoolId,
            Username: email,
            Password: password,
            Permanent: true,
          }),
          withinDeadline(),
        );
        await setGroups(email, groups);
        return ok({ sub });
      }),
  };
}

/** Base64(HMAC-SHA256(secret, username + client id)), for clients that have a secret. */
function secretHash(client: AppClient, username: string): { SECRET_HASH?: string } {
  if (!client.secret) return {};
  return {
    SECRET_HASH: createHmac("sha256", client.secret).update(`${username}${client.id}`).digest("base64"),
  };
}

async function refusing<T>(
  work: () => Promise<Result<T, IdentityRefusal>>,
): Promise<Result<T, IdentityRefusal>> {
  try {
    return await work();
  } catch (thrown) {
    return identityRefusal(thrown);
  }
}
