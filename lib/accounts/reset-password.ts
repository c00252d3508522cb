import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { enqueueNotice } from "@/lib/notifications/enqueue";
import type { Away, CodeRefusal } from "@/lib/ports/identity";
import type { AccountLimited } from "./account-limits";
import { withCode, withMail } from "./confirm-sign-up";
import { type AccountDeps, door, nobody, type Stranger } from "./deps";
import { endSignIns } from "./end-sign-ins";
import { isStrongPassword } from "./password-policy";

/** Mails a code for a new password. The answer is the same where there is no such account. */
export async function forgotPassword(
  deps: AccountDeps,
  stranger: Stranger,
): Promise<Result<void, AccountLimited | Away>> {
  const { client, origin } = stranger;
  return withMail(deps, stranger, async (email) => {
    const asked = await deps.identity.forgotPassword({ client, email });
    if (!asked.ok) return asked;
    await deps.db.asActor(door, (tx) =>
      recordAudit(tx, { event: "PASSWORD_RESET_ASKED", actor: nobody(origin), metadata: { client } }),
    );
    return ok(undefined);
  });
}

/**
 * Sets a new password by the code that was mailed. Every sign-in of before ends, for whoever stole one keeps none, and the owner is told.
 */
export async function resetPassword(
  deps: AccountDeps,
  { code, password, locale, ...stranger }: Stranger & { code: string; password: string; locale: string },
): Promise<Result<void, CodeRefusal | AccountLimited>> {
  if (!isStrongPassword(password)) return err({ code: "PASSWORD_WEAK" });
  const { client, origin } = stranger;
  const reset = await withCode(deps, stranger, "PASSWORD_RESET", (email) =>
    deps.identity.resetPassword({ client, email, code, password }),
  );
  if (!reset.ok) return reset;
  const email = stranger.email.trim().toLowerCase();
  const ended = await deps.identity.endSignInsOf(email);
  if (!ended.ok) deps.log.warn({ refusal: ended.error.code }, "sign-ins not ended at Cognito after a reset");
  await deps.db.asActor(door, async (tx) => {
    if (ended.ok && ended.value) await endSignIns(tx, { sub: ended.value.sub, now: deps.clock.now() });
    await enqueueNotice(deps, tx, {
      template: "password-changed",
      to: email,
      locale,
      url: `${deps.env.NEXT_PUBLIC_APP_URL}/forgot`,
      actor: nobody(origin),
    });
  });
  return ok(undefined);
}
