import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Away, CodeRefusal } from "@/lib/ports/identity";
import type { AccountLimited } from "./account-limits";
import { type AccountDeps, door, nobody, type Stranger } from "./deps";
import { atEvenPace } from "./even-pace";

/** The code that was mailed proves the address. One refusal for a wrong, old or used code and for an address that waits for none. */
export async function confirmSignUp(
  deps: AccountDeps,
  { code, ...stranger }: Stranger & { code: string },
): Promise<Result<void, CodeRefusal | AccountLimited>> {
  return withCode(deps, stranger, "ACCOUNT_CONFIRMED", (email) =>
    deps.identity.confirmSignUp({ client: stranger.client, email, code }),
  );
}

/** Sends the code anew to an account that waits for it. The answer is the same where there is none. */
export async function resendCode(
  deps: AccountDeps,
  stranger: Stranger,
): Promise<Result<void, AccountLimited | Away>> {
  const { client } = stranger;
  return withMail(deps, stranger, async (email) => {
    const sent = await deps.identity.resendCode({ client, email });
    return sent.ok ? ok(undefined) : sent;
  });
}

/** Has a code mailed under the limits for mail, at even pace. */
export async function withMail(
  deps: AccountDeps,
  { email: typed, origin }: Stranger,
  send: (email: string) => Promise<Result<void, Away>>,
): Promise<Result<void, AccountLimited | Away>> {
  const email = typed.trim().toLowerCase();
  return atEvenPace(deps, async () => {
    const limited = await deps.accountLimits.mail(origin, email);
    return limited ? err(limited) : send(email);
  });
}

/** Tries a code under its limits, at even pace, and records what came of it: never the address, never the code. */
export async function withCode(
  deps: AccountDeps,
  { client, email: typed, origin }: Stranger,
  event: "ACCOUNT_CONFIRMED" | "PASSWORD_RESET",
  attempt: (email: string) => Promise<Result<void, CodeRefusal>>,
): Promise<Result<void, CodeRefusal | AccountLimited>> {
  const email = typed.trim().toLowerCase();
  return atEvenPace(deps, async () => {
    const limited = await deps.accountLimits.checkCode(origin, email);
    if (limited) return err(limited);
    const tried = await attempt(email);
    const actor = nobody(origin);
    if (tried.ok) {
      await deps.accountLimits.codeTried(origin, email, true);
      await deps.db.asActor(door, (tx) => recordAudit(tx, { event, actor, metadata: { client } }));
    } else if (tried.error.code === "CODE_REFUSED") {
      await deps.accountLimits.codeTried(origin, email, false);
      await recordRefusal(deps, {
        event: "ACCOUNT_CODE_REFUSED",
        actor,
        errorCode: tried.error.code,
        metadata: { client, for: event },
      });
    }
    return tried;
  });
}
