import type { OpenCounter } from "@/lib/http/limit-store";
import { limitKeyOf } from "@/lib/http/origin";
import type { Origin } from "@/lib/kernel/actor";

/** Failed sign-ins. A success forgives its own pair of account and address, so a fumbler starts afresh. */
export type SignInLimits = {
  /** Null: go on. */
  check(origin: Origin, email: string): Promise<{ retryAfterSeconds: number } | null>;
  failed(origin: Origin, email: string): Promise<void>;
  succeeded(origin: Origin, email: string): Promise<void>;
};

/**
 * Per account and address, so that nobody can lock a colleague out from elsewhere; per address, against many accounts from one place;
 * per account from everywhere, against one account from many places (NIST SP 800-63B §5.2.2: at most 100).
 */
export const signInRules = {
  pair: { name: "sign-in-pair", allowed: 8, perSeconds: 900 },
  address: { name: "sign-in-address", allowed: 40, perSeconds: 900 },
  account: { name: "sign-in-account", allowed: 100, perSeconds: 86_400 },
} as const;

export function openSignInLimits(deps: {
  counters: OpenCounter;
  hash: (text: string) => string;
}): SignInLimits {
  const { counters, hash } = deps;
  const [pair, address, account] = [
    counters(signInRules.pair),
    counters(signInRules.address),
    counters(signInRules.account),
  ];
  const keys = (origin: Origin, email: string) => {
    const [from, who] = [limitKeyOf(origin.ip), email.trim().toLowerCase()];
    return {
      pair: hash(`pair ${from} ${who}`),
      address: hash(`from ${from}`),
      account: hash(`account ${who}`),
    };
  };
  return {
    async check(origin, email) {
      const key = keys(origin, email);
      const waits = await Promise.all([
        pair.full(key.pair),
        address.full(key.address),
        account.full(key.account),
      ]);
      const waitMs = Math.max(...waits.map((wait) => wait ?? 0));
      return waitMs > 0 ? { retryAfterSeconds: Math.ceil(waitMs / 1000) } : null;
    },
    async failed(origin, email) {
      const key = keys(origin, email);
      await Promise.all([pair.count(key.pair), address.count(key.address), account.count(key.account)]);
    },
    async succeeded(origin, email) {
      await pair.forget(keys(origin, email).pair);
    },
  };
}
