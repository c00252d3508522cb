import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSurveys, visitTroubles } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Measured, SurveyAnswer, TroubleKind } from "@/lib/kernel/measured";
import { err, ok, type Result } from "@/lib/kernel/result";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import type { FeedbackRefusal } from "./refusals";
import type { SeatActor } from "./seat-holder";

/** For so long after a visit its links still say how it was. They open nothing else by then. */
const feedbackHours = 24;
/** Of one link: a report is no log. */
const reportsPerSeat = 3;

/**
 * How it was, from a patient who took their seat; during the visit and for a day after it. The first answer counts: another changes
 * nothing, and is answered with the first.
 */
export async function answerSurvey(
  deps: Need<"db" | "clock">,
  { actor, answer }: { actor: SeatActor; answer: SurveyAnswer },
): Promise<Result<{ answer: SurveyAnswer }, FeedbackRefusal>> {
  const { visitId, voucherId, party } = actor;
  if (party !== "patient") return err({ code: "PATIENTS_ONLY" });
  return deps.db.asActor(actor, async (tx): Promise<Result<{ answer: SurveyAnswer }, FeedbackRefusal>> => {
    const now = deps.clock.now();
    const late = feedbackRefusal((await findVisit(tx, visitId))?.visit, now);
    if (late) return err(late);
    const made = await tx
      .insert(visitSurveys)
      .values({ voucherId, visitId, answer, createdAt: now })
      .onConflictDoNothing()
      .returning({ answer: visitSurveys.answer });
    if (made.length === 0) {
      const [first] = await tx.select().from(visitSurveys).where(eq(visitSurveys.voucherId, voucherId));
      return ok({ answer: first?.answer ?? answer });
    }
    await recordAudit(tx, {
      event: "SURVEY_ANSWERED",
      actor,
      visitId,
      tokenId: voucherId,
      metadata: { answer },
    });
    await tellChanged(tx, visitId);
    return ok({ answer });
  });
}

/** Technical trouble with what the call measured: from whoever sits in it, and for a day after it. */
export async function reportTrouble(
  deps: Need<"db" | "clock">,
  { actor, what, measured }: { actor: SeatActor; what: TroubleKind; measured: Measured },
): Promise<Result<{ reportId: string }, FeedbackRefusal>> {
  const { visitId, voucherId, party } = actor;
  return deps.db.asActor(actor, async (tx): Promise<Result<{ reportId: string }, FeedbackRefusal>> => {
    const now = deps.clock.now();
    const late = feedbackRefusal((await findVisit(tx, visitId))?.visit, now);
    if (late) return err(late);
    // Of this link alone: row-level security shows it no others.
    if ((await tx.$count(visitTroubles, eq(visitTroubles.voucherId, voucherId))) >= reportsPerSeat)
      return err({ code: "REPORTS_ENOUGH" });
    const reportId = randomUUID();
    await tx
      .insert(visitTroubles)
      .values({ id: reportId, visitId, voucherId, party, what, measured, createdAt: now });
    await recordAudit(tx, {
      event: "TROUBLE_REPORTED",
      actor,
      visitId,
      tokenId: voucherId,
      metadata: { party, what },
    });
    await tellChanged(tx, visitId);
    return ok({ reportId });
  });
}

/** Null: it is not too late to say something of this visit. */
export function feedbackRefusal(
  visit: VisitRow | undefined,
  now: Date,
): Extract<FeedbackRefusal, { code: "VISIT_UNKNOWN" | "FEEDBACK_CLOSED" }> | null {
  if (!visit) return { code: "VISIT_UNKNOWN" };
  const closedAt = visit.endedAt ?? visit.cancelledAt ?? visit.noShowAt;
  if (!closedAt || now.getTime() - closedAt.getTime() <= feedbackHours * 3_600_000) return null;
  return { code: "FEEDBACK_CLOSED" };
}

export type Feedback = {
  surveys: { answer: SurveyAnswer; at: string }[];
  troubles: {
    reportId: string;
    party: (typeof visitTroubles.$inferSelect)["party"];
    what: TroubleKind;
    measured: Measured;
    at: string;
  }[];
};

/** In the caller's transaction: what the caller may see of it, oldest first. */
export async function feedbackOf(tx: Tx, visitId: string): Promise<Feedback> {
  const surveys = await tx
    .select()
    .from(visitSurveys)
    .where(eq(visitSurveys.visitId, visitId))
    .orderBy(asc(visitSurveys.createdAt));
  const troubles = await tx
    .select()
    .from(visitTroubles)
    .where(eq(visitTroubles.visitId, visitId))
    .orderBy(asc(visitTroubles.createdAt));
  return {
    surveys: surveys.map(({ answer, createdAt }) => ({ answer, at: createdAt.toISOString() })),
    troubles: troubles.map(({ id, party, what, measured, createdAt }) => ({
      reportId: id,
      party,
      what,
      measured,
      at: createdAt.toISOString(),
    })),
  };
}

/** How often something was said. */
export async function feedbackCount(tx: Tx, visitId: string): Promise<number> {
  const surveys = await tx.$count(visitSurveys, eq(visitSurveys.visitId, visitId));
  return surveys + (await tx.$count(visitTroubles, eq(visitTroubles.visitId, visitId)));
}
