import { isStrongPassword } from "@/lib/accounts/password-policy";
import { recordAudit } from "@/lib/audit/record";
import type { DoorDeps } from "@/lib/http/deps";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { enqueueNotice } from "@/lib/notifications/enqueue";
import type { IdentityRefusal } from "@/lib/ports/identity";
import { endOthers, type OwnSignIn, revokeAtCognito } from "./other-sign-ins";

export type ChangePasswordRefusal =
  | IdentityRefusal
  | { code: "PASSWORD_WEAK" }
  | { code: "SIGN_IN_LIMITED"; retryAfterSeconds: number };
type Change = {
  actor: Actor;
  origin: Origin;
  sub: string;
  accessToken: string;
  /** Stays signed in; all others end. */
  own: OwnSignIn;
  password: string;
  newPassword: string;
  locale: string;
};

/** Changes a password for who knows the old one. Tries count like failed sign-ins: a stolen session must not become a guess. Its owner is told by mail. */
export async function changePassword(
  deps: DoorDeps,
  { actor, origin, sub, accessToken, own, password, newPassword, locale }: Change,
): Promise<Result<void, ChangePasswordRefusal>> {
  if (!isStrongPassword(newPassword)) return err({ code: "PASSWORD_WEAK" });
  const limited = await deps.signInLimits.check(origin, sub);
  if (limited) return err({ code: "SIGN_IN_LIMITED", ...limited });
  const changed = await deps.identity.changePassword({ accessToken, password, newPassword });
  if (!changed.ok) {
    if (changed.error.code === "CREDENTIALS_REFUSED") await deps.signInLimits.failed(origin, sub);
    return changed;
  }
  await deps.signInLimits.succeeded(origin, sub);
  const user = await deps.identity.user(accessToken);
  const others = await deps.db.asActor({ kind: "system", name: "door" }, async (tx) => {
    await recordAudit(tx, { event: "PASSWORD_CHANGED", actor });
    if (user.ok)
      await enqueueNotice(deps, tx, {
        template: "password-changed",
        to: user.value.email,
        locale,
        url: `${deps.env.NEXT_PUBLIC_APP_URL}/forgot`,
        actor,
      });
    return endOthers(deps, tx, { sub, own });
  });
  await revokeAtCognito(deps, others);
  return ok(undefined);
}
