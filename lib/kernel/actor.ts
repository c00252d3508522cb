import type { Party } from "./party";
import type { RoomRole } from "./room-role";

/** Cognito groups, and what they may do (`SUPER_ADMIN` of seed 4 is `admin`). */
export const roles = ["customer", "clinician", "agent", "scheduler", "admin", "auditor"] as const;
export type Role = (typeof roles)[number];
export const staffRoles = ["clinician", "agent", "scheduler", "admin", "auditor"] as const;

/** Where a request came from, as our own edge saw it. Recorded, never trusted for identity. */
export type Origin = { ip: string; userAgent: string };

/**
 * Whoever acts. Made only from verified proof: a session, an access token, an API key's hash, a voucher's hash.
 * Row-level security sees it through `db/as-actor.ts`; the audit records it.
 */
export type Actor =
  | { kind: "person"; id: string; role: Role; name: string; origin: Origin }
  | { kind: "api-key"; id: string; scopes: readonly string[]; origin: Origin }
  | { kind: "link"; voucherId: string; visitId: string; party: Party; origin: Origin }
  /** Whoever came into an audio room by an invite. */
  | { kind: "room-invite"; inviteId: string; roomId: string; role: RoomRole; origin: Origin }
  | { kind: "anonymous"; origin: Origin }
  | { kind: "system"; name: "worker" | "seed" | "test" | "door" };

export function originOf(actor: Actor): Origin | null {
  return actor.kind === "system" ? null : actor.origin;
}

/** Who runs the clinic's book: they may schedule, link, notify and close any visit. Row-level security says the same, a second time. */
export function runsTheBook(actor: Actor): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "api-key") return actor.scopes.some((scope) => scope === "visits" || scope === "admin");
  return actor.kind === "person" && (actor.role === "admin" || actor.role === "scheduler");
}

/**
 * What the server does on the strength of a proof that it has checked itself, where the prover's own rows don't reach (closing a visit
 * touches the other party's links). The audit names the prover, not this.
 */
export const clerk = { kind: "system", name: "door" } as const satisfies Actor;

/** What happens without anybody asking. */
export const sweeper = { kind: "system", name: "worker" } as const satisfies Actor;
