import type { Tx } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import type { Forbidden, VisitUnknown } from "./refusals";
import { canReach, tellParty } from "./tell-party";
import {
  lastTimeRequest,
  openSaid,
  openTimeRequest,
  type RequestRow,
  sealSaid,
  settleTimeRequest,
} from "./time-requests";

const minute = 60_000;

type Asked = { actor: Actor; visitId: string };
/** 409 `REQUEST_SETTLED`: nothing waits for an answer (any more). */
type Refusal = Forbidden | VisitUnknown | { code: "REQUEST_SETTLED" };

/** What the patient said about their request. Veiled everywhere else; who unveils it is recorded before they see it. Null: nothing. */
export async function readRequestWords(
  deps: Need<"db" | "cipher">,
  asked: Asked,
): Promise<Result<{ words: string | null }, Refusal>> {
  const read = await deps.db.asActor(asked.actor, async (tx) => {
    const found = await requestOf(tx, asked, lastTimeRequest);
    if (!found.ok) return found;
    const { actor, visitId } = asked;
    await recordAudit(tx, { event: "TIME_REQUEST_VIEWED", actor, visitId });
    return found;
  });
  return read.ok ? ok({ words: await openSaid(deps, read.value, "words") }) : read;
}

/**
 * The visit stays as it is. `answer`: what the patient reads about it on their page; sealed, and in no message. A text or mail says that it is there,
 * where there is a way to reach them. A request is settled otherwise by moving or cancelling.
 */
export async function declineRequest(
  deps: Need<"db" | "clock" | "cipher" | "keyring">,
  { answer, ...asked }: Asked & { answer: string },
): Promise<Result<void, Refusal>> {
  const { actor, visitId } = asked;
  const waiting = await deps.db.asActor(actor, (tx) => requestOf(tx, asked, openTimeRequest));
  if (!waiting.ok) return waiting;
  const sealed = await sealSaid(deps, "answer", waiting.value.id, answer.trim() || null);
  return deps.db.asActor(actor, async (tx) => {
    const now = deps.clock.now();
    const settled = await settleTimeRequest(tx, {
      requestId: waiting.value.id,
      visitId,
      outcome: "declined",
      answer: sealed,
      actor,
      now,
    });
    if (!settled) return err({ code: "REQUEST_SETTLED" } as const);
    await tellKept(deps, tx, { actor, visitId, now });
    await tellChanged(tx, visitId);
    return ok(undefined);
  });
}

async function tellKept(
  deps: Need<"clock" | "keyring">,
  tx: Tx,
  { actor, visitId, now }: Asked & { now: Date },
): Promise<void> {
  const found = await findVisit(tx, visitId);
  if (!found) return;
  const { channel, scheduledAt } = found.visit;
  await tellParty(deps, tx, found, {
    party: "patient",
    template: "time-kept",
    channel: canReach(found, "patient", channel) ? channel : "both",
    link: null,
    // Before it: afterwards nobody asks any more.
    uselessAt: new Date(Math.max(now.getTime() + minute, scheduledAt.getTime())),
    actor,
  });
}

async function requestOf(
  tx: Tx,
  { actor, visitId }: Asked,
  find: (tx: Tx, visitId: string) => Promise<RequestRow | null>,
): Promise<Result<RequestRow, Refusal>> {
  const found = await findVisit(tx, visitId);
  if (!found) return err({ code: "VISIT_UNKNOWN" });
  if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
  const row = await find(tx, visitId);
  return row ? ok(row) : err({ code: "REQUEST_SETTLED" });
}
