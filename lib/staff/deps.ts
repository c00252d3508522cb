import { and, asc, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { staff } from "@/db/schema";
import type { AccountLimits } from "@/lib/accounts/account-limits";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import type { Identity } from "@/lib/ports/identity";
import type { Meetings } from "@/lib/ports/meetings";

/** What inviting, suspending and restoring colleagues needs. */
export type StaffDeps = {
  env: Env;
  clock: Clock;
  db: Db;
  keyring: Keyring;
  log: Log;
  identity: Identity;
  meetings: Meetings;
  contactCentre: ContactCentre;
  accountLimits: AccountLimits;
};
export type Forbidden = { code: "FORBIDDEN" };
export type StaffUnknown = { code: "STAFF_UNKNOWN" };

/** Sessions and sign-ins are the system's own rows; the audit names who asked. */
export const door = { kind: "system", name: "door" } as const satisfies Actor;

/** An administrator, by a sign-in of their own: no key and no program decides who works here. */
export function isAdmin(actor: Actor): actor is Extract<Actor, { kind: "person" }> {
  return actor.kind === "person" && actor.role === "admin";
}

/**
 * Locks every administrator's row, so that no two of them take each other out at once.
 * @returns false when `actor` is none any more.
 */
export async function lockAdmins(tx: Tx, actor: Extract<Actor, { kind: "person" }>): Promise<boolean> {
  const admins = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.role, "admin"), isNull(staff.suspendedAt)))
    .orderBy(asc(staff.id))
    .for("update");
  return admins.some(({ id }) => id === actor.id);
}
