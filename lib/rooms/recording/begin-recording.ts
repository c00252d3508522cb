import { and, eq, isNull } from "drizzle-orm";
import { recordings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { tellRoom } from "../changed";
import type { Need } from "../deps";
import type { RoomActor } from "../redeem-invite";
import { endRecording, stopCapture } from "./end-recording";
import { placeOf } from "./recording";

/**
 * Everybody has agreed: the cloud begins, then the row says so. Whoever ended it in between wins: what began is stopped, and nothing of it is kept.
 * @param actor whose answer was the last.
 */
export async function beginRecording(
  deps: Need<"db" | "clock" | "recorder">,
  { recordingId, actor }: { recordingId: string; actor: RoomActor },
): Promise<void> {
  const { recorder } = deps;
  const mine = and(eq(recordings.id, recordingId), isNull(recordings.endedAt));
  const [row] = await deps.db.asActor(clerk, (tx) =>
    tx
      .update(recordings)
      .set({ startingAt: deps.clock.now() })
      .where(and(mine, isNull(recordings.startingAt)))
      .returning(),
  );
  if (!row || !recorder) return;
  const { roomId } = row;
  const begun = await recorder.start({ token: row.id, meetingId: row.meetingId, place: placeOf(row) });
  const isOn = await deps.db.asActor(clerk, async (tx) => {
    const now = deps.clock.now();
    if (!begun.ok) {
      await endRecording(tx, { roomId, reason: "failed", actor, now });
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
    await recordAudit(tx, { event: "RECORDING_STARTED", actor, metadata: { roomId, recordingId: row.id } });
    await tellRoom(tx, roomId);
    return true;
  });
  if (!isOn) await stopCapture(deps, row.id);
}
