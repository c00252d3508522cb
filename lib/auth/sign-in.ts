import { sql } from "drizzle-orm";
import { door } from "@/lib/accounts/deps";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { DoorDeps } from "@/lib/http/deps";
import type { Origin, Role } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type {
  AppClient,
  ChallengeAnswer,
  ChallengeRefusal,
  IdentityRefusal,
  Tokens,
} from "@/lib/ports/identity";
import { ensurePerson } from "./ensure-account";
import { agreedRole, type Person } from "./people";
import { openChallenge, sealChallenge } from "./sealed-challenge";
import type { Principal } from "./verify-access-token";

export type SignInRefusal =
  | IdentityRefusal
  | ChallengeRefusal
  | { code: "SIGN_IN_LIMITED"; retryAfterSeconds: number }
  /** Cognito asks for a second step, by its own name; `session` is ours, for `finishSignIn`. */
  | { code: "CHALLENGE"; challenge: string; session: string };
export type SignedIn = {
  tokens: Tokens;
  principal: Principal;
  person: Person | null;
  role: Role | null;
  /** A code of an authenticator app was part of it. */
  secondStep: boolean;
};
export type Attempt = { client: AppClient; email: string; password: string; origin: Origin };
export type SecondStep = { client: AppClient; session: string; answer: ChallengeAnswer; origin: Origin };
type Place = { client: AppClient; email: string; origin: Origin };

/**
 * Proves a password to Cognito and finds who that is with us. An unknown address, a wrong password and a suspended colleague are told
 * the same, after the same work. Every outcome is audited, without the address.
 */
export async function signIn(deps: DoorDeps, attempt: Attempt): Promise<Result<SignedIn, SignInRefusal>> {
  const { client, email, password, origin } = attempt;
  const limited = await deps.signInLimits.check(origin, email);
  if (limited) return refuse(deps, attempt, { code: "SIGN_IN_LIMITED", ...limited });

  const answer = await deps.identity.signIn({ client, email: email.trim(), password });
  if (!answer.ok) {
    if (answer.error.code === "CREDENTIALS_REFUSED") await deps.signInLimits.failed(origin, email);
    return refuse(deps, attempt, answer.error);
  }
  return goOn(deps, attempt, answer.value, false);
}

/** Answers the second step. A wrong code counts as a failed sign-in of the address that began it. */
export async function finishSignIn(
  deps: DoorDeps,
  { client, session, answer: given, origin }: SecondStep,
): Promise<Result<SignedIn, SignInRefusal>> {
  const challenge = openChallenge(deps.keyring, client, session);
  if (!challenge) return err({ code: "CHALLENGE_OVER" });
  const place = { client, email: challenge.email, origin };
  const limited = await deps.signInLimits.check(origin, challenge.email);
  if (limited) return refuse(deps, place, { code: "SIGN_IN_LIMITED", ...limited });
  const answer = await deps.identity.answerChallenge({ client, challenge, answer: given });
  if (!answer.ok) {
    if (answer.error.code === "CODE_REFUSED") await deps.signInLimits.failed(origin, challenge.email);
    return refuse(deps, place, answer.error);
  }
  return goOn(deps, place, answer.value, challenge.challenge === "SOFTWARE_TOKEN_MFA");
}

type Answer = Extract<Awaited<ReturnType<DoorDeps["identity"]["signIn"]>>, { ok: true }>["value"];

async function goOn(
  deps: DoorDeps,
  place: Place,
  answer: Answer,
  secondStep: boolean,
): Promise<Result<SignedIn, SignInRefusal>> {
  const { client, email } = place;
  if (answer.kind === "challenge") {
    const { challenge } = answer.challenge;
    return err({
      code: "CHALLENGE",
      challenge,
      session: sealChallenge(deps.keyring, client, email, answer.challenge),
    });
  }
  return admitTokens(deps, place, answer.tokens, secondStep);
}

/** Who it is that Cognito let in, and whether they are welcome here. */
export async function admitTokens(
  deps: DoorDeps,
  place: Place,
  tokens: Tokens,
  secondStep: boolean,
): Promise<Result<SignedIn, SignInRefusal>> {
  const { email, origin } = place;
  const verified = await deps.verifyAccessToken(tokens.accessToken);
  if (!verified.ok) throw new Error(`Cognito issued an access token that we refuse: ${verified.error.code}`);
  const principal = verified.value;
  // Cognito does not ask this account for its app just now, for the sake of another sign-in (`recover-sign-in.ts`).
  if (!secondStep && (await isPaused(deps, principal.sub)))
    return refuse(deps, place, { code: "IDENTITY_THROTTLED", retryAfterMs: 2_000 });
  const found = await ensurePerson(deps, { principal, accessToken: tokens.accessToken });
  if (!found.ok) return refuse(deps, place, found.error);
  const person = found.value;
  if (person?.suspended) return refuse(deps, place, { code: "CREDENTIALS_REFUSED" });
  await deps.signInLimits.succeeded(origin, email);
  const role = person ? agreedRole(person.role, principal.groups) : null;
  return ok({ tokens, principal, person, role, secondStep });
}

async function isPaused({ db }: DoorDeps, sub: string): Promise<boolean> {
  const rows = await db.asActor(door, (tx) =>
    tx.execute(sql`SELECT 1 FROM second_step_pauses WHERE sub = ${sub}`),
  );
  return rows.length > 0;
}

/** Records why, and answers it. */
export async function refuse<T extends { code: string }>(
  deps: DoorDeps,
  { client, origin }: Pick<Place, "client" | "origin">,
  refusal: T,
): Promise<{ ok: false; error: T }> {
  await recordRefusal(deps, {
    event: "SIGN_IN_REFUSED",
    actor: { kind: "anonymous", origin },
    success: false,
    errorCode: refusal.code,
    metadata: { client },
  });
  return err(refusal);
}
