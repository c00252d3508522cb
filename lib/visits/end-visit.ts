import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSessions } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import { type Actor, clerk, type Origin } from "@/lib/kernel/actor";
import { isGuest } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { EndedVisit } from "./answers";
import { closeVisit } from "./close-visit";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import { leaveSeat } from "./leave-visit";
import { mayManage } from "./permit";
import { isConnected } from "./presence";
import { closedRefusal, type EndRefusal, secondsBetween } from "./refusals";
import { sealText } from "./sealed-text";
import { seatsOf } from "./seat";
import type { SeatActor } from "./seat-holder";
import { statusOf } from "./status";

export type EndVisitInput = {
  visitId: string;
  origin: Origin;
  /** From `start`; good until the visit is closed, however long the call was. */
  sessionToken?: string;
  /** Signed-in staff. With a session token too, the session says who ends and the staff member whose notes they are. */
  actor?: Actor;
  endReason?: string;
  /** Seconds, as the caller counted: recorded beside our own count, which is the one we answer with. */
  duration?: number;
  notes?: string;
};
type Deps = Need<"db" | "clock" | "keyring" | "cipher" | "meetings" | "contactCentre" | "log">;
type Done = { answer: EndedVisit; cleanups: string[] };

/**
 * Ends a visit, or one party's part in it. The clinician and staff end it for all. A patient ends it when nobody else is connected, and
 * otherwise only leaves; a guest only ever leaves. Clinical notes are the clinician's: they are kept only from a signed-in clinician or admin, sealed.
 * The visit is closed even while the cloud is away; the meeting then ends as soon as the cloud is back.
 * @see seed 4, "End Video Session".
 */
export async function endVisit(deps: Deps, input: EndVisitInput): Promise<Result<EndedVisit, EndRefusal>> {
  const speaker = await speakerOf(deps, input);
  if (!speaker.ok) return speaker;
  const { by, session } = speaker.value;
  const notes = await keepableNotes(deps, input);

  const done = await deps.db.asActor(clerk, async (tx): Promise<Result<Done, EndRefusal>> => {
    const found = await findVisit(tx, input.visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    if (!session && !mayManage(by, visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    if (session?.revoked) return err({ code: "SESSION_INVALID" });
    if (!visit.startedAt) return err({ code: "VISIT_NOT_ACTIVE" });

    const warnings = notesWarnings(input, notes !== null, session?.actor ?? null);
    const now = deps.clock.now();
    if (session && (await onlyLeaves(tx, visit, session.actor, now))) {
      await leaveSeat(tx, session.actor, now);
      return ok({ answer: { ...answerOf(visit, null, now), warnings }, cleanups: [] });
    }
    const cleanups = await closeVisit(deps, tx, {
      visit,
      closing: {
        endedAt: now,
        endReason: input.endReason ?? "completed",
        ...(notes && { clinicalNotes: notes }),
      },
      reason: "visit ended",
      actor: by,
    });
    await recordAudit(tx, {
      event: "VISIT_ENDED",
      actor: by,
      visitId: visit.id,
      metadata: {
        endReason: (input.endReason ?? "completed").slice(0, 200),
        durationSeconds: secondsBetween(visit.startedAt, now),
        reportedSeconds: input.duration,
      },
    });
    if (notes && input.actor)
      await recordAudit(tx, { event: "NOTES_WRITTEN", actor: input.actor, visitId: visit.id });
    return ok({ answer: { ...answerOf(visit, now, now), warnings }, cleanups });
  });
  if (!done.ok) return done;
  await finishCleanups(deps, done.value.cleanups);
  return ok(done.value.answer);
}

type Speaker = { by: Actor; session: { actor: SeatActor; revoked: boolean } | null };

async function speakerOf(
  deps: Deps,
  { visitId, sessionToken, actor, origin }: EndVisitInput,
): Promise<Result<Speaker, EndRefusal>> {
  if (sessionToken) {
    const hashes = deps.keyring.hashes("visit-session", sessionToken);
    const [row] = await deps.db.asActor(clerk, (tx) =>
      tx.select().from(visitSessions).where(inArray(visitSessions.tokenHash, hashes)),
    );
    if (row?.visitId === visitId) {
      const holder: SeatActor = { kind: "link", voucherId: row.voucherId, visitId, party: row.party, origin };
      return ok({ by: holder, session: { actor: holder, revoked: row.revokedAt !== null } });
    }
  }
  if (actor && actor.kind !== "anonymous" && actor.kind !== "link") return ok({ by: actor, session: null });
  return err({ code: "SESSION_INVALID" });
}

/** Sealed before the transaction, so that no row is locked while the vault is asked. Null: nothing to keep. */
async function keepableNotes(deps: Deps, { notes, actor, visitId }: EndVisitInput): Promise<Buffer | null> {
  if (!notes || actor?.kind !== "person") return null;
  const found = await deps.db.asActor(actor, (tx) => findVisit(tx, visitId));
  if (!found || !mayWriteNotes(actor, found.visit)) return null;
  return sealText(deps, "clinical_notes", visitId, notes);
}

/** The visit's own clinician, or an admin. A scheduler runs the book and writes no clinical record. */
export function mayWriteNotes(actor: Actor, visit: Pick<VisitRow, "clinicianId">): boolean {
  if (actor.kind !== "person") return false;
  return actor.role === "admin" || (actor.role === "clinician" && actor.id === visit.clinicianId);
}

function notesWarnings(
  { notes }: EndVisitInput,
  kept: boolean,
  session: SeatActor | null,
): EndedVisit["warnings"] {
  if (!notes || kept) return [];
  return [session && session.party !== "clinician" ? "NOTES_NOT_KEPT" : "NOTES_NEED_SIGN_IN"];
}

/** A guest ends nothing for others. A patient ends the visit where nobody else is connected. */
async function onlyLeaves(tx: Tx, visit: VisitRow, leaver: SeatActor, now: Date): Promise<boolean> {
  if (leaver.party !== "patient") return isGuest(leaver.party);
  const seats = await seatsOf(tx, visit.id);
  return seats.some((seat) => seat.voucherId !== leaver.voucherId && isConnected(seat, now));
}

function answerOf(visit: VisitRow, endedAt: Date | null, now: Date): Omit<EndedVisit, "warnings"> {
  return {
    visitId: visit.id,
    status: endedAt ? "COMPLETED" : statusOf(visit),
    duration: secondsBetween(visit.startedAt, endedAt ?? now) ?? 0,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
