import { and, asc, eq, gt, inArray, isNotNull, isNull, lte } from "drizzle-orm";
import { recordingConsents, recordings, roomSeats, videoVisits, visitSeats } from "@/db/schema";
import type { AuditEvent } from "@/lib/audit/events";
import { recordAudit } from "@/lib/audit/record";
import { sweeper } from "@/lib/kernel/actor";
import { auditOf, type Call, callOf, tellCall } from "./call";
import type { Need } from "./deps";
import { endRecording, stopCapture } from "./end-recording";
import { type EndReason, placeOf, type Recording } from "./recording";

type Deps = Need<"db" | "clock" | "recorder" | "log">;
const batch = 50;
/** Nobody is kept guessing whether they are asked: a question without an answer is over. */
const answerMs = 120_000;
/** The cloud's answer to "start" was lost with the process that waited for it. */
const startMs = 30_000;
/** A page tells every 15 s that it is there. */
const silentMs = 60_000;
/** A file that isn't there by then never will be. */
const fileMs = 30 * 60_000;
const dayMs = 86_400_000;

/**
 * For the worker: recordings are made to agree with the cloud. One that nobody answers, that nobody is left in, or whose meeting is over ends; the file of one that ended is
 * locked for as long as people were told, and deleted then. Every step may be repeated, by several workers at once.
 */
export async function settleRecordings(deps: Deps): Promise<void> {
  if (!deps.recorder) return;
  const now = deps.clock.now();
  const open = await deps.db.asActor(sweeper, (tx) =>
    tx
      .select()
      .from(recordings)
      .where(isNull(recordings.settledAt))
      .orderBy(asc(recordings.askedAt))
      .limit(batch),
  );
  for (const row of open) await (row.endedAt ? settle(deps, row, now) : watch(deps, row, now));
  await deleteOld(deps, now);
}

async function watch(deps: Deps, row: Recording, now: Date): Promise<void> {
  const reason = await whyOver(deps, row, now);
  if (!reason) return;
  const call = callOf(row);
  const ended = await deps.db.asActor(sweeper, (tx) =>
    endRecording(tx, { call, reason, actor: sweeper, now }),
  );
  if (ended) await stopCapture(deps, ended);
}

async function whyOver(deps: Deps, row: Recording, now: Date): Promise<EndReason | null> {
  const since = (at: Date) => now.getTime() - at.getTime();
  if (row.startedAt && row.captureId) {
    const running = await deps.recorder!.isRunning(row.captureId);
    if (running.ok && !running.value) return "call-ended";
    if (!(await isAnybodyThere(deps, callOf(row), now))) return "left";
    return (await isAnybodyUnasked(deps, row)) ? "newcomer" : null;
  }
  if (row.startingAt) return since(row.startingAt) > startMs ? "failed" : null;
  return since(row.askedAt) > answerMs ? "unanswered" : null;
}

async function isAnybodyThere({ db }: Deps, call: Call, now: Date): Promise<boolean> {
  const seats = call.visitId ? visitSeats : roomSeats;
  const inside = and(
    call.visitId ? eq(visitSeats.visitId, call.visitId) : eq(roomSeats.roomId, call.roomId!),
    isNull(seats.leftAt),
    isNull(seats.removedAt),
    gt(seats.presentAt, new Date(now.getTime() - silentMs)),
  );
  return (await db.asActor(sweeper, (tx) => tx.$count(seats, inside))) > 0;
}

/** Whoever is let into a visit passes `beforeNewcomer`; should two of these cross, what was begun meanwhile ends here. */
async function isAnybodyUnasked({ db }: Deps, { id, visitId }: Recording): Promise<boolean> {
  if (!visitId) return false;
  return db.asActor(sweeper, async (tx) => {
    const { voucherId, agreed, recordingId } = recordingConsents;
    const inside = await tx
      .select({ voucherId: visitSeats.voucherId })
      .from(visitSeats)
      .leftJoin(
        recordingConsents,
        and(eq(voucherId, visitSeats.voucherId), eq(recordingId, id), eq(agreed, true)),
      )
      .where(
        and(
          eq(visitSeats.visitId, visitId),
          isNotNull(visitSeats.admittedAt),
          isNull(visitSeats.leftAt),
          isNull(visitSeats.removedAt),
          isNull(voucherId),
        ),
      )
      .limit(1);
    return inside.length > 0;
  });
}

async function settle(deps: Deps, row: Recording, now: Date): Promise<void> {
  const recorder = deps.recorder!;
  const stopped = await stopCapture(deps, row.id);
  if (!stopped.ok) return;
  const endedAt = row.endedAt ?? now;
  const isLate = now.getTime() - endedAt.getTime() > fileMs;
  const file = row.startingAt ? await recorder.find(placeOf(row)) : null;
  if (file && !file.ok) return;
  const found = file?.value ?? null;
  if (row.startingAt && !found && !isLate) return;
  if (!row.startedAt) {
    // Nobody was told that it had begun: nothing of it is kept.
    if (row.startingAt && !(await recorder.remove(placeOf(row))).ok) return;
    return done(deps, row, null, { settledAt: now });
  }
  if (!found) {
    deps.log.error({ recordingId: row.id }, "no file came of a recording");
    return done(deps, row, "RECORDING_FAILED", { settledAt: now });
  }
  const keptUntil = new Date(endedAt.getTime() + row.keepDays * dayMs);
  if (!(await recorder.lock(found.key, keptUntil)).ok) return;
  const stored = { objectKey: found.key, bytes: found.bytes, keptUntil, settledAt: now };
  await done(deps, row, "RECORDING_STORED", stored);
}

async function done(
  { db }: Deps,
  row: Recording,
  event: AuditEvent | null,
  fields: Partial<Recording>,
): Promise<void> {
  await db.asActor(sweeper, async (tx) => {
    const { id } = row;
    const call = callOf(row);
    const settled = await tx
      .update(recordings)
      .set(fields)
      .where(and(eq(recordings.id, id), isNull(recordings.settledAt)))
      .returning({ id: recordings.id });
    if (settled.length === 0) return;
    if (row.visitId && fields.objectKey)
      await tx
        .update(videoVisits)
        .set({ recordingS3Key: fields.objectKey })
        .where(eq(videoVisits.id, row.visitId));
    if (event) await recordAudit(tx, { event, actor: sweeper, ...auditOf(call, { recordingId: id }) });
    await tellCall(tx, call);
  });
}

async function deleteOld(deps: Deps, now: Date): Promise<void> {
  const due = and(
    isNotNull(recordings.objectKey),
    isNull(recordings.deletedAt),
    lte(recordings.keptUntil, now),
  );
  const old = await deps.db.asActor(sweeper, (tx) =>
    tx.select().from(recordings).where(due).orderBy(asc(recordings.keptUntil)).limit(batch),
  );
  const gone: Recording[] = [];
  for (const row of old) {
    const removed = await deps.recorder!.remove(placeOf(row));
    if (removed.ok) gone.push(row);
  }
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await deps.db.asActor(sweeper, async (tx) => {
    const deleted = await tx
      .update(recordings)
      .set({ deletedAt: now })
      .where(and(due, inArray(recordings.id, ids)))
      .returning();
    const visitIds = deleted.flatMap(({ visitId }) => visitId ?? []);
    await tx.update(videoVisits).set({ recordingS3Key: null }).where(inArray(videoVisits.id, visitIds));
    for (const row of deleted)
      await recordAudit(tx, {
        event: "RECORDING_DELETED",
        actor: sweeper,
        ...auditOf(callOf(row), { recordingId: row.id }),
      });
  });
}
