import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { type Role, staffRoles } from "@/lib/kernel/actor";

/** A person whom a sign-in stands for. */
export type Person = {
  kind: "staff" | "customer";
  id: string;
  role: Role;
  /** For greetings on pages of ours. Never logged. */
  name: string;
  /** IANA name: the zone in which pages show times to them. */
  timeZone: string;
  suspended: boolean;
};

/** Looks in staff first: somebody may be both, and then signs in to work. An account of one's own making counts last. */
export async function findPerson(tx: Tx, sub: string): Promise<Person | null> {
  const [row] = await tx.execute<Omit<Person, "timeZone"> & { time_zone: string }>(sql`
    SELECT 'staff' AS kind, id, role, first_name || ' ' || last_name AS name, time_zone, suspended_at IS NOT NULL AS suspended
      FROM staff WHERE sub = ${sub}
    UNION ALL
    SELECT 'customer', id, 'customer', first_name || ' ' || last_name, time_zone, false FROM customers WHERE sub = ${sub}
    UNION ALL
    SELECT 'customer', id, 'customer', btrim(first_name || ' ' || last_name), time_zone, false FROM accounts WHERE sub = ${sub}
    LIMIT 1`);
  if (!row) return null;
  const { time_zone: timeZone, ...person } = row;
  return { ...person, timeZone };
}

/** When a colleague last proved who they are: for whoever looks after the accounts. */
export async function noteSignIn(
  tx: Tx,
  { kind, id }: Pick<Person, "kind" | "id">,
  now: Date,
): Promise<void> {
  if (kind === "staff")
    await tx.execute(sql`UPDATE staff SET last_sign_in_at = ${now.toISOString()} WHERE id = ${id}`);
}

/**
 * What somebody may do: what the staff row and Cognito's groups both allow, so the narrower of the two. Admin covers every staff role.
 * @returns null when they have nothing in common.
 */
export function agreedRole(role: Role, groups: readonly string[]): Role | null {
  if (groups.includes(role)) return role;
  if (role === "customer") return groups.some(isStaffGroup) ? null : "customer";
  if (groups.includes("admin") || groups.includes("SUPER_ADMIN")) return role;
  if (role === "admin") return staffRoles.find((staffRole) => groups.includes(staffRole)) ?? null;
  return null;
}

export function isStaffGroup(group: string): boolean {
  return (staffRoles as readonly string[]).includes(group) || group === "SUPER_ADMIN";
}
