import type { AccountLimited, AccountLimits } from "@/lib/accounts/account-limits";
import type { Origin } from "@/lib/kernel/actor";
import type { OpenCounter } from "./limit-store";
import { limitKeyOf } from "./origin";

/**
 * Mails: enough for somebody whose mail is slow, too few to fill a stranger's inbox. Codes have six digits and live for hours: ten tries a day
 * at one account find one in 100,000 (NIST SP 800-63B §5.2.2 allows 100 failures in all), and Cognito itself takes five an hour.
 */
export const accountRules = {
  mailTo: { name: "account-mail-to", allowed: 5, perSeconds: 3600 },
  mailFrom: { name: "account-mail-from", allowed: 100, perSeconds: 3600 },
  codePair: { name: "account-code-pair", allowed: 5, perSeconds: 900 },
  codeAddress: { name: "account-code-address", allowed: 40, perSeconds: 900 },
  codeAccount: { name: "account-code-account", allowed: 10, perSeconds: 86_400 },
} as const;

/** @param hash a keyed hash: no address is stored. */
export function openAccountLimits({
  counters,
  hash,
}: {
  counters: OpenCounter;
  hash: (text: string) => string;
}): AccountLimits {
  const [mailTo, mailFrom] = [counters(accountRules.mailTo), counters(accountRules.mailFrom)];
  const pair = counters(accountRules.codePair);
  const address = counters(accountRules.codeAddress);
  const account = counters(accountRules.codeAccount);
  const keys = (origin: Origin, email: string) => {
    const from = limitKeyOf(origin.ip);
    return {
      pair: hash(`account pair ${from} ${email}`),
      from: hash(`account from ${from}`),
      to: hash(`account ${email}`),
    };
  };
  return {
    async mail(origin, email) {
      const key = keys(origin, email);
      return limited(await Promise.all([mailTo.count(key.to), mailFrom.count(key.from)]));
    },
    async checkCode(origin, email) {
      const key = keys(origin, email);
      return limited(await Promise.all([pair.full(key.pair), address.full(key.from), account.full(key.to)]));
    },
    async codeTried(origin, email, right) {
      const key = keys(origin, email);
      if (right) await pair.forget(key.pair);
      else await Promise.all([pair.count(key.pair), address.count(key.from), account.count(key.to)]);
    },
  };
}

function limited(waits: (number | null)[]): AccountLimited | null {
  const waitMs = Math.max(...waits.map((wait) => wait ?? 0));
  return waitMs > 0 ? { code: "ACCOUNT_LIMITED", retryAfterSeconds: Math.ceil(waitMs / 1000) } : null;
}
