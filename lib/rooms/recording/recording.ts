import { and, desc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordings } from "@/db/schema";

export type Recording = typeof recordings.$inferSelect;
/** A CHECK of migration 0269 says the same. `taken-back`: by the host, before it began; `withdrawn`: by the guest; `newcomer`: somebody came in who was not asked. */
export const endReasons = [
  "refused",
  "taken-back",
  "unanswered",
  "stopped",
  "withdrawn",
  "left",
  "newcomer",
  "room-closed",
  "call-ended",
  "failed",
] as const;
export type EndReason = (typeof endReasons)[number];

/** Derived from times. `unrecorded`: it was asked for and never began; `failed`: it began, and no file came of it. */
const recordingStates = [
  "asked",
  "recording",
  "saving",
  "stored",
  "unrecorded",
  "failed",
  "deleted",
] as const;
export type RecordingState = (typeof recordingStates)[number];

export function recordingState(row: Recording): RecordingState {
  if (!row.endedAt) return row.startedAt ? "recording" : "asked";
  if (row.deletedAt) return "deleted";
  if (!row.startedAt) return "unrecorded";
  if (!row.settledAt) return "saving";
  return row.objectKey ? "stored" : "failed";
}

/** Where all of it lies in the cloud. */
export const placeOf = ({ id }: Pick<Recording, "id">) => `rooms/${id}`;

/** The one that is asked for or runs, locked for a change. */
export async function findLive(tx: Tx, roomId: string): Promise<Recording | null> {
  const [row] = await tx
    .select()
    .from(recordings)
    .where(and(eq(recordings.roomId, roomId), isNull(recordings.endedAt)))
    .for("update");
  return row ?? null;
}

export async function findNewest(tx: Tx, roomId: string): Promise<Recording | null> {
  const [row] = await tx
    .select()
    .from(recordings)
    .where(eq(recordings.roomId, roomId))
    .orderBy(desc(recordings.askedAt))
    .limit(1);
  return row ?? null;
}
