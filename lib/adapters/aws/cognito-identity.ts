import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Env } from "@/lib/env";
import { ok } from "@/lib/kernel/result";
import type { Identity } from "@/lib/ports/identity";
import { withinDeadline } from "./client-options";
import { errorName } from "./cloud-errors";
import { cognitoAccounts } from "./cognito-accounts";
import { openCognito, refusing } from "./cognito-calls";
import { away } from "./cognito-refusal";
import { readTokens, readUser } from "./cognito-shapes";
import { cognitoSignIn } from "./cognito-sign-in";
import { cognitoTotp } from "./cognito-totp";

/** Amazon Cognito user pools, with the two app clients of `env`. Passwords and tokens pass through; nothing is kept or logged. */
export function cognitoIdentity({ env }: { env: Env }): Identity {
  const pool = openCognito(env);
  const { client: cognito, poolId: UserPoolId, clients } = pool;

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
    ...cognitoSignIn(pool),
    ...cognitoAccounts(pool),
    ...cognitoTotp(pool),

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

    signOutEverywhere: (accessToken) =>
      refusing(async () => {
        await cognito.send(new GlobalSignOutCommand({ AccessToken: accessToken }), withinDeadline());
        return ok(undefined);
      }),

    endSignInsOf: async (email) => {
      const known = { UserPoolId, Username: email };
      try {
        await cognito.send(new AdminUserGlobalSignOutCommand(known), withinDeadline());
        const found = await cognito.send(new AdminGetUserCommand(known), withinDeadline());
        return ok({ sub: readUser(found).sub });
      } catch (thrown) {
        return errorName(thrown) === "UserNotFoundException" ? ok(null) : away(thrown);
      }
    },

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
