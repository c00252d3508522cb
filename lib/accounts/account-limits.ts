import type { Origin } from "@/lib/kernel/actor";

export type AccountLimited = { code: "ACCOUNT_LIMITED"; retryAfterSeconds: number };

/**
 * Slows whoever has mails sent or guesses codes, by the address that they name and by where they come from. It never asks whether there is
 * such an account, so it cannot tell (`lib/http/account-limits.ts` implements it).
 */
export type AccountLimits = {
  /** Counts one mail that is about to go out, or would. Null: go on. */
  mail(origin: Origin, email: string): Promise<AccountLimited | null>;
  /** Before a code is tried. Null: go on. */
  checkCode(origin: Origin, email: string): Promise<AccountLimited | null>;
  /** A new code does not reset the count; a right one forgives this pair of address and place. */
  codeTried(origin: Origin, email: string, right: boolean): Promise<void>;
};
