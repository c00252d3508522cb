import type { AttributeType, AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import type { IdentityUser, Tokens } from "@/lib/ports/identity";

/** The SDK types every member as optional. An answer without tokens is a fault of the vendor's, not a refusal. */
export function readTokens(result: AuthenticationResultType | undefined, keptRefreshToken?: string): Tokens {
  const refreshToken = result?.RefreshToken ?? keptRefreshToken;
  if (!result?.AccessToken || !result.IdToken || !refreshToken || !result.ExpiresIn)
    throw new Error("Cognito answered a sign-in without tokens");
  return {
    accessToken: result.AccessToken,
    idToken: result.IdToken,
    refreshToken,
    expiresIn: result.ExpiresIn,
    tokenType: "Bearer",
  };
}

export function readUser(answer: {
  Username: string | undefined;
  UserAttributes?: AttributeType[] | undefined;
  UserMFASettingList?: string[] | undefined;
}): IdentityUser {
  const attribute = (name: string) => answer.UserAttributes?.find(({ Name }) => Name === name)?.Value;
  const sub = attribute("sub");
  if (!sub || !answer.Username) throw new Error("Cognito answered with a user who has no sub");
  return {
    sub,
    username: answer.Username,
    email: attribute("email") ?? "",
    emailVerified: attribute("email_verified") === "true",
    firstName: attribute("given_name") ?? "",
    lastName: attribute("family_name") ?? "",
    totp: answer.UserMFASettingList?.includes("SOFTWARE_TOKEN_MFA") ?? false,
  };
}
