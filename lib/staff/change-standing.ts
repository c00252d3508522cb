import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { staff } from "@/db/schema";
import { endSignIns } from "@/lib/accounts/end-sign-ins";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { shutOutClinician } from "@/lib/visits/shut-out-clinician";
import { door, type Forbidden, isAdmin, lockAdmins, type StaffDeps, type StaffUnknown } from "./deps";
import type { StaffRole } from "./invite";
import { noteDue, settleNow } from "./standing";

type Colleague = typeof staff.$inferSelect;
type Refusal =
  | Forbidden
  | StaffUnknown
  /** An administrator does not decide about themself: so there is always one left. */
  | { code: "STAFF_SELF" };
type Whom = { actor: Actor; staffId: string };

/**
 * Suspends a colleague: from this commit on no session and no token of theirs is accepted here, their links to visits open nothing, and they are
 * taken out of a visit that they are in. An open page learns it within the quarter of a minute in which it looks again. Then Cognito is told.
 */
export function suspendColleague(deps: StaffDeps, whom: Whom): Promise<Result<void, Refusal>> {
  return changed(deps, whom, async (tx, colleague, now) => {
    if (colleague.suspendedAt) return null;
    await tx.update(staff).set({ suspendedAt: now }).where(eq(staff.id, colleague.id));
    await recordAudit(tx, {
      event: "STAFF_SUSPENDED",
      actor: whom.actor,
      metadata: { staffId: colleague.id, role: colleague.role },
    });
    return shutOutClinician(deps, tx, { clinicianId: colleague.id, actor: whom.actor });
  });
}

/** Lets them sign in again. Their old sign-ins and links stay ended. */
export function restoreColleague(deps: StaffDeps, whom: Whom): Promise<Result<void, Refusal>> {
  return changed(deps, whom, async (tx, colleague) => {
    if (!colleague.suspendedAt) return null;
    await tx.update(staff).set({ suspendedAt: null }).where(eq(staff.id, colleague.id));
    await recordAudit(tx, {
      event: "STAFF_RESTORED",
      actor: whom.actor,
      metadata: { staffId: colleague.id, role: colleague.role },
    });
    return [];
  });
}

/** Gives a colleague another role. Their sign-ins of before end: a page that is open must not go on by the old one. */
export function changeRole(
  deps: StaffDeps,
  { role, ...whom }: Whom & { role: StaffRole },
): Promise<Result<void, Refusal>> {
  return changed(deps, whom, async (tx, colleague) => {
    if (colleague.role === role) return null;
    await tx.update(staff).set({ role }).where(eq(staff.id, colleague.id));
    await recordAudit(tx, {
      event: "STAFF_ROLE_CHANGED",
      actor: whom.actor,
      metadata: { staffId: colleague.id, from: colleague.role, to: role },
    });
    return [];
  });
}

/** @param work null: it is so already, and nothing happened; else the ids of what must end in the cloud. */
async function changed(
  deps: StaffDeps,
  { actor, staffId }: Whom,
  work: (tx: Tx, colleague: Colleague, now: Date) => Promise<string[] | null>,
): Promise<Result<void, Refusal>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  if (actor.id === staffId) return err({ code: "STAFF_SELF" });
  const done = await deps.db.asActor(door, async (tx): Promise<Result<string[] | null, Refusal>> => {
    if (!(await lockAdmins(tx, actor))) return err({ code: "FORBIDDEN" });
    const [colleague] = await tx.select().from(staff).where(eq(staff.id, staffId)).for("update");
    if (!colleague) return err({ code: "STAFF_UNKNOWN" });
    const now = deps.clock.now();
    const leftovers = await work(tx, colleague, now);
    if (leftovers === null) return ok(null);
    if (colleague.sub) {
      await endSignIns(tx, { sub: colleague.sub, now });
      await noteDue(tx, staffId, now);
    }
    return ok(leftovers);
  });
  if (!done.ok) return done;
  if (done.value) await Promise.all([settleNow(deps, staffId), finishCleanups(deps, done.value)]);
  return ok(undefined);
}
