import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { system } from "@/db/testing/people";
import { openSignInLimits } from "@/lib/auth/sign-in-limits";
import type { Role } from "@/lib/kernel/actor";
import { err, ok } from "@/lib/kernel/result";
import type { Identity } from "@/lib/ports/identity";
import { openVisits } from "@/lib/visits/testing";
import type { DoorDeps } from "./deps";
import { openFloodLimits } from "./flood";
import { memoryCounters } from "./limit-store";
import { openGuessLimits } from "./limits";
import { openVisitFeed } from "./visit-feed";

type Account = { sub: string; email: string; groups: string[] };
const password = "Correct-Horse-1!";

/** Cognito in memory: every account has the same password, and a token is its account's name in three parts. */
function memoryIdentity() {
  const accounts = new Map<string, Account>();
  const state = { accounts, password, refreshes: true, revoked: [] as string[], tokenSeconds: 3600 };
  const tokensOf = ({ email }: Account) => {
    const text = `a.${Buffer.from(email).toString("base64url")}.c`;
    return {
      accessToken: text,
      idToken: text,
      refreshToken: `r-${email}`,
      expiresIn: state.tokenSeconds,
      tokenType: "Bearer" as const,
    };
  };
  const read = (token: string) =>
    accounts.get(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  const identity: Identity = {
    signIn: async ({ email, password: given }) => {
      const account = accounts.get(email);
      if (!account || given !== password) return err({ code: "CREDENTIALS_REFUSED" });
      return ok({ kind: "signed-in", tokens: tokensOf(account) });
    },
    refresh: async ({ username }) =>
      state.refreshes ? ok(tokensOf(accounts.get(username)!)) : err({ code: "CREDENTIALS_REFUSED" }),
    revoke: async ({ refreshToken }) => {
      state.revoked.push(refreshToken);
      return ok(undefined);
    },
    user: async (token) => {
      const account = read(token);
      if (!account) return err({ code: "CREDENTIALS_REFUSED" });
      return ok({ sub: account.sub, username: account.sub, email: account.email, emailVerified: true });
    },
    ensureUser: async () => ok({ sub: randomUUID() }),
  };
  const verifyAccessToken: DoorDeps["verifyAccessToken"] = async (token) => {
    const account = read(token);
    if (!account) return err({ code: "ACCESS_TOKEN_INVALID" });
    const now = Math.floor(Date.now() / 1000);
    return ok({
      sub: account.sub,
      username: account.email,
      groups: account.groups,
      authTime: now,
      originJti: "o",
      issuedAt: now,
      clientId: "api",
      expiresAt: now + 3600,
      scope: ["aws.cognito.signin.user.admin"],
    });
  };
  return {
    ...state,
    state,
    identity,
    verifyAccessToken,
    bearerOf: (email: string) => tokensOf(accounts.get(email)!).accessToken,
  };
}

/** The doors on a real database of their own, with every cloud in memory. */
export async function openDoors() {
  const visits = await openVisits();
  const cognito = memoryIdentity();
  const { clock } = visits.deps;
  const hash = (text: string) => text;
  const deps: DoorDeps & typeof visits.deps = {
    ...visits.deps,
    identity: cognito.identity,
    verifyAccessToken: cognito.verifyAccessToken,
    guessLimits: openGuessLimits({
      counters: memoryCounters,
      hash,
      now: () => clock.now().getTime(),
    }) as never,
    signInLimits: openSignInLimits({ counters: memoryCounters, hash }),
    floodLimits: openFloodLimits(true),
    visitFeed: openVisitFeed(visits.deps.db),
  };

  /** An account with us and with Cognito. */
  async function enroll(role: Role, groups: string[] = role === "customer" ? [] : [role]) {
    const account = { sub: randomUUID(), email: `${randomUUID()}@example.test`, groups };
    const id = randomUUID();
    cognito.accounts.set(account.email, account);
    await deps.db.asActor(system, (tx) =>
      role === "customer"
        ? tx.execute(sql`INSERT INTO customers (id, sub, first_name, last_name, state, time_zone)
            VALUES (${id}, ${account.sub}, 'Pat', 'Test', 'NY', 'America/New_York')`)
        : tx.execute(sql`INSERT INTO staff (id, sub, email, role, first_name, last_name, time_zone)
            VALUES (${id}, ${account.sub}, ${account.email}, ${role}, 'Sam', 'Test', 'America/New_York')`),
    );
    return { ...account, id, role, bearer: cognito.bearerOf(account.email) };
  }
  return { deps, cognito, enroll, password, close: visits.close };
}
export type TestDoors = Awaited<ReturnType<typeof openDoors>>;
