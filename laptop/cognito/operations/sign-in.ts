import { z } from "zod";
import type { Cognito } from "../context";
import { decoyRecord } from "../decoy";
import { checkSecretHash, clientOf, findUser, poolOf, requireFlow } from "../find";
import { checkMayEnter, nextStep } from "../next-step";
import { admin, clientId, open, parameters, poolId } from "../operation";
import { passwordMatches } from "../password";
import { invalidParameter, notAuthorized, refuse } from "../refuse";
import type { Client, Pool } from "../state";
import { refreshInPlace } from "./refresh";
import { beginSrp } from "./srp-sign-in";

type Parameters = Record<string, string>;

/** The password itself, over TLS. Costs the same hash whether or not the user exists. */
async function withPassword(cognito: Cognito, pool: Pool, client: Client, given: Parameters) {
  const { USERNAME: username, PASSWORD: password } = given;
  if (!username || !password) return invalidParameter("Missing required parameter USERNAME or PASSWORD");
  checkSecretHash(client, username, given.SECRET_HASH);
  const user = findUser(pool, username);
  if (!user && !client.hidesUsers) return refuse("UserNotFoundException", "User does not exist.");
  const lockKey = `${pool.id} ${user?.sub ?? username.toLowerCase()}`;
  cognito.lock.check(lockKey);
  const record = user?.password ?? decoyRecord(pool, username);
  const matches = await passwordMatches(record, password);
  if (!user || !matches) {
    cognito.lock.failed(lockKey);
    return notAuthorized();
  }
  cognito.lock.succeeded(lockKey);
  checkMayEnter(cognito, user);
  return nextStep(cognito, pool, client, user);
}

async function signIn(cognito: Cognito, pool: Pool, client: Client, flow: string, given: Parameters) {
  switch (flow) {
    case "USER_PASSWORD_AUTH":
    case "ADMIN_USER_PASSWORD_AUTH":
      requireFlow(client, flow);
      return withPassword(cognito, pool, client, given);
    case "USER_SRP_AUTH":
      requireFlow(client, flow);
      return beginSrp(cognito, pool, client, given);
    case "REFRESH_TOKEN_AUTH":
    case "REFRESH_TOKEN":
      requireFlow(client, "REFRESH_TOKEN_AUTH");
      return refreshInPlace(cognito, pool, client, given);
    default:
      return invalidParameter(`${flow} is not supported on the laptop`);
  }
}

export const InitiateAuth = open(
  z.object({ ClientId: clientId, AuthFlow: z.string().max(64), AuthParameters: parameters.default({}) }),
  (cognito, input) => {
    const { pool, client } = clientOf(cognito, input.ClientId);
    if (input.AuthFlow.startsWith("ADMIN_")) invalidParameter("Initiate Auth method not supported.");
    return signIn(cognito, pool, client, input.AuthFlow, input.AuthParameters);
  },
);

export const AdminInitiateAuth = admin(
  z.object({
    UserPoolId: poolId,
    ClientId: clientId,
    AuthFlow: z.string().max(64),
    AuthParameters: parameters.default({}),
  }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const client = pool.clients.get(input.ClientId);
    if (!client)
      return refuse("ResourceNotFoundException", `User pool client ${input.ClientId} does not exist.`);
    return signIn(cognito, pool, client, input.AuthFlow, input.AuthParameters);
  },
);
