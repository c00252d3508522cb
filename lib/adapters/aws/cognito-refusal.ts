import { err } from "@/lib/kernel/result";
import type { Away, IdentityRefusal } from "@/lib/ports/identity";
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
  if (isOperators(thrown)) throw thrown;
  // The vendor's lock after five wrong passwords comes as NotAuthorizedException; the right password would be refused too.
  if (message === "Password attempts exceeded")
    return err({ code: "IDENTITY_THROTTLED", retryAfterMs: 15_000 });
  return refusal ? err(refusal) : away(thrown);
}

/** A wrong or forgotten client secret, or a flow that the app client doesn't have: no caller's doing. */
export function isOperators(thrown: unknown): boolean {
  const [name, message] = [errorName(thrown), thrown instanceof Error ? thrown.message : ""];
  return (
    (name === "NotAuthorizedException" && /secret/i.test(message)) ||
    (name === "InvalidParameterException" && /not enabled/i.test(message))
  );
}

/** Cognito that is busy or away. Throws on everything else. */
export function away(thrown: unknown): { ok: false; error: Away } {
  const { code, retryAfterMs } = cloudRefusal(thrown).error;
  return err({
    code: code === "CLOUD_THROTTLED" ? "IDENTITY_THROTTLED" : "IDENTITY_UNAVAILABLE",
    retryAfterMs,
  });
}
