import { z } from "zod";
import type { Challenge } from "../challenges";
import type { Cognito } from "../context";
import { poolOf, requireUser } from "../find";
import { admin, name, open, poolId, token } from "../operation";
import { invalidParameter, notAuthorized, refuse } from "../refuse";
import type { User } from "../state";
import { readAccessToken } from "../tokens";
import { matchingStep, newTotpSecret } from "../totp";

type Setup = Extract<Challenge, { name: "MFA_SETUP" }>;

/** The set-up that somebody owes who has no session yet, and who they are. */
function owedSetup(cognito: Cognito, session: string | undefined): { challenge: Setup; user: User } {
  if (!session) return invalidParameter("Either AccessToken or Session is required");
  const challenge = cognito.challenges.byAnyClient(session);
  const user = cognito.pools.get(challenge.poolId)?.users.get(challenge.sub);
  if (challenge.name !== "MFA_SETUP" || !user) return notAuthorized("Invalid session for the user.");
  return { challenge, user };
}

const proof = z.object({ AccessToken: token.optional(), Session: z.string().max(2048).optional() });

/** Hands out a secret for an authenticator app. It counts for nothing until a code of it was verified. */
export const AssociateSoftwareToken = open(proof, async (cognito, input) => {
  const secret = newTotpSecret();
  if (input.AccessToken) {
    const { user } = await readAccessToken(cognito, input.AccessToken);
    user.pendingTotpSecret = secret;
    cognito.changed();
    return { SecretCode: secret };
  }
  const { challenge } = owedSetup(cognito, input.Session);
  cognito.challenges.spend(input.Session ?? "");
  return { SecretCode: secret, Session: cognito.challenges.put({ ...challenge, secret }) };
});

function verifyCode(cognito: Cognito, user: User, secret: string | undefined, code: string, device?: string) {
  if (!secret) return notAuthorized("No software token is associated.");
  const step = matchingStep(secret, code, cognito.now(), -1);
  if (step === null)
    return refuse("EnableSoftwareTokenMFAException", "Code mismatch and fail enable Software Token MFA");
  user.totp = {
    secret,
    enabled: user.totp?.enabled ?? false,
    lastStep: step,
    ...(device ? { deviceName: device } : {}),
  };
  delete user.pendingTotpSecret;
  user.modifiedAt = cognito.now();
  cognito.changed();
  return user.totp;
}

export const VerifySoftwareToken = open(
  proof.extend({
    UserCode: z.string().regex(/^[0-9]{6}$/),
    FriendlyDeviceName: z.string().max(131).optional(),
  }),
  async (cognito, input) => {
    if (input.AccessToken) {
      const { user } = await readAccessToken(cognito, input.AccessToken);
      verifyCode(cognito, user, user.pendingTotpSecret, input.UserCode, input.FriendlyDeviceName);
      return { Status: "SUCCESS" };
    }
    const { challenge, user } = owedSetup(cognito, input.Session);
    verifyCode(cognito, user, challenge.secret, input.UserCode, input.FriendlyDeviceName).enabled = true;
    cognito.challenges.spend(input.Session ?? "");
    return { Status: "SUCCESS", Session: cognito.challenges.put({ ...challenge, verified: true }) };
  },
);

const preference = z.object({ Enabled: z.boolean().optional(), PreferredMfa: z.boolean().optional() });

/** What both ways of setting it share. */
function prefer(cognito: Cognito, user: User, wanted: z.output<typeof preference> | undefined) {
  if (wanted?.Enabled && !user.totp) invalidParameter("User has not verified software token mfa");
  if (wanted?.PreferredMfa && !wanted.Enabled)
    invalidParameter("User must enable software token MFA before preferring it");
  if (user.totp && wanted) user.totp.enabled = wanted.Enabled ?? false;
  user.modifiedAt = cognito.now();
  cognito.changed();
  return {};
}

/** A verified token asks for codes only once its owner switched it on here (in a pool where MFA is optional). */
export const SetUserMFAPreference = open(
  z.object({ AccessToken: token, SoftwareTokenMfaSettings: preference.optional() }),
  async (cognito, input) => {
    const { user } = await readAccessToken(cognito, input.AccessToken);
    return prefer(cognito, user, input.SoftwareTokenMfaSettings);
  },
);

/** The same by an administrator. The verified token stays, and can be preferred again. */
export const AdminSetUserMFAPreference = admin(
  z.object({ UserPoolId: poolId, Username: name, SoftwareTokenMfaSettings: preference.optional() }),
  (cognito, input) =>
    prefer(
      cognito,
      requireUser(poolOf(cognito, input.UserPoolId), input.Username),
      input.SoftwareTokenMfaSettings,
    ),
);
