import { randomBytes, randomUUID } from "node:crypto";
import { and, asc, desc, eq, gt, isNull } from "drizzle-orm";
import { customers, recordCodes, recordInvitations } from "@/db/schema";
import { endSignIns } from "@/lib/accounts/end-sign-ins";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { waitOf } from "@/lib/kernel/wait-of";
import { enqueueNotice, enqueueOwn, masked } from "@/lib/notifications/enqueue";
import { lockRecord } from "./connect";
import { door, type OwnDeps } from "./deps";

const invitationDays = 7;
const allowance = { allowed: 3, perMs: 3_600_000 };

type Asked = { actor: Actor; patientId: string };
type Forbidden = { code: "FORBIDDEN" };
type Unknown = { code: "PATIENT_UNKNOWN" };
/** 422 `NO_CONTACT`: nothing on file. 429 `RESEND_LIMITED`: three within the hour. */
export type InviteOwnerRefusal =
  | Forbidden
  | Unknown
  | { code: "RECORD_CONNECTED" }
  | { code: "NO_CONTACT" }
  | { code: "RESEND_LIMITED"; retryAfterSeconds: number };

/** How a record stands: connected with an account, invited to one until then, or neither. */
export type OwnerStanding =
  | { state: "connected" }
  | { state: "invited"; until: string }
  | { state: "none"; reachable: boolean };

/** Whoever runs the book, and clinicians; each for the patients whom row-level security shows them. No key: a person stands for it. */
const mayInvite = (actor: Actor): boolean =>
  actor.kind === "person" && ["clinician", "scheduler", "admin"].includes(actor.role);
/** Ending somebody's sign-in is the desk's. */
export const mayDisconnect = (actor: Actor): boolean =>
  actor.kind === "person" && ["scheduler", "admin"].includes(actor.role);

/** Null: no such patient, or not for this reader. */
export async function ownerStanding(
  deps: Pick<OwnDeps, "db" | "clock">,
  { actor, patientId }: Asked,
): Promise<OwnerStanding | null> {
  if (!mayInvite(actor)) return null;
  const patient = await seenBy(deps, { actor, patientId });
  if (!patient) return null;
  if (patient.sub) return { state: "connected" };
  const [open] = await deps.db.asActor(door, (tx) =>
    tx
      .select({ until: recordInvitations.expiresAt })
      .from(recordInvitations)
      .where(and(isOpen(patientId), gt(recordInvitations.expiresAt, deps.clock.now())))
      .orderBy(desc(recordInvitations.createdAt)),
  );
  if (open) return { state: "invited", until: open.until.toISOString() };
  return { state: "none", reachable: Boolean(patient.phone || patient.email) };
}

/**
 * Sends a patient the way to their own page: a link that works once, to the contact on file by text and by mail, and is never shown to whoever
 * sends it. The one sent before opens nothing more.
 */
export async function inviteOwner(
  deps: Pick<OwnDeps, "db" | "clock" | "keyring" | "env">,
  { actor, patientId }: Asked,
): Promise<Result<{ to: string[] }, InviteOwnerRefusal>> {
  if (!mayInvite(actor)) return err({ code: "FORBIDDEN" });
  if (!(await seenBy(deps, { actor, patientId }))) return err({ code: "PATIENT_UNKNOWN" });
  return deps.db.asActor(door, async (tx): Promise<Result<{ to: string[] }, InviteOwnerRefusal>> => {
    const patient = await lockRecord(tx, patientId);
    if (!patient) return err({ code: "PATIENT_UNKNOWN" });
    if (patient.sub) return err({ code: "RECORD_CONNECTED" });
    const { phone, email, locale } = patient;
    if (!phone && !email) return err({ code: "NO_CONTACT" });
    const now = deps.clock.now();
    const sent = await tx
      .select({ at: recordInvitations.createdAt })
      .from(recordInvitations)
      .where(
        and(
          eq(recordInvitations.customerId, patientId),
          gt(recordInvitations.createdAt, new Date(now.getTime() - allowance.perMs)),
        ),
      )
      .orderBy(asc(recordInvitations.createdAt));
    const retryAfterSeconds = waitOf(
      sent.map(({ at }) => at),
      allowance,
      now,
    );
    if (retryAfterSeconds > 0) return err({ code: "RESEND_LIMITED", retryAfterSeconds });

    await tx.update(recordInvitations).set({ withdrawnAt: now }).where(isOpen(patientId));
    // 160 bits: nobody guesses one, and it stands in the message alone.
    const code = randomBytes(20).toString("base64url");
    const expiresAt = new Date(now.getTime() + invitationDays * 86_400_000);
    const id = randomUUID();
    await tx.insert(recordInvitations).values({
      id,
      customerId: patientId,
      codeHash: deps.keyring.hash("record-invitation", code),
      invitedBy: actor.kind === "person" ? actor.id : actor.kind,
      createdAt: now,
      expiresAt,
    });
    const url = `${deps.env.NEXT_PUBLIC_APP_URL}/connect/${code}`;
    const to: string[] = [];
    if (phone) {
      await enqueueOwn(deps, tx, {
        template: "own-page",
        to: phone,
        locale,
        link: url,
        uselessAt: expiresAt,
        actor,
      });
      to.push(masked("sms", phone));
    }
    if (email) {
      await enqueueNotice(deps, tx, { template: "own-page", to: email, locale, url, actor });
      to.push(masked("email", email));
    }
    await recordAudit(tx, {
      event: "RECORD_INVITED",
      actor,
      metadata: { invitationId: id, customerId: patientId, to: to.join(", ") },
    });
    return ok({ to });
  });
}

/** Takes a record from its account: every sign-in of that person ends, and the account sees nobody's record from this commit on. */
export async function disconnectOwner(
  deps: Pick<OwnDeps, "db" | "clock">,
  { actor, patientId }: Asked,
): Promise<Result<void, Forbidden | Unknown | { code: "RECORD_NOT_CONNECTED" }>> {
  if (!mayDisconnect(actor)) return err({ code: "FORBIDDEN" });
  if (!(await seenBy(deps, { actor, patientId }))) return err({ code: "PATIENT_UNKNOWN" });
  return deps.db.asActor(door, async (tx) => {
    const patient = await lockRecord(tx, patientId);
    if (!patient) return err({ code: "PATIENT_UNKNOWN" } as const);
    if (!patient.sub) return err({ code: "RECORD_NOT_CONNECTED" } as const);
    const now = deps.clock.now();
    await tx.update(customers).set({ sub: null }).where(eq(customers.id, patientId));
    await endSignIns(tx, { sub: patient.sub, now });
    // What was sent before brings nobody back: a code may have been used while a link still lay in a mailbox.
    await tx.update(recordInvitations).set({ withdrawnAt: now }).where(isOpen(patientId));
    await tx.delete(recordCodes).where(eq(recordCodes.customerId, patientId));
    await recordAudit(tx, { event: "RECORD_DISCONNECTED", actor, metadata: { customerId: patientId } });
    return ok(undefined);
  });
}

const isOpen = (customerId: string) =>
  and(
    eq(recordInvitations.customerId, customerId),
    isNull(recordInvitations.spentAt),
    isNull(recordInvitations.withdrawnAt),
  );

/** As far as row-level security shows them to this actor. */
async function seenBy({ db }: Pick<OwnDeps, "db">, { actor, patientId }: Asked) {
  if (!isUuid(patientId)) return null;
  const [row] = await db.asActor(actor, (tx) =>
    tx.select().from(customers).where(eq(customers.id, patientId)),
  );
  return row ?? null;
}
