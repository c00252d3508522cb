import { and, desc, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordings } from "@/db/schema";
import { type Call, isOf } from "./call";

export type Recording = typeof recordings.$inferSelect;
/** A CHECK of migration 0269 says the same. `taken-back`: by who asked, before it began; `withdrawn`: by somebody else; `newcomer`: somebody came in who was not asked. */
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
  if (!row.endedAt) return row.startingAt ? "recording" : "asked";
  if (row.deletedAt) return "deleted";
  if (!row.startedAt) return "unrecorded";
  if (!row.settledAt) return "saving";
  return row.objectKey ? "stored" : "failed";
}

/** Where all of it lies in the cloud. */
export const placeOf = ({ id, visitId }: Pick<Recording, "id" | "visitId">) =>
  `${visitId ? "visits" : "rooms"}/${id}`;

/** The one that is asked for or runs, locked for a change. */
export async function findLive(tx: Tx, call: Call): Promise<Recording | null> {
  const [row] = await tx
    .select()
    .from(recordings)
    .where(and(isOf(call), isNull(recordings.endedAt)))
    .for("update");
  return row ?? null;
}

/** How many steps its recordings have taken, as far as the reader may know: a number that only rises. */
export async function recordingsOf(tx: Tx, call: Call): Promise<number> {
  const { startingAt, startedAt, endedAt, settledAt, deletedAt } = recordings;
  const [row] = await tx
    .select({
      steps: sql<number>`(count(*) + count(${startingAt}) + count(${startedAt}) + count(${endedAt}) + count(${settledAt}) + count(${deletedAt}))::int`,
    })
    .from(recordings)
    .where(isOf(call));
  return row?.steps ?? 0;
}

export async function findNewest(tx: Tx, call: Call): Promise<Recording | null> {
  const [row] = await tx
    .select()
    .from(recordings)
    .where(isOf(call))
    .orderBy(desc(recordings.askedAt))
    .limit(1);
  return row ?? null;
}
