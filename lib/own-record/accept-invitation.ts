import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, recordInvitations } from "@/db/schema";
import type { AccountLimited } from "@/lib/accounts/account-limits";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type ConnectRefusal, connect, isTaken, lockRecord } from "./connect";
import { door, type OwnDeps, type Owner } from "./deps";

type Deps = Pick<OwnDeps, "db" | "clock" | "keyring" | "accountLimits">;
/** Unknown, used, replaced or too old: all alike to who brings it. */
type Closed = { code: "INVITATION_CLOSED" };
type Presented = { code: string; origin: Origin };

/** Whose page an invitation leads to, in as few words as will do. Looks and spends nothing: link previews open links too. */
export async function lookAtOwnInvitation(
  deps: Deps,
  presented: Presented,
): Promise<Result<{ firstName: string }, Closed | AccountLimited>> {
  const limited = await deps.accountLimits.checkCode(presented.origin, keyOf(presented));
  if (limited) return err(limited);
  const found = await deps.db.asActor(door, async (tx) => {
    const invitation = await findOpen(deps, tx, presented.code);
    if (!invitation) return null;
    const [patient] = await tx
      .select({ firstName: customers.firstName })
      .from(customers)
      .where(eq(customers.id, invitation.customerId));
    return patient ?? null;
  });
  if (found) return ok(found);
  await refused(deps, presented, { kind: "anonymous", origin: presented.origin }, "INVITATION_CLOSED");
  return err({ code: "INVITATION_CLOSED" });
}

/** Connects the record with the account of whoever is signed in and brings the code, once: of two who come at once one wins. */
export async function acceptOwnInvitation(
  deps: Deps,
  { owner, ...presented }: Presented & { owner: Owner },
): Promise<Result<void, Closed | ConnectRefusal | AccountLimited>> {
  const limited = await deps.accountLimits.checkCode(presented.origin, keyOf(presented));
  if (limited) return err(limited);
  const done = await spend(deps, presented.code, owner);
  if (!done.ok) await refused(deps, presented, owner.patient, done.error.code);
  return done;
}

async function spend(deps: Deps, code: string, owner: Owner): Promise<Result<void, Closed | ConnectRefusal>> {
  try {
    return await deps.db.asActor(door, async (tx): Promise<Result<void, Closed | ConnectRefusal>> => {
      const found = await findOpen(deps, tx, code);
      const record = found && (await lockRecord(tx, found.customerId));
      if (!record) return err({ code: "INVITATION_CLOSED" });
      // Whoever held the record before us may have spent the code, or sent a newer one.
      const still = await findOpen(deps, tx, code);
      if (!still) return err({ code: "INVITATION_CLOSED" });
      const connected = await connect(tx, { record, owner, by: "invitation" });
      if (!connected.ok) return connected;
      await tx
        .update(recordInvitations)
        .set({ spentAt: deps.clock.now() })
        .where(eq(recordInvitations.id, still.id));
      return ok(undefined);
    });
  } catch (fault) {
    if (isTaken(fault)) return err({ code: "ACCOUNT_CONNECTED" });
    throw fault;
  }
}

async function findOpen({ keyring, clock }: Deps, tx: Tx, code: string) {
  if (code.length > 64) return null;
  const [row] = await tx
    .select({ id: recordInvitations.id, customerId: recordInvitations.customerId })
    .from(recordInvitations)
    .where(
      and(
        inArray(recordInvitations.codeHash, keyring.hashes("record-invitation", code)),
        isNull(recordInvitations.spentAt),
        isNull(recordInvitations.withdrawnAt),
        gt(recordInvitations.expiresAt, clock.now()),
      ),
    );
  return row ?? null;
}

const keyOf = ({ code }: Presented) => `own page ${code.slice(0, 64)}`;

async function refused(deps: Deps, presented: Presented, actor: Actor, errorCode: string): Promise<void> {
  if (errorCode === "INVITATION_CLOSED")
    await deps.accountLimits.codeTried(presented.origin, keyOf(presented), false);
  await recordRefusal(deps, { event: "RECORD_INVITATION_REFUSED", actor, errorCode });
}
