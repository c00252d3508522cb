import { and, count, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordingConsents, recordings } from "@/db/schema";
import { type Call, isOf } from "./call";
import { type EndReason, findNewest, type Recording } from "./recording";

/** A call's newest recording, as those inside may know of it. */
export type LiveRecording = {
  recordingId: string;
  /** Sound and picture; else sound alone. */
  withPicture: boolean;
  state: "asked" | "recording" | "over";
  /** Why it is over. */
  reason: EndReason | null;
  /** The reader asked for it, or has answered. */
  answered: boolean;
  keptDays: number;
  /** How many of the call's recordings, this one and earlier ones, have been put away: a page that lists them looks again. */
  settled: number;
};

/** As recorded from before the cloud is asked to begin until it has said that it stopped: nothing is kept that was not shown. */
function stateOf({ startingAt, endedAt, stoppedAt }: Recording): LiveRecording["state"] {
  if (!startingAt) return endedAt ? "over" : "asked";
  return endedAt && stoppedAt ? "over" : "recording";
}

/** Read as whoever looks: row-level security shows it to those inside and to who may listen. @param link by which the reader came in. */
export async function liveRecording(tx: Tx, call: Call, link: string | null): Promise<LiveRecording | null> {
  const row = await findNewest(tx, call);
  if (!row) return null;
  const own = call.visitId ? recordingConsents.voucherId : recordingConsents.inviteId;
  const mine = link
    ? await tx
        .select({ agreed: recordingConsents.agreed })
        .from(recordingConsents)
        .where(and(eq(recordingConsents.recordingId, row.id), eq(own, link)))
    : [];
  const [kept] = await tx
    .select({ settled: count() })
    .from(recordings)
    .where(and(isOf(call), isNotNull(recordings.settledAt)));
  return {
    recordingId: row.id,
    withPicture: row.withPicture,
    state: stateOf(row),
    reason: row.endReason,
    answered: mine.length > 0,
    keptDays: row.keepDays,
    settled: kept?.settled ?? 0,
  };
}
