import { z } from "zod";
import type { Cognito } from "../context";
import { checkSecretHash, clientOf, poolOf } from "../find";
import { checkMayEnter, nextStep, signedIn } from "../next-step";
import { admin, clientId, open, parameters, poolId } from "../operation";
import { checkPolicy, hashPassword } from "../password";
import { invalidParameter, notAuthorized, refuse } from "../refuse";
import type { Client, Pool, User } from "../state";
import { matchingStep } from "../totp";
import { finishSrp } from "./srp-sign-in";

type Answer = { name: string; session: string; given: Record<string, string> };

/** Whoever answers must still be the user of the session, and still welcome. */
function userOf(cognito: Cognito, pool: Pool, sub: string, username: string): User {
  const user = pool.users.get(sub);
  if (!user || (username.toLowerCase() !== user.email && username !== user.sub)) return notAuthorized();
  checkMayEnter(cognito, user);
  return user;
}

async function newPassword(cognito: Cognito, pool: Pool, client: Client, { session, given }: Answer) {
  const challenge = cognito.challenges.get(session, "NEW_PASSWORD_REQUIRED", client, pool);
  const user = userOf(cognito, pool, challenge.sub, given.USERNAME ?? "");
  const chosen = given.NEW_PASSWORD ?? invalidParameter("Missing required parameter NEW_PASSWORD");
  checkPolicy(chosen);
  cognito.challenges.spend(session);
  user.password = await hashPassword(pool.id, user.sub, chosen);
  user.status = "CONFIRMED";
  user.modifiedAt = cognito.now();
  delete user.temporaryUntil;
  cognito.changed();
  return nextStep(cognito, pool, client, user);
}

/** Three misses use the session up; a code that was accepted once is refused. */
async function softwareToken(cognito: Cognito, pool: Pool, client: Client, { session, given }: Answer) {
  const challenge = cognito.challenges.get(session, "SOFTWARE_TOKEN_MFA", client, pool);
  const user = userOf(cognito, pool, challenge.sub, given.USERNAME ?? "");
  const { totp } = user;
  const code = given.SOFTWARE_TOKEN_MFA_CODE ?? "";
  const step = totp && matchingStep(totp.secret, code, cognito.now(), totp.lastStep);
  if (!totp || typeof step !== "number") {
    challenge.misses += 1;
    if (challenge.misses >= 3) cognito.challenges.spend(session);
    return refuse("CodeMismatchException", "Invalid code received for user");
  }
  cognito.challenges.spend(session);
  totp.lastStep = step;
  cognito.changed();
  return signedIn(cognito, pool, client, user);
}

/** Completes a first factor's set-up: VerifySoftwareToken must have succeeded with this very session. */
async function mfaSetup(cognito: Cognito, pool: Pool, client: Client, { session, given }: Answer) {
  const challenge = cognito.challenges.get(session, "MFA_SETUP", client, pool);
  const user = userOf(cognito, pool, challenge.sub, given.USERNAME ?? "");
  if (!challenge.verified) return notAuthorized("The software token was not verified in this session.");
  cognito.challenges.spend(session);
  return signedIn(cognito, pool, client, user);
}

async function answer(cognito: Cognito, pool: Pool, client: Client, input: Answer) {
  const username = input.given.USERNAME ?? invalidParameter("Missing required parameter USERNAME");
  checkSecretHash(client, username, input.given.SECRET_HASH);
  switch (input.name) {
    case "PASSWORD_VERIFIER":
      return finishSrp(cognito, pool, client, input.given);
    case "NEW_PASSWORD_REQUIRED":
      return newPassword(cognito, pool, client, input);
    case "SOFTWARE_TOKEN_MFA":
      return softwareToken(cognito, pool, client, input);
    case "MFA_SETUP":
      return mfaSetup(cognito, pool, client, input);
    default:
      return invalidParameter(`${input.name} is not supported on the laptop`);
  }
}

const answered = z.object({
  ClientId: clientId,
  ChallengeName: z.string().max(64),
  Session: z.string().max(2048).default(""),
  ChallengeResponses: parameters.default({}),
});

export const RespondToAuthChallenge = open(answered, (cognito, input) => {
  const { pool, client } = clientOf(cognito, input.ClientId);
  const { ChallengeName: name, Session: session, ChallengeResponses: given } = input;
  return answer(cognito, pool, client, { name, session, given });
});

export const AdminRespondToAuthChallenge = admin(
  answered.extend({ UserPoolId: poolId }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const client = pool.clients.get(input.ClientId);
    if (!client)
      return refuse("ResourceNotFoundException", `User pool client ${input.ClientId} does not exist.`);
    const { ChallengeName: name, Session: session, ChallengeResponses: given } = input;
    return answer(cognito, pool, client, { name, session, given });
  },
);
