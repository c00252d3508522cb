import { z } from "zod";
import type { Cognito } from "../context";
import { checkClientSecret, checkSecretHash, clientOf } from "../find";
import { acceptRefreshToken, addRefreshToken, findGrant } from "../grants";
import { clientId, open, token } from "../operation";
import { invalidParameter, notAuthorized, refuse } from "../refuse";
import type { Client, Pool } from "../state";
import { issueTokens } from "../tokens";

/** REFRESH_TOKEN_AUTH: new access and ID token; the refresh token stays. SECRET_HASH is made with the real user name, the sub. */
export async function refreshInPlace(
  cognito: Cognito,
  pool: Pool,
  client: Client,
  given: Record<string, string>,
) {
  const refreshToken = given.REFRESH_TOKEN ?? invalidParameter("Missing required parameter REFRESH_TOKEN");
  if (client.rotation)
    return invalidParameter(
      "Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken.",
    );
  const found = findGrant(pool, client, refreshToken) ?? notAuthorized("Invalid Refresh Token");
  checkSecretHash(client, found.grant.sub, given.SECRET_HASH);
  const { grant, user } = acceptRefreshToken(cognito, pool, client, refreshToken);
  return {
    AuthenticationResult: await issueTokens(cognito, pool, client, user, grant),
    ChallengeParameters: {},
  };
}

/**
 * The refresh that rotates, where the client says so: a new refresh token with the remaining life of the first, and the
 * old one good for `graceSeconds` more, so that an answer lost on the way strands nobody.
 */
export const GetTokensFromRefreshToken = open(
  z.object({ RefreshToken: token, ClientId: clientId, ClientSecret: z.string().optional() }),
  async (cognito, input) => {
    const { pool, client } = clientOf(cognito, input.ClientId);
    checkClientSecret(client, input.ClientSecret);
    const { grant, entry, user } = acceptRefreshToken(cognito, pool, client, input.RefreshToken);
    let rotated = {};
    if (client.rotation) {
      entry.replacedAt ??= cognito.now();
      rotated = { RefreshToken: addRefreshToken(grant) };
      cognito.changed();
    }
    return {
      AuthenticationResult: { ...(await issueTokens(cognito, pool, client, user, grant)), ...rotated },
    };
  },
);

/** Shuts one sign-in by its refresh token. An unknown or already revoked token is no error: the caller's wish holds. */
export const RevokeToken = open(
  z.object({ Token: token, ClientId: clientId, ClientSecret: z.string().optional() }),
  (cognito, input) => {
    const { pool, client } = clientOf(cognito, input.ClientId);
    checkClientSecret(client, input.ClientSecret);
    if (input.Token.split(".").length === 3)
      return refuse("UnsupportedTokenTypeException", "Unsupported token type");
    const found = findGrant(pool, client, input.Token);
    if (found) {
      found.grant.revokedAt ??= cognito.now();
      cognito.changed();
    }
    return {};
  },
);
