import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { timeRequests } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type TimeWish, wishesMax } from "@/lib/kernel/time-wish";
import { calendarDay } from "@/lib/kernel/times";
import { callOff } from "./cancel-visit";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import type { VisitRow, VisitWithPeople } from "./find-visit";
import { findOwnVisit, type Patient } from "./own-visit";
import { closedRefusal, type VisitClosed, type VisitUnknown } from "./refusals";
import { isOpen, statusOf } from "./status";
import { type RequestKind, sealSaid } from "./time-requests";
import { windowEndsAt } from "./window";

type Asked = { patient: Patient; visitId: string };
/**
 * 409 `VISIT_ACTIVE`: it has begun. 422 `WISHES_INVALID`: none, more than three, or a day that is over or too far. 429 `REQUESTS_LIMITED`: asked often
 * enough today.
 */
export type AskTimeRefusal =
  | VisitUnknown
  | VisitClosed
  | { code: "VISIT_ACTIVE" }
  | { code: "VISIT_WINDOW_CLOSED" }
  | { code: "WISHES_INVALID" }
  | { code: "REQUESTS_LIMITED"; retryAfterSeconds: number };

const dayMs = 86_400_000;
/** Of one visit in a day. */
const requestsADay = 5;
const farthestDays = 180;
/** Whoever says so this long before has the visit called off at once; later, staff confirm it (decision 0029). */
export const callOffHours = 24;

/** Asks staff for another time. What was asked before is taken back by it. `words`: sealed; staff who read them are recorded. */
export async function askForTime(
  deps: Need<"db" | "clock" | "cipher">,
  { wishes, words, ...asked }: Asked & { wishes: readonly TimeWish[]; words: string | null },
): Promise<Result<void, AskTimeRefusal>> {
  return ask(deps, asked, { kind: "move", words, wishes });
}

/** Says that the patient can't come. @returns whether the visit was called off by it, or staff are asked to. */
export async function sayCannotCome(
  deps: Parameters<typeof callOff>[0] & Need<"cipher">,
  { words, ...asked }: Asked & { words: string | null },
): Promise<Result<{ calledOff: boolean }, AskTimeRefusal>> {
  const noted = await ask(deps, asked, { kind: "cancel", words, wishes: [] });
  if (!noted.ok) return noted;
  const { patient, visitId } = asked;
  const soon = deps.clock.now().getTime() + callOffHours * 3_600_000;
  const done = await callOff(deps, {
    visitId,
    actor: patient,
    refuses: ({ patientId, scheduledAt }) =>
      patientId !== patient.id || scheduledAt.getTime() <= soon ? { code: "TOO_LATE" } : null,
  });
  // Too late, or somebody was quicker: then what was asked stands, or is settled already.
  return ok({ calledOff: done.ok });
}

/** Takes back what waits for an answer. Nothing waits: nothing happens. */
export async function withdrawRequest(
  deps: Need<"db" | "clock">,
  { patient, visitId }: Asked,
): Promise<Result<void, VisitUnknown>> {
  return deps.db.asActor(patient, async (tx) => {
    if (!(await findOwnVisit(tx, patient, visitId))) return err({ code: "VISIT_UNKNOWN" } as const);
    if (await takeBack(tx, visitId, deps.clock.now())) {
      await recordAudit(tx, { event: "TIME_REQUEST_WITHDRAWN", actor: patient, visitId });
      await tellChanged(tx, visitId);
    }
    return ok(undefined);
  });
}

type Request = { kind: RequestKind; wishes: readonly TimeWish[]; words: string | null };

async function ask(
  deps: Need<"db" | "clock" | "cipher">,
  { patient, visitId }: Asked,
  { kind, wishes, words: said }: Request,
): Promise<Result<void, AskTimeRefusal>> {
  const id = randomUUID();
  const words = await sealSaid(deps, "words", id, said?.trim() || null);
  return deps.db.asActor(patient, async (tx): Promise<Result<void, AskTimeRefusal>> => {
    const now = deps.clock.now();
    const found = await findOwnVisit(tx, patient, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const refusal = notNow(found.visit, now);
    if (refusal) return err(refusal);
    if (kind === "move" && !arePossible(wishes, found, now)) return err({ code: "WISHES_INVALID" });
    const before = await tx.$count(
      timeRequests,
      and(eq(timeRequests.visitId, visitId), gt(timeRequests.createdAt, new Date(now.getTime() - dayMs))),
    );
    if (before >= requestsADay) return err({ code: "REQUESTS_LIMITED", retryAfterSeconds: dayMs / 1000 });
    await takeBack(tx, visitId, now);
    const made = await tx
      .insert(timeRequests)
      .values({ id, visitId, kind, wishes: [...wishes], words, createdAt: now })
      .onConflictDoNothing()
      .returning({ id: timeRequests.id });
    // Pressed twice at once: the other one stands.
    if (made.length === 0) return ok(undefined);
    await recordAudit(tx, {
      event: "TIME_ASKED",
      actor: patient,
      visitId,
      metadata: { requestId: id, kind, wishes: wishes.length },
    });
    await tellChanged(tx, visitId);
    return ok(undefined);
  });
}

function notNow(visit: VisitRow, now: Date): AskTimeRefusal | null {
  const status = statusOf(visit);
  if (status === "ACTIVE") return { code: "VISIT_ACTIVE" };
  if (isOpen(status) && windowEndsAt(visit) <= now) return { code: "VISIT_WINDOW_CLOSED" };
  return closedRefusal(status, visit);
}

/** One to three days of the patient's calendar, none over and none out of sight. */
function arePossible(wishes: readonly TimeWish[], { patient }: VisitWithPeople, now: Date): boolean {
  const [first, last] = [now, new Date(now.getTime() + farthestDays * dayMs)].map((at) =>
    calendarDay(at, patient.timeZone),
  );
  const isDay = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day));
  return (
    wishes.length > 0 &&
    wishes.length <= wishesMax &&
    wishes.every(({ day }) => isDay(day) && day >= first! && day <= last!)
  );
}

async function takeBack(tx: Tx, visitId: string, now: Date): Promise<boolean> {
  const gone = await tx
    .update(timeRequests)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(timeRequests.visitId, visitId),
        isNull(timeRequests.withdrawnAt),
        isNull(timeRequests.settledAt),
      ),
    )
    .returning({ id: timeRequests.id });
  return gone.length > 0;
}
