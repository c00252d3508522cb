import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";

/** What sites that hold our call need, all told; each use case takes its part. */
type SiteDeps = {
  env: Pick<Env, "SUPPORT_SIGN_IN_MAX_MINUTES">;
  db: Db;
  clock: Clock;
  keyring: Keyring;
  signer: Signer;
};
export type Need<Name extends keyof SiteDeps> = Pick<SiteDeps, Name>;

/** An administrator, by a sign-in of their own: no key and no program decides whose pages may hold ours. */
export const isAdmin = (actor: Actor): actor is Extract<Actor, { kind: "person" }> =>
  actor.kind === "person" && actor.role === "admin";
