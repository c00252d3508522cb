import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import { auditOf, type Call, callOf, tellCall } from "./call";
import type { Need } from "./deps";
import { type EndReason, findLive, placeOf, type Recording } from "./recording";

/**
 * In the caller's transaction: the call's recording is asked for no more, or is over. Nothing happens where there is none.
 * @returns its id, for `stopCapture` after the commit; should that not come to pass, the worker does it.
 */
export async function endRecording(
  tx: Tx,
  { call, reason, actor, now }: { call: Call; reason: EndReason; actor: Actor; now: Date },
): Promise<string | null> {
  const live = await findLive(tx, call);
  if (!live) return null;
  const ended = await tx
    .update(recordings)
    .set({ endedAt: now, endReason: reason })
    .where(and(eq(recordings.id, live.id), isNull(recordings.endedAt)))
    .returning({ id: recordings.id });
  if (ended.length === 0) return null;
  const event = live.startedAt ? "RECORDING_STOPPED" : "RECORDING_CALLED_OFF";
  await recordAudit(tx, { event, actor, ...auditOf(call, { recordingId: live.id, reason }) });
  await tellCall(tx, call);
  return live.id;
}

type Deps = Need<"db" | "clock" | "recorder">;

/** From the answer on nothing more is recorded, and those inside are shown so. Of one that never began, or is stopped: success. */
export async function stopCapture(deps: Deps, recordingId: string): Promise<Result<void, CloudRefusal>> {
  const row = await deps.db.asActor(clerk, (tx) => byId(tx, recordingId));
  if (!row?.startingAt || row.stoppedAt || !deps.recorder) return ok(undefined);
  const captureId = await captureOf(deps.recorder, row);
  if (!captureId.ok) return captureId;
  if (captureId.value) {
    const asked = { token: row.id, captureId: captureId.value, place: placeOf(row) };
    const stopped = await deps.recorder.stop(asked);
    if (!stopped.ok) return stopped;
  }
  await deps.db.asActor(clerk, async (tx) => {
    await tx
      .update(recordings)
      .set({ stoppedAt: deps.clock.now(), captureId: captureId.value })
      .where(and(eq(recordings.id, row.id), isNull(recordings.stoppedAt)));
    await tellCall(tx, callOf(row));
  });
  return ok(undefined);
}

/** Where the answer to "start" was lost, the same token finds what it started. */
async function captureOf(
  recorder: NonNullable<Deps["recorder"]>,
  row: Recording,
): Promise<Result<string | null, CloudRefusal>> {
  if (row.captureId) return ok(row.captureId);
  const found = await recorder.start({
    token: row.id,
    meetingId: row.meetingId,
    place: placeOf(row),
    withPicture: row.withPicture,
  });
  if (found.ok) return ok(found.value.captureId);
  const { error } = found;
  return error.code === "MEETING_ENDED" ? ok(null) : { ok: false, error };
}

async function byId(tx: Tx, id: string): Promise<Recording | null> {
  const [row] = await tx.select().from(recordings).where(eq(recordings.id, id));
  return row ?? null;
}
