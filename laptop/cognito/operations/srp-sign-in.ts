import type { Cognito } from "../context";
import { decoyRecord, decoySub } from "../decoy";
import { checkSecretHash, findUser } from "../find";
import { checkMayEnter, nextStep } from "../next-step";
import { poolName } from "../password";
import { invalidParameter, notAuthorized, refuse } from "../refuse";
import { beginExchange, proofHolds } from "../srp";
import type { Client, Pool } from "../state";

/** First half: the client's A for our B and the salt. Somebody who doesn't exist gets an answer of the same make. */
export function beginSrp(cognito: Cognito, pool: Pool, client: Client, given: Record<string, string>) {
  const { USERNAME: username, SRP_A: clientA } = given;
  if (!username || !clientA) return invalidParameter("Missing required parameter USERNAME or SRP_A");
  checkSecretHash(client, username, given.SECRET_HASH);
  const user = findUser(pool, username);
  if (!user && !client.hidesUsers) return refuse("UserNotFoundException", "User does not exist.");
  const lockKey = `${pool.id} ${user?.sub ?? username.toLowerCase()}`;
  cognito.lock.check(lockKey);
  const record = user?.password ?? decoyRecord(pool, username);
  const sub = user?.sub ?? decoySub(pool, username);
  const exchange = beginExchange(clientA, record.verifier) ?? invalidParameter("SRP_A is not a valid number");
  const secretBlock = cognito.challenges.put(
    {
      name: "PASSWORD_VERIFIER",
      poolId: pool.id,
      clientId: client.id,
      sub,
      expiresAt: cognito.now() + client.challengeSeconds * 1000,
      misses: 0,
      exchange,
      lockKey,
      real: user !== undefined,
    },
    "base64",
  );
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: {
      SALT: record.srpSalt,
      SECRET_BLOCK: secretBlock,
      SRP_B: exchange.B.toString(16),
      USERNAME: sub,
      USER_ID_FOR_SRP: sub,
    },
  };
}

/** Second half: the proof. The secret block is spent by the attempt, right or wrong. */
export function finishSrp(cognito: Cognito, pool: Pool, client: Client, given: Record<string, string>) {
  const { PASSWORD_CLAIM_SECRET_BLOCK: block = "", PASSWORD_CLAIM_SIGNATURE: signature = "" } = given;
  const timestamp = given.TIMESTAMP ?? "";
  const challenge = cognito.challenges.get(block, "PASSWORD_VERIFIER", client, pool);
  cognito.challenges.spend(block);
  cognito.lock.check(challenge.lockKey);
  const proof = {
    poolName: poolName(pool.id),
    userId: challenge.sub,
    secretBlock: Buffer.from(block, "base64"),
    timestamp,
    signature,
  };
  const holds = isCurrent(timestamp, cognito.now()) && proofHolds(challenge.exchange, proof);
  const user = pool.users.get(challenge.sub);
  if (!holds || !challenge.real || !user) {
    cognito.lock.failed(challenge.lockKey);
    return notAuthorized();
  }
  cognito.lock.succeeded(challenge.lockKey);
  checkMayEnter(cognito, user);
  return nextStep(cognito, pool, client, user);
}

/** `Sat Nov 21 09:05:07 UTC 2026`, at most five minutes from our own time. */
function isCurrent(timestamp: string, now: number): boolean {
  const written = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) UTC (\d{4})$/.exec(timestamp);
  if (!written) return false;
  const [, month, day, time, year] = written;
  return Math.abs(Date.parse(`${day} ${month} ${year} ${time} UTC`) - now) <= 5 * 60_000;
}
