import { randomBytes } from "node:crypto";
import { notAuthorized } from "./refuse";
import type { SrpExchange } from "./srp";
import type { Client, Pool } from "./state";

/** A second step that somebody owes. Lives in memory for the client's `challengeSeconds`; answered at most once. */
export type Challenge = {
  poolId: string;
  clientId: string;
  sub: string;
  expiresAt: number;
  misses: number;
} & (
  | { name: "NEW_PASSWORD_REQUIRED" }
  | { name: "SOFTWARE_TOKEN_MFA" }
  | { name: "MFA_SETUP"; secret?: string; verified: boolean }
  | { name: "PASSWORD_VERIFIER"; exchange: SrpExchange; lockKey: string; real: boolean }
);
type Named<Name extends Challenge["name"]> = Extract<Challenge, { name: Name }>;

export function challengeStore(now: () => number) {
  const open = new Map<string, Challenge>();
  return {
    /** @returns the session (for SRP: the secret block), 32 random bytes in base64url or base64. */
    put(challenge: Challenge, encoding: "base64" | "base64url" = "base64url"): string {
      for (const [session, other] of open) if (other.expiresAt <= now()) open.delete(session);
      const session = randomBytes(64).toString(encoding);
      open.set(session, challenge);
      return session;
    },
    /** Looks without spending. Whoever comes from another client or pool, too late or twice, sees one and the same refusal. */
    get<Name extends Challenge["name"]>(
      session: string,
      name: Name,
      client: Client,
      pool: Pool,
    ): Named<Name> {
      const found = open.get(session);
      const mine = found?.name === name && found.clientId === client.id && found.poolId === pool.id;
      if (!found || !mine || found.expiresAt <= now())
        return notAuthorized("Invalid session for the user, session is expired or can only be used once.");
      return found as Named<Name>;
    },
    byAnyClient(session: string): Challenge {
      const found = open.get(session);
      if (!found || found.expiresAt <= now())
        return notAuthorized("Invalid session for the user, session is expired or can only be used once.");
      return found;
    },
    spend: (session: string) => void open.delete(session),
  };
}
export type Challenges = ReturnType<typeof challengeStore>;
