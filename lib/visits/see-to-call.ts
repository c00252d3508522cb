import { and, eq, isNull } from "drizzle-orm";
import { callRequests } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { openNumber, openRequest } from "./call-requests";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import type { Forbidden, VisitUnknown } from "./refusals";

type SeeRefusal = VisitUnknown | Forbidden;

/** Somebody has called, or need not any more. Twice is once. */
export async function seeToCall(
  deps: Need<"db" | "clock">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ done: boolean }, SeeRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<{ done: boolean }, SeeRefusal>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const done = await tx
      .update(callRequests)
      .set({ doneAt: deps.clock.now(), doneBy: "id" in actor ? actor.id : actor.kind })
      .where(and(eq(callRequests.visitId, visitId), isNull(callRequests.doneAt)))
      .returning({ id: callRequests.id });
    if (done.length === 0) return ok({ done: false });
    await recordAudit(tx, { event: "CALL_SEEN_TO", actor, visitId });
    await tellChanged(tx, visitId);
    return ok({ done: true });
  });
}

/** The number to call, E.164; null: nothing was asked, or nothing is on file any more. Who asks is recorded before they see it. */
export async function readCallNumber(
  deps: Need<"db" | "cipher">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ number: string | null }, SeeRefusal>> {
  const read = await deps.db.asActor(actor, async (tx) => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" } as const);
    if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" } as const);
    await recordAudit(tx, { event: "CALL_NUMBER_VIEWED", actor, visitId });
    return ok({ request: await openRequest(tx, visitId), onFile: found.patient.phone });
  });
  if (!read.ok) return read;
  const { request, onFile } = read.value;
  return ok({ number: request && ((await openNumber(deps, request)) ?? onFile) });
}
