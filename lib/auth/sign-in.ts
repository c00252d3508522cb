import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor, Origin, Role } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Challenge, IdentityRefusal, Tokens } from "@/lib/ports/identity";
import { agreedRole, findPerson, type Person } from "./people";
import { sessionTokensOf } from "./session-tokens";
import { openSession } from "./sessions";
import type { Principal } from "./verify-access-token";

export type SignInRefusal =
  | IdentityRefusal
  | { code: "SIGN_IN_LIMITED"; retryAfterSeconds: number }
  /** Cognito asks for a second step. */
  | { code: "CHALLENGE"; challenge: Challenge };
export type SignedIn = { tokens: Tokens; principal: Principal; person: Person | null; role: Role | null };
type Attempt = { client: "web" | "api"; email: string; password: string; origin: Origin };

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
  if (answer.value.kind === "challenge") return err({ code: "CHALLENGE", challenge: answer.value.challenge });

  const { tokens } = answer.value;
  const verified = await deps.verifyAccessToken(tokens.accessToken);
  if (!verified.ok) throw new Error(`Cognito issued an access token that we refuse: ${verified.error.code}`);
  const principal = verified.value;
  const person = await deps.db.asActor({ kind: "system", name: "door" }, (tx) =>
    findPerson(tx, principal.sub),
  );
  if (person?.suspended) return refuse(deps, attempt, { code: "CREDENTIALS_REFUSED" });
  await deps.signInLimits.succeeded(origin, email);
  return ok({ tokens, principal, person, role: person ? agreedRole(person.role, principal.groups) : null });
}

/** Signs a browser in. @returns the token for its cookie. Somebody without a row of ours has nothing to see here and is refused. */
export async function signInBrowser(
  deps: DoorDeps,
  attempt: Omit<Attempt, "client">,
): Promise<Result<{ sessionToken: string; role: Role }, SignInRefusal>> {
  const signedIn = await signIn(deps, { ...attempt, client: "web" });
  if (!signedIn.ok) return signedIn;
  const { tokens, principal, person, role } = signedIn.value;
  if (!person || !role) return refuse(deps, { ...attempt, client: "web" }, { code: "CREDENTIALS_REFUSED" });
  const sessionToken = await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    const token = await openSession(deps, tx, {
      sub: principal.sub,
      person,
      role,
      tokens: sessionTokensOf(principal.username, tokens, deps.clock.now()),
      authTime: new Date(principal.authTime * 1000),
    });
    const actor: Actor = { kind: "person", id: person.id, role, name: person.name, origin: attempt.origin };
    await recordAudit(tx, { event: "SIGN_IN", actor, metadata: { client: "web" } });
    return token;
  });
  return ok({ sessionToken, role });
}

async function refuse<T extends SignInRefusal>(
  deps: DoorDeps,
  { client, origin }: Pick<Attempt, "client" | "origin">,
  refusal: T,
) {
  await recordRefusal(deps, {
    event: "SIGN_IN_REFUSED",
    actor: { kind: "anonymous", origin },
    success: false,
    errorCode: refusal.code,
    metadata: { client },
  });
  return err(refusal);
}
