import { and, eq, isNull } from "drizzle-orm";
import { recordings, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { auditOf, callOf, type Insider, tellCall } from "./call";
import type { Need } from "./deps";
import { endRecording, stopCapture } from "./end-recording";
import { placeOf } from "./recording";

/**
 * Everybody has agreed: they are shown that they are recorded, then the cloud is asked to begin. Whoever ended it in between wins: what began is stopped, and nothing of it is kept.
 * @param actor whose answer was the last.
 */
export async function beginRecording(
  deps: Need<"db" | "clock" | "recorder">,
  { recordingId, actor }: { recordingId: string; actor: Insider },
): Promise<void> {
  const { recorder } = deps;
  const mine = and(eq(recordings.id, recordingId), isNull(recordings.endedAt));
  const row = await deps.db.asActor(clerk, async (tx) => {
    const [first] = await tx
      .update(recordings)
      .set({ startingAt: deps.clock.now() })
      .where(and(mine, isNull(recordings.startingAt)))
      .returning();
    if (first) await tellCall(tx, callOf(first));
    return first;
  });
  if (!row || !recorder) return;
  const call = callOf(row);
  const begun = await recorder.start({
    token: row.id,
    meetingId: row.meetingId,
    place: placeOf(row),
    withPicture: row.withPicture,
  });
  const isOn = await deps.db.asActor(clerk, async (tx) => {
    const now = deps.clock.now();
    if (!begun.ok) {
      await endRecording(tx, { call, reason: "failed", actor, now });
      return false;
    }
    const { captureId } = begun.value;
    const on = await tx
      .update(recordings)
      .set({ captureId, startedAt: now })
      .where(mine)
      .returning({ id: recordings.id });
    if (on.length === 0) {
      await tx.update(recordings).set({ captureId }).where(eq(recordings.id, row.id));
      return false;
    }
    if (row.visitId)
      await tx.update(videoVisits).set({ recordingEnabled: true }).where(eq(videoVisits.id, row.visitId));
    await recordAudit(tx, { event: "RECORDING_STARTED", actor, ...auditOf(call, { recordingId: row.id }) });
    await tellCall(tx, call);
    return true;
  });
  if (!isOn) await stopCapture(deps, row.id);
}
