import { err } from "@/lib/kernel/result";
import type { IdentityRefusal } from "@/lib/ports/identity";
import { cloudRefusal, errorName } from "./cloud-errors";

/** What a person can do something about. "User is disabled." is CREDENTIALS_REFUSED too: an account's state is nobody else's business. */
const refusals: Record<string, IdentityRefusal> = {
  NotAuthorizedException: { code: "CREDENTIALS_REFUSED" },
  UserNotFoundException: { code: "CREDENTIALS_REFUSED" },
  RefreshTokenReuseException: { code: "CREDENTIALS_REFUSED" },
  UserNotConfirmedException: { code: "ACCOUNT_UNCONFIRMED" },
  PasswordResetRequiredException: { code: "PASSWORD_RESET_REQUIRED" },
  TooManyFailedAttemptsException: { code: "IDENTITY_THROTTLED", retryAfterMs: 15_000 },
};

/**
 * Cognito's exceptions as refusals. Throws on what only an operator can cure: a wrong app client, secret or flow must not read
 * as somebody's wrong password.
 */
export function identityRefusal(thrown: unknown): { ok: false; error: IdentityRefusal } {
  const refusal = refusals[errorName(thrown)];
  const message = thrown instanceof Error ? thrown.message : "";
  if (refusal?.code === "CREDENTIALS_REFUSED" && /secret/i.test(message)) throw thrown;
  // The vendor's lock after five wrong passwords comes as NotAuthorizedException; the right password would be refused too.
  if (message === "Password attempts exceeded")
    return err({ code: "IDENTITY_THROTTLED", retryAfterMs: 15_000 });
  if (refusal) return err(refusal);
  const { code, retryAfterMs } = cloudRefusal(thrown).error;
  return err({
    code: code === "CLOUD_THROTTLED" ? "IDENTITY_THROTTLED" : "IDENTITY_UNAVAILABLE",
    retryAfterMs,
  });
}
