import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import { noteLogin } from "./api-logins";
import { noteSignIn } from "./people";
import { owesSecondStep } from "./second-step";
import { refuse, type SignedIn, type SignInRefusal } from "./sign-in";

/** Seed 3's answer to a log-in. `expires_in` in seconds. */
export type LoginAnswer = {
  success: true;
  access_token: string;
  refresh_token: string;
  id_token: string;
  token_type: "Bearer";
  expires_in: number;
  user: { sub: string; username: string; email: string; email_verified: boolean };
};

/** Hands the tokens of a sign-in to a caller of the API, and notes the sign-in, so that a log-out can end it. */
export async function admitCaller(
  deps: DoorDeps,
  origin: Origin,
  signedIn: Result<SignedIn, SignInRefusal>,
): Promise<Result<LoginAnswer, SignInRefusal | { code: "SECOND_STEP_REQUIRED" }>> {
  if (!signedIn.ok) return signedIn;
  const { tokens, principal, person, role, secondStep } = signedIn.value;
  if (owesSecondStep(deps.env, person, secondStep)) {
    await deps.identity.revoke({ client: "api", refreshToken: tokens.refreshToken });
    return refuse(deps, { client: "api", origin }, { code: "SECOND_STEP_REQUIRED" });
  }
  const user = await deps.identity.user(tokens.accessToken);
  if (!user.ok) return user;
  const actor: Actor =
    person && role
      ? { kind: "person", id: person.id, role, name: person.name, origin }
      : { kind: "anonymous", origin };
  await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    if (person) await noteSignIn(tx, person, deps.clock.now());
    await noteLogin(deps, tx, { principal, refreshToken: tokens.refreshToken, secondStep });
    await recordAudit(tx, { event: "SIGN_IN", actor, metadata: { client: "api", secondStep } });
  });
  const { sub, email, emailVerified } = user.value;
  return ok({
    success: true,
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    id_token: tokens.idToken,
    token_type: tokens.tokenType,
    expires_in: tokens.expiresIn,
    user: { sub, username: email, email, email_verified: emailVerified },
  });
}
