import type { Challenges } from "./challenges";
import type { PasswordLock, SlidingLimit } from "./limits";
import type { Pool } from "./state";

/** What every operation works on. */
export type Cognito = {
  pools: Map<string, Pool>;
  region: string;
  /** Where this cloud is reached: issuers begin with it. */
  baseUrl: () => string;
  /** Milliseconds since 1970. */
  now: () => number;
  deliver: (mail: { to: string; subject: string; text: string }) => void;
  /** Call it after each change that must outlive a restart. */
  changed: () => void;
  challenges: Challenges;
  lock: PasswordLock;
  codeMails: SlidingLimit;
  codeMisses: SlidingLimit;
};
