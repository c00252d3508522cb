import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { staff, staffInvitations } from "@/db/schema";
import type { AccountLimited } from "@/lib/accounts/account-limits";
import { recordAudit } from "@/lib/audit/record";
import type { Actor, staffRoles } from "@/lib/kernel/actor";
import { maskEmail } from "@/lib/kernel/phone";
import { err, ok, type Result } from "@/lib/kernel/result";
import { enqueueNotice } from "@/lib/notifications/enqueue";
import { door, type Forbidden, isAdmin, type StaffDeps, type StaffUnknown } from "./deps";

export type StaffRole = (typeof staffRoles)[number];
/** How long a code is good for. The mail says it too. */
const invitationDays = 3;

type Invitation = {
  email: string;
  role: StaffRole;
  title: string | null;
  firstName: string;
  lastName: string;
  timeZone: string;
};
type InviteRefusal =
  | Forbidden
  | AccountLimited
  | { code: "EMAIL_INVALID" }
  /** They have an account here: change their role instead. */
  | { code: "STAFF_ALREADY" }
  /** An invitation to this address is open: send it again, or take it back. */
  | { code: "INVITED_ALREADY" };
type Invite = Invitation & { actor: Actor; locale: string };

/**
 * Invites somebody to work here: a mail with a code that works once, for three days. What they will be is decided here; whoever accepts
 * chooses a password and nothing else. A clinician whom the book knows already gets an account for that row, by the row's name.
 */
export async function inviteColleague(
  deps: StaffDeps,
  { actor, locale, ...given }: Invite,
): Promise<Result<{ invitationId: string }, InviteRefusal>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const email = given.email.trim().toLowerCase();
  if (!/^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@.]+$/.test(email) || email.length > 128)
    return err({ code: "EMAIL_INVALID" });
  const limited = await deps.accountLimits.mail(actor.origin, email);
  if (limited) return err(limited);
  const { title, firstName, lastName, timeZone, role } = given;
  return deps.db.asActor(door, async (tx): Promise<Result<{ invitationId: string }, InviteRefusal>> => {
    const [known] = await tx.select().from(staff).where(sql`lower(${staff.email}) = ${email}`);
    if (known?.sub) return err({ code: "STAFF_ALREADY" });
    const id = randomUUID();
    const now = deps.clock.now();
    const { code, ...fresh } = newCode(deps);
    const about = known ?? { role, title, firstName, lastName, timeZone };
    const made = await tx
      .insert(staffInvitations)
      .values({
        id,
        email,
        role: about.role,
        title: about.title,
        firstName: about.firstName,
        lastName: about.lastName,
        timeZone: about.timeZone,
        staffId: known?.id ?? null,
        invitedBy: actor.id,
        createdAt: now,
        ...fresh,
      })
      .onConflictDoNothing()
      .returning({ id: staffInvitations.id });
    if (made.length === 0) return err({ code: "INVITED_ALREADY" });
    await recordAudit(tx, {
      event: "STAFF_INVITED",
      actor,
      metadata: { invitationId: id, role: about.role, to: maskEmail(email) },
    });
    await mailCode(deps, tx, { actor, email, code, locale });
    return ok({ invitationId: id });
  });
}

/** The same for somebody whom the book knows: their address, their name and what they do stand there. */
export async function inviteKnownColleague(
  deps: StaffDeps,
  { actor, staffId, locale }: { actor: Actor; staffId: string; locale: string },
): Promise<Result<{ invitationId: string }, InviteRefusal | StaffUnknown>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const [known] = await deps.db.asActor(actor, (tx) => tx.select().from(staff).where(eq(staff.id, staffId)));
  return known ? inviteColleague(deps, { actor, locale, ...known }) : err({ code: "STAFF_UNKNOWN" });
}

/** A new code by a new mail, good for three days from now; the one before opens nothing more. */
export async function sendInvitationAgain(
  deps: StaffDeps,
  { actor, invitationId, locale }: { actor: Actor; invitationId: string; locale: string },
): Promise<Result<void, Forbidden | AccountLimited | { code: "INVITATION_CLOSED" }>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const [asked] = await deps.db.asActor(actor, (tx) =>
    tx.select({ email: staffInvitations.email }).from(staffInvitations).where(isOpen(invitationId)),
  );
  if (!asked) return err({ code: "INVITATION_CLOSED" });
  const limited = await deps.accountLimits.mail(actor.origin, asked.email);
  if (limited) return err(limited);
  return deps.db.asActor(door, async (tx) => {
    const { code, ...fresh } = newCode(deps);
    const [again] = await tx.update(staffInvitations).set(fresh).where(isOpen(invitationId)).returning();
    if (!again) return err({ code: "INVITATION_CLOSED" } as const);
    const { email } = again;
    await recordAudit(tx, {
      event: "STAFF_INVITATION_SENT_AGAIN",
      actor,
      metadata: { invitationId, to: maskEmail(email) },
    });
    await mailCode(deps, tx, { actor, email, code, locale });
    return ok(undefined);
  });
}

/** Takes an invitation back: its code opens nothing from this commit on. */
export async function withdrawInvitation(
  deps: StaffDeps,
  { actor, invitationId }: { actor: Actor; invitationId: string },
): Promise<Result<void, Forbidden | { code: "INVITATION_CLOSED" }>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  return deps.db.asActor(door, async (tx) => {
    const gone = await tx
      .update(staffInvitations)
      .set({ withdrawnAt: deps.clock.now() })
      .where(isOpen(invitationId))
      .returning({ id: staffInvitations.id });
    if (gone.length === 0) return err({ code: "INVITATION_CLOSED" } as const);
    await recordAudit(tx, { event: "STAFF_INVITATION_WITHDRAWN", actor, metadata: { invitationId } });
    return ok(undefined);
  });
}

const isOpen = (id: string) =>
  and(eq(staffInvitations.id, id), isNull(staffInvitations.acceptedAt), isNull(staffInvitations.withdrawnAt));

/** 160 bits: nobody guesses one, and it stands in the mail alone. */
function newCode({ keyring, clock }: Pick<StaffDeps, "keyring" | "clock">) {
  const code = randomBytes(20).toString("base64url");
  const sentAt = clock.now();
  const expiresAt = new Date(sentAt.getTime() + invitationDays * 86_400_000);
  return { code, codeHash: keyring.hash("staff-invitation", code), sentAt, expiresAt };
}

async function mailCode(
  deps: StaffDeps,
  tx: Tx,
  { actor, email, code, locale }: { actor: Actor; email: string; code: string; locale: string },
): Promise<void> {
  const url = `${deps.env.NEXT_PUBLIC_APP_URL}/invited/${code}`;
  await enqueueNotice(deps, tx, { template: "staff-invited", to: email, locale, url, actor });
}
