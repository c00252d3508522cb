import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { system } from "@/db/testing/people";
import { openKeyLimits } from "@/lib/auth/key-limits";
import { openSignInLimits } from "@/lib/auth/sign-in-limits";
import { memoryIdentity } from "@/lib/auth/testing";
import type { Role } from "@/lib/kernel/actor";
import { callbackChangedChannel, supportCallChangedChannel } from "@/lib/kernel/change-channels";
import { roomChangedChannel } from "@/lib/rooms/changed";
import { openVisits } from "@/lib/visits/testing";
import { openAccountLimits } from "./account-limits";
import type { DoorDeps } from "./deps";
import { openFloodLimits } from "./flood";
import { memoryCounters } from "./limit-store";
import { openGuessLimits } from "./limits";
import { flawsOf } from "./prove-answer";
import { openVisitFeed } from "./visit-feed";

/** The doors on a real database of their own, with every cloud in memory. */
export async function openDoors() {
  const visits = await openVisits();
  const cognito = memoryIdentity();
  const { clock } = visits.deps;
  const hash = (text: string) => text;
  const flaws = new Set<string>();
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
    keyLimits: openKeyLimits({ counters: memoryCounters, hash }),
    accountLimits: openAccountLimits({ counters: memoryCounters, hash }),
    paceMs: 20,
    floodLimits: openFloodLimits(true),
    visitFeed: openVisitFeed(visits.deps.db),
    roomFeed: openVisitFeed(visits.deps.db, roomChangedChannel),
    supportCallFeed: openVisitFeed(visits.deps.db, supportCallChangedChannel),
    callbackFeed: openVisitFeed(visits.deps.db, callbackChangedChannel),
    async proveAnswer(described, response) {
      for (const flaw of await flawsOf(described, response)) flaws.add(`${described.route}: ${flaw}`);
    },
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
  /** Whatever a door answered in the meantime that is not as it says of itself fails here. */
  async function close() {
    await visits.close();
    expect([...flaws]).toEqual([]);
  }
  return { deps, cognito, enroll, password: cognito.password, close };
}
export type TestDoors = Awaited<ReturnType<typeof openDoors>>;
