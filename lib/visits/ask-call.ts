import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { callRequests } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Guarded, type GuessLimited, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { inspectCode } from "@/lib/vouchers/inspect";
import { arrivalBy, openArrival } from "./arrival";
import { sealNumber } from "./call-requests";
import { tellChanged } from "./changed";
import { closedBehind } from "./closed-behind";
import type { Need } from "./deps";
import { feedbackRefusal } from "./feedback";
import { findVisit } from "./find-visit";
import type { AskCallRefusal, LinkRefusal, VisitClosed } from "./refusals";
import type { SeatActor } from "./seat-holder";

/** Of one link: staff see the first as well as the tenth. */
const requestsPerLink = 5;

/**
 * "Call me instead": staff see it at once, and until somebody has seen to it. Nothing dials. For the length of the visit and a day after it.
 *
 * @param asked.number E.164, as the patient gives it now; else what they gave at the door; else the number on file.
 */
export async function askCall(
  deps: Need<"db" | "clock" | "cipher" | "keyring">,
  { actor, holder, number }: { actor: SeatActor; holder: string; number?: string },
): Promise<Result<{ askedAt: string }, AskCallRefusal>> {
  const { visitId, voucherId, party } = actor;
  if (party !== "patient") return err({ code: "PATIENTS_ONLY" });
  const id = randomUUID();
  const callBack = number ?? (await numberSaid(deps, actor, holder));
  const sealed = callBack ? await sealNumber(deps, id, callBack) : null;
  return deps.db.asActor(actor, async (tx): Promise<Result<{ askedAt: string }, AskCallRefusal>> => {
    const now = deps.clock.now();
    const found = await findVisit(tx, visitId);
    const late = feedbackRefusal(found?.visit, now);
    if (late) return err(late);
    if (!sealed && !found?.patient.phone) return err({ code: "NUMBER_NEEDED" });
    if ((await tx.$count(callRequests, eq(callRequests.voucherId, voucherId))) >= requestsPerLink)
      return err({ code: "CALL_ASKED_ENOUGH" });
    await tx.insert(callRequests).values({ id, visitId, voucherId, number: sealed, createdAt: now });
    await recordAudit(tx, {
      event: "CALL_ASKED",
      actor,
      visitId,
      tokenId: voucherId,
      metadata: { number: number ? "now" : callBack ? "at-the-door" : "on-file" },
    });
    await tellChanged(tx, visitId);
    return ok({ askedAt: now.toISOString() });
  });
}

async function numberSaid(
  deps: Need<"db" | "cipher" | "keyring">,
  actor: SeatActor,
  holder: string,
): Promise<string | null> {
  const { visitId, voucherId } = actor;
  const said = await deps.db.asActor(actor, (tx) => arrivalBy(deps, tx, { visitId, voucherId, holder }));
  return said ? (await openArrival(deps, said)).callBack : null;
}

/** The same before anything was spent: the link's code is the proof. */
export async function askCallAtDoor(
  deps: Need<"db" | "clock" | "cipher" | "keyring" | "signer"> & Guarded,
  { code, holder, origin, number }: { code: string; holder: string; origin: Origin; number?: string },
): Promise<Result<{ askedAt: string }, AskCallRefusal | LinkRefusal | GuessLimited | VisitClosed>> {
  const limited = await guardGuess(deps, origin, code);
  if (limited) return err(limited);
  const seen = await inspectCode(deps, code, deps.clock.now(), holder);
  if (!seen.ok) {
    await noteMiss(deps, origin, code, seen.error.code);
    return err((await closedBehind(deps, seen.error, origin)) ?? { code: seen.error.code });
  }
  const { id: voucherId, visitId, party } = seen.value;
  return askCall(deps, { actor: { kind: "link", voucherId, visitId, party, origin }, holder, number });
}
