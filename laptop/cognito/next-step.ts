import { showAttributes } from "./attributes";
import type { Cognito } from "./context";
import { startGrant } from "./grants";
import { notAuthorized, refuse } from "./refuse";
import type { Client, Pool, User } from "./state";

/** Only for whoever proved the password: what stands between them and a session. */
export function checkMayEnter(cognito: Cognito, user: User): void {
  if (!user.enabled) notAuthorized("User is disabled.");
  if (user.status === "UNCONFIRMED") refuse("UserNotConfirmedException", "User is not confirmed.");
  if (user.status === "RESET_REQUIRED")
    refuse("PasswordResetRequiredException", "Password reset required for the user");
  if (user.temporaryUntil !== undefined && user.temporaryUntil <= cognito.now())
    notAuthorized("Temporary password has expired and must be reset by an administrator.");
}

/** After a right password: what the user still owes, or the tokens. */
export async function nextStep(cognito: Cognito, pool: Pool, client: Client, user: User) {
  const owed = {
    poolId: pool.id,
    clientId: client.id,
    sub: user.sub,
    expiresAt: cognito.now() + client.challengeSeconds * 1000,
    misses: 0,
  };
  if (user.status === "FORCE_CHANGE_PASSWORD") {
    const shown = showAttributes(user).filter(({ Name }) => Name !== "sub");
    return {
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: cognito.challenges.put({ ...owed, name: "NEW_PASSWORD_REQUIRED" }),
      ChallengeParameters: {
        USER_ID_FOR_SRP: user.sub,
        requiredAttributes: "[]",
        userAttributes: JSON.stringify(Object.fromEntries(shown.map(({ Name, Value }) => [Name, Value]))),
      },
    };
  }
  if (pool.mfa !== "OFF" && user.totp && (user.totp.enabled || pool.mfa === "ON")) {
    return {
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session: cognito.challenges.put({ ...owed, name: "SOFTWARE_TOKEN_MFA" }),
      ChallengeParameters: {
        USER_ID_FOR_SRP: user.sub,
        ...(user.totp.deviceName ? { FRIENDLY_DEVICE_NAME: user.totp.deviceName } : {}),
      },
    };
  }
  if (pool.mfa === "ON") {
    return {
      ChallengeName: "MFA_SETUP",
      Session: cognito.challenges.put({ ...owed, name: "MFA_SETUP", verified: false }),
      ChallengeParameters: { USER_ID_FOR_SRP: user.sub, MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    };
  }
  return signedIn(cognito, pool, client, user);
}

export async function signedIn(cognito: Cognito, pool: Pool, client: Client, user: User) {
  return { AuthenticationResult: await startGrant(cognito, pool, client, user), ChallengeParameters: {} };
}
