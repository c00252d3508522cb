import { sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { CodeRefusal, IdentityRefusal } from "@/lib/ports/identity";
import { accessTokenOf } from "./own-sessions";
import { forgetRecoveryCodes } from "./recovery-codes";
import type { Session } from "./sessions";

type Refusal = IdentityRefusal | CodeRefusal | { code: "SIGN_IN_LIMITED"; retryAfterSeconds: number };
type Own = { session: Session; actor: Actor; origin: Origin };
const ended = () => err({ code: "CREDENTIALS_REFUSED" } as const);
const door = { kind: "system", name: "door" } as const;

/** A new secret for an app, and the address (`otpauth:`) that it scans. Counts for nothing until a code of it was given. */
export async function beginApp(
  deps: DoorDeps,
  { session, issuer }: { session: Session; issuer: string },
): Promise<Result<{ secret: string; uri: string }, IdentityRefusal>> {
  const token = await accessTokenOf(deps, session);
  if (!token) return ended();
  const [user, begun] = [await deps.identity.user(token), await deps.identity.beginTotp(token)];
  if (!user.ok) return user;
  if (!begun.ok) return begun;
  const { secret } = begun.value;
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(user.value.email)}`;
  return ok({ secret, uri: `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}` });
}

/** Turns the second step on by a code of the new app. The session that did it has given one, and owes none. */
export async function finishApp(
  deps: DoorDeps,
  { session, actor, origin, code }: Own & { code: string },
): Promise<Result<void, Refusal>> {
  const limited = await deps.signInLimits.check(origin, session.sub);
  if (limited) return err({ code: "SIGN_IN_LIMITED", ...limited });
  const accessToken = await accessTokenOf(deps, session);
  if (!accessToken) return ended();
  const finished = await deps.identity.finishTotp({ accessToken, code });
  if (!finished.ok) {
    if (finished.error.code === "CODE_REFUSED") await deps.signInLimits.failed(origin, session.sub);
    return finished;
  }
  await deps.db.asActor(door, async (tx) => {
    await tx.execute(
      sql`UPDATE sessions SET second_step_at = ${deps.clock.now().toISOString()} WHERE id = ${session.id}`,
    );
    await recordAudit(tx, { event: "SECOND_STEP_ADDED", actor });
  });
  return ok(undefined);
}

/** Turns it off again, for who knows the password: a browser left open must not be enough. Not for staff where it is required. */
export async function stopApp(
  deps: DoorDeps,
  { session, actor, origin, password }: Own & { password: string },
): Promise<Result<void, Refusal | { code: "FORBIDDEN" }>> {
  if (deps.env.STAFF_MFA === "required" && session.kind === "staff") return err({ code: "FORBIDDEN" });
  const limited = await deps.signInLimits.check(origin, session.sub);
  if (limited) return err({ code: "SIGN_IN_LIMITED", ...limited });
  const accessToken = await accessTokenOf(deps, session);
  if (!accessToken) return ended();
  const user = await deps.identity.user(accessToken);
  if (!user.ok) return user;
  const proof = await deps.identity.signIn({ client: "web", email: user.value.email, password });
  if (!proof.ok) {
    if (proof.error.code === "CREDENTIALS_REFUSED") await deps.signInLimits.failed(origin, session.sub);
    return proof;
  }
  // The password was all that was asked: a sign-in that came of it is none.
  if (proof.value.kind === "signed-in")
    await deps.identity.revoke({ client: "web", refreshToken: proof.value.tokens.refreshToken });
  const stopped = await deps.identity.stopTotp(accessToken);
  if (!stopped.ok) return stopped;
  await deps.db.asActor(door, async (tx) => {
    await forgetRecoveryCodes(tx, session.sub);
    await recordAudit(tx, { event: "SECOND_STEP_REMOVED", actor });
  });
  return ok(undefined);
}
