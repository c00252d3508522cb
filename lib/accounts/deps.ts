import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Actor, Origin } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { AppClient, Identity } from "@/lib/ports/identity";
import type { AccountLimits } from "./account-limits";

/** What the use cases of people without a sign-in need. */
export type AccountDeps = {
  env: Env;
  clock: Clock;
  db: Db;
  keyring: Keyring;
  log: Log;
  identity: Identity;
  accountLimits: AccountLimits;
  /** See `atEvenPace`. */
  paceMs: number;
};

/** Somebody who names an address and has proved nothing yet. `client`: at which door they knocked. */
export type Stranger = { client: AppClient; email: string; origin: Origin };

/** Before anybody is known, the door itself writes. */
export const door = { kind: "system", name: "door" } as const satisfies Actor;
export const nobody = (origin: Origin): Actor => ({ kind: "anonymous", origin });
