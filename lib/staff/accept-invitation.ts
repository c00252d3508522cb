import { randomUUID } from "node:crypto";
import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { staff, staffInvitations } from "@/db/schema";
import type { AccountLimited } from "@/lib/accounts/account-limits";
import { isStrongPassword } from "@/lib/accounts/password-policy";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Away, isAway } from "@/lib/ports/identity";
import { door, type StaffDeps } from "./deps";

/** Unknown, used, withdrawn, replaced or too old: all alike to who brings it. */
type InvitationClosed = { code: "INVITATION_CLOSED" };
type InvitationRow = typeof staffInvitations.$inferSelect;
type Presented = { code: string; origin: Origin };

/** Who is invited, for the page that the mail leads to. Looks and spends nothing: mail scanners open links too. */
export async function lookAtInvitation(
  deps: StaffDeps,
  presented: Presented,
): Promise<Result<Pick<InvitationRow, "email" | "firstName" | "role">, InvitationClosed | AccountLimited>> {
  const limited = await deps.accountLimits.checkCode(presented.origin, keyOf(presented));
  if (limited) return err(limited);
  const found = await deps.db.asActor(door, (tx) => findOpen(deps, tx, presented.code, false));
  if (found) return ok(found);
  await refused(deps, presented);
  return err({ code: "INVITATION_CLOSED" });
}

/**
 * Makes the account, once: its address, its groups and its name come from the invitation, the password from whoever holds the code. The
 * invitation's row stays locked while Cognito works, so that of two that come at once one wins; where Cognito is away nothing is spent.
 */
export async function acceptInvitation(
  deps: StaffDeps,
  { password, ...presented }: Presented & { password: string },
): Promise<Result<{ email: string }, InvitationClosed | AccountLimited | { code: "PASSWORD_WEAK" } | Away>> {
  if (!isStrongPassword(password)) return err({ code: "PASSWORD_WEAK" });
  const { origin, code } = presented;
  const limited = await deps.accountLimits.checkCode(origin, keyOf(presented));
  if (limited) return err(limited);
  const accepted = await deps.db.asActor(door, async (tx) => {
    const invitation = await findOpen(deps, tx, code, true);
    if (!invitation) return err({ code: "INVITATION_CLOSED" } as const);
    const { email, role } = invitation;
    const account = await deps.identity.ensureUser({ email, password, groups: [role] });
    if (!account.ok) {
      if (account.error.code === "PASSWORD_WEAK" || isAway(account.error)) return err(account.error);
      throw new Error(`Cognito would not make an invited colleague's account: ${account.error.code}`);
    }
    const staffId = await takeIn(tx, invitation, account.value.sub);
    await tx
      .update(staffInvitations)
      .set({ acceptedAt: deps.clock.now(), staffId })
      .where(eq(staffInvitations.id, invitation.id));
    const name = `${invitation.firstName} ${invitation.lastName}`;
    const actor: Actor = { kind: "person", id: staffId, role, name, origin };
    await recordAudit(tx, {
      event: "STAFF_JOINED",
      actor,
      metadata: { invitationId: invitation.id, staffId, role },
    });
    return ok({ email });
  });
  if (!accepted.ok && accepted.error.code === "INVITATION_CLOSED") await refused(deps, presented);
  return accepted;
}

/** Their row gets the account, or a row is made for it. */
async function takeIn(tx: Tx, invitation: InvitationRow, sub: string): Promise<string> {
  if (invitation.staffId) {
    await tx.update(staff).set({ sub }).where(eq(staff.id, invitation.staffId));
    return invitation.staffId;
  }
  const { email, role, title, firstName, lastName, timeZone } = invitation;
  const id = randomUUID();
  await tx.insert(staff).values({ id, sub, email, role, title, firstName, lastName, timeZone });
  return id;
}

async function findOpen(
  { keyring, clock }: StaffDeps,
  tx: Tx,
  code: string,
  lock: boolean,
): Promise<InvitationRow | null> {
  if (code.length > 64) return null;
  const query = tx
    .select()
    .from(staffInvitations)
    .where(
      and(
        inArray(staffInvitations.codeHash, keyring.hashes("staff-invitation", code)),
        isNull(staffInvitations.acceptedAt),
        isNull(staffInvitations.withdrawnAt),
        gt(staffInvitations.expiresAt, clock.now()),
      ),
    );
  const [row] = lock ? await query.for("update") : await query;
  return row ?? null;
}

const keyOf = ({ code }: Presented) => `invitation ${code.slice(0, 64)}`;

async function refused(deps: StaffDeps, presented: Presented): Promise<void> {
  const { origin } = presented;
  await deps.accountLimits.codeTried(origin, keyOf(presented), false);
  await recordRefusal(deps, {
    event: "STAFF_INVITATION_REFUSED",
    actor: { kind: "anonymous", origin },
    errorCode: "INVITATION_CLOSED",
  });
}
