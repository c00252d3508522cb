import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor, Origin, Role } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import { noteSignIn } from "./people";
import { recoverSignIn } from "./recover-sign-in";
import { sessionTokensOf } from "./session-tokens";
import { openSession } from "./sessions";
import {
  type Attempt,
  finishSignIn,
  refuse,
  type SecondStep,
  type SignedIn,
  type SignInRefusal,
  signIn,
} from "./sign-in";

type Opened = Result<{ sessionToken: string; role: Role }, SignInRefusal>;

/** Signs a browser in. @returns the token for its cookie: a new one each time, so that none can be planted before. */
export async function signInBrowser(deps: DoorDeps, attempt: Omit<Attempt, "client">): Promise<Opened> {
  return open(deps, attempt.origin, await signIn(deps, { ...attempt, client: "web" }));
}

/** …by the second step that Cognito asked for. */
export async function finishSignInBrowser(deps: DoorDeps, step: Omit<SecondStep, "client">): Promise<Opened> {
  return open(deps, step.origin, await finishSignIn(deps, { ...step, client: "web" }));
}

/** …or by a recovery code in its place. */
export async function recoverSignInBrowser(
  deps: DoorDeps,
  recovery: Omit<Parameters<typeof recoverSignIn>[1], "client">,
): Promise<Opened> {
  return open(deps, recovery.origin, await recoverSignIn(deps, { ...recovery, client: "web" }));
}

/** Somebody whom Cognito calls staff and no row of ours does has nothing to see here and is refused. */
async function open(
  deps: DoorDeps,
  origin: Origin,
  signedIn: Result<SignedIn, SignInRefusal>,
): Promise<Opened> {
  if (!signedIn.ok) return signedIn;
  const { tokens, principal, person, role, secondStep } = signedIn.value;
  if (!person || !role) return refuse(deps, { client: "web", origin }, { code: "CREDENTIALS_REFUSED" });
  const sessionToken = await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    const token = await openSession(deps, tx, {
      sub: principal.sub,
      person,
      role,
      tokens: sessionTokensOf(principal.username, tokens, deps.clock.now()),
      authTime: new Date(principal.authTime * 1000),
      userAgent: origin.userAgent,
      secondStep,
    });
    await noteSignIn(tx, person, deps.clock.now());
    const actor: Actor = { kind: "person", id: person.id, role, name: person.name, origin };
    await recordAudit(tx, { event: "SIGN_IN", actor, metadata: { client: "web", secondStep } });
    return token;
  });
  return ok({ sessionToken, role });
}
