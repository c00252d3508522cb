import type { Tx } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { closeVisit } from "./close-visit";
import type { Need } from "./deps";
import { findVisit, type VisitRow, type VisitWithPeople } from "./find-visit";
import { lockFollowing } from "./following";
import { mayManage } from "./permit";
import {
  type CancelRefusal,
  closedRefusal,
  type FollowingRefusal,
  type VisitClosed,
  type VisitUnknown,
} from "./refusals";
import { statusOf } from "./status";
import { tellChange } from "./tell-change";
import { settleTimeRequest } from "./time-requests";

export type CancelledVisit = {
  visitId: string;
  status: "CANCELLED";
  cancelledAt: string;
  /** Those that followed it and are off as well. */
  following: string[];
};
type Deps = Need<"db" | "clock" | "keyring" | "signer" | "env" | "meetings" | "contactCentre" | "log">;
type CancelInput = { actor: Actor; visitId: string; reason?: string };

/** Calls a visit off. Whoever was told of it is told of this, by the same ways; whoever waits inside sees it at once. */
export async function cancelVisit(
  deps: Deps,
  input: CancelInput,
): Promise<Result<CancelledVisit, CancelRefusal>> {
  return cancel(deps, input, (tx) =>
    lockOne(tx, input, (visit) => (mayManage(input.actor, visit) ? null : ({ code: "FORBIDDEN" } as const))),
  );
}

/**
 * The same for a patient whose visit it is, as far as `refuses` lets them (asked while nobody else can change the visit; null: go on). Their own
 * rows don't reach what a visit's end touches, so the clerk does it in their name.
 */
export async function callOff<Refusal extends { code: string }>(
  deps: Deps,
  { refuses, ...input }: CancelInput & { refuses: (visit: VisitRow) => Refusal | null },
): Promise<Result<CancelledVisit, VisitUnknown | VisitClosed | Refusal>> {
  return cancel(deps, { ...input, runAs: clerk }, (tx) => lockOne(tx, input, refuses));
}

async function lockOne<Refusal extends { code: string }>(
  tx: Tx,
  { visitId }: CancelInput,
  refuses: (visit: VisitRow) => Refusal | null,
): Promise<Result<VisitWithPeople[], VisitUnknown | VisitClosed | Refusal>> {
  const found = await findVisit(tx, visitId, { lock: true });
  if (!found) return err({ code: "VISIT_UNKNOWN" });
  const refused = refuses(found.visit) ?? closedRefusal(statusOf(found.visit), found.visit);
  return refused ? err(refused) : ok([found]);
}

/** The same of a visit and all of its series that follow, in one transaction. Whoever knew of them is told once. */
export async function cancelFollowing(
  deps: Deps,
  input: CancelInput,
): Promise<Result<CancelledVisit, FollowingRefusal>> {
  return cancel(deps, input, (tx) => lockFollowing(tx, input));
}

async function cancel<Refusal extends { code: string }>(
  deps: Deps,
  { actor, visitId, reason, runAs = actor }: CancelInput & { runAs?: Actor },
  choose: (tx: Tx) => Promise<Result<VisitWithPeople[], Refusal>>,
): Promise<Result<CancelledVisit, Refusal>> {
  const cancelledAt = deps.clock.now();
  const done = await deps.db.asActor(runAs, async (tx): Promise<Result<Done, Refusal>> => {
    const chosen = await choose(tx);
    if (!chosen.ok) return chosen;
    const cleanups: string[] = [];
    const changed: VisitWithPeople[] = [];
    for (const found of chosen.value) {
      const calendarSequence = found.visit.calendarSequence + 1;
      const closing = { cancelledAt, cancelReason: reason ?? null, calendarSequence };
      const { visit } = found;
      cleanups.push(...(await closeVisit(deps, tx, { visit, closing, reason: "cancelled", actor })));
      await settleTimeRequest(tx, { visitId: visit.id, outcome: "cancelled", actor, now: cancelledAt });
      await recordAudit(tx, { event: "VISIT_CANCELLED", actor, visitId: visit.id });
      changed.push({ ...found, visit: { ...visit, calendarSequence } });
    }
    await tellChange(deps, tx, changed, { template: "cancelled", actor });
    return ok({ cleanups, following: changed.slice(1).map(({ visit }) => visit.id) });
  });
  if (!done.ok) return done;
  await finishCleanups(deps, done.value.cleanups);
  const { following } = done.value;
  return ok({ visitId, status: "CANCELLED", cancelledAt: cancelledAt.toISOString(), following });
}

type Done = { cleanups: string[]; following: string[] };
