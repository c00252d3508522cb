import type { Db } from "@/db/as-actor";
import type { AccountLimits } from "@/lib/accounts/account-limits";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { Cipher } from "@/lib/ports/cipher";

/** What connecting records with accounts, and a patient's own page, need. */
export type OwnDeps = {
  env: Env;
  clock: Clock;
  db: Db;
  keyring: Keyring;
  cipher: Cipher;
  log: Log;
  accountLimits: AccountLimits;
  /** See `atEvenPace`. */
  paceMs: number;
};

/** Somebody signed in as no colleague; `sub` is Cognito's, from their verified session. */
export type Owner = { patient: Extract<Actor, { kind: "person" }>; sub: string };

/** Whose record is whose is the system's to write, once a proof was checked; the audit names who brought it. */
export const door = { kind: "system", name: "door" } as const satisfies Actor;
