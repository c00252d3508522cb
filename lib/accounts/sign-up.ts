import { randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { enqueueNotice } from "@/lib/notifications/enqueue";
import type { Away } from "@/lib/ports/identity";
import type { AccountLimited } from "./account-limits";
import { type AccountDeps, door, nobody, type Stranger } from "./deps";
import { atEvenPace } from "./even-pace";
import { isStrongPassword } from "./password-policy";

export type SignUpRefused = { code: "EMAIL_INVALID" } | { code: "PASSWORD_WEAK" } | AccountLimited | Away;
type Application = Stranger & { password: string; firstName?: string; lastName?: string; locale: string };

/**
 * Open sign-up: makes a customer's account, which a code by mail confirms. For an address that has an account already the answer is the same,
 * with a `userSub` that is nobody's; its owner is told by mail, or gets the code anew where it was never confirmed.
 */
export async function signUp(
  deps: AccountDeps,
  application: Application,
): Promise<Result<{ userSub: string }, SignUpRefused>> {
  const { client, origin, password } = application;
  const email = application.email.trim().toLowerCase();
  // Told at once, and before it is counted: it says nothing of the address.
  if (!isStrongPassword(password)) return err({ code: "PASSWORD_WEAK" });
  return atEvenPace(deps, async () => {
    const limited = await deps.accountLimits.mail(origin, email);
    if (limited) return err(limited);
    const made = await deps.identity.signUp({ ...application, email });
    if (!made.ok && made.error.code !== "ACCOUNT_EXISTS") return err(made.error);
    if (!made.ok) await tellOwner(deps, { ...application, email });
    await deps.db.asActor(door, (tx) =>
      recordAudit(tx, {
        event: "ACCOUNT_SIGNED_UP",
        actor: nobody(origin),
        metadata: { client },
        ...(!made.ok && { success: false, errorCode: made.error.code }),
      }),
    );
    return ok({ userSub: made.ok ? made.value.sub : randomUUID() });
  });
}

/** To the address itself, never to whoever asked. */
async function tellOwner(deps: AccountDeps, { client, email, origin, locale }: Application): Promise<void> {
  const resent = await deps.identity.resendCode({ client, email });
  if (resent.ok && resent.value.sent) return;
  await deps.db.asActor(door, (tx) =>
    enqueueNotice(deps, tx, {
      template: "account-exists",
      to: email,
      locale,
      url: `${deps.env.NEXT_PUBLIC_APP_URL}/sign-in`,
      actor: nobody(origin),
    }),
  );
}
