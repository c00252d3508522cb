import { and, count, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordingConsents, recordings } from "@/db/schema";
import type { LiveRecording } from "../answers";
import { findNewest } from "./recording";

/** Read as whoever looks: row-level security shows it to those inside and to who may listen. @param inviteId of the reader's seat. */
export async function liveRecording(
  tx: Tx,
  roomId: string,
  inviteId: string | null,
): Promise<LiveRecording | null> {
  const row = await findNewest(tx, roomId);
  if (!row) return null;
  const mine = inviteId
    ? await tx
        .select({ agreed: recordingConsents.agreed })
        .from(recordingConsents)
        .where(and(eq(recordingConsents.recordingId, row.id), eq(recordingConsents.inviteId, inviteId)))
    : [];
  const [kept] = await tx
    .select({ settled: count() })
    .from(recordings)
    .where(and(eq(recordings.roomId, roomId), isNotNull(recordings.settledAt)));
  return {
    recordingId: row.id,
    state: row.endedAt ? "over" : row.startedAt ? "recording" : "asked",
    reason: row.endReason,
    answered: mine.length > 0,
    keptDays: row.keepDays,
    settled: kept?.settled ?? 0,
  };
}
