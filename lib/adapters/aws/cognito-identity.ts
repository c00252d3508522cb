import {
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Env } from "@/lib/env";
import { ok } from "@/lib/kernel/result";
import type { Identity } from "@/lib/ports/identity";
import { withinDeadline } from "./client-options";
import { cognitoAccounts } from "./cognito-accounts";
import { cognitoAdmin } from "./cognito-admin";
import { openCognito, refusing } from "./cognito-calls";
import { readTokens, readUser } from "./cognito-shapes";
import { cognitoSignIn } from "./cognito-sign-in";
import { cognitoTotp } from "./cognito-totp";

/** Amazon Cognito user pools, with the two app clients of `env`. Passwords and tokens pass through; nothing is kept or logged. */
export function cognitoIdentity({ env }: { env: Env }): Identity {
  const pool = openCognito(env);
  const { client: cognito, clients } = pool;

  return {
    ...cognitoSignIn(pool),
    ...cognitoAccounts(pool),
    ...cognitoTotp(pool),
    ...cognitoAdmin(pool),

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
  };
}
