import { randomUUID } from "node:crypto";
import { and, desc, eq, gt, inArray } from "drizzle-orm";
import { recordingPlays, recordings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { Recorder } from "@/lib/ports/recorder";
import { auditOf, type Call, callOf, isOf } from "./call";
import type { Need } from "./deps";
import { type EndReason, type Recording, type RecordingState, recordingState } from "./recording";

export const playReasons = ["care", "asked", "complaint", "quality", "legal"] as const;
export type PlayReason = (typeof playReasons)[number];

/** How long one opening lets its colleague listen. */
const playMs = 60 * 60_000;
const shownMax = 50;

type Listener = Extract<Actor, { kind: "person" }>;
type Deps = Need<"db" | "clock" | "recorder">;
type Unknown = { code: "RECORDING_UNKNOWN" };

/** Times are ISO 8601. */
export type RecordingEntry = {
  recordingId: string;
  withPicture: boolean;
  state: RecordingState;
  endReason: EndReason | null;
  askedAt: string;
  startedAt: string | null;
  /** How long it was shown to those inside: at least as long as the file. */
  seconds: number | null;
  keptUntil: string | null;
  /** Who listened, and why; newest first. */
  plays: Array<{ name: string; reason: PlayReason; at: string }>;
};

/** Administrators, and the clinician who made the room or whose visit it is. Nobody else, auditors included: they read who listened. */
export const mayListen = (actor: Actor): actor is Listener =>
  actor.kind === "person" && (actor.role === "admin" || actor.role === "clinician");

/** What was recorded of a call, newest first; empty for who may not know. Row-level security narrows it a second time. */
export async function listRecordings(
  { db }: Need<"db">,
  { actor, call }: { actor: Actor; call: Call },
): Promise<RecordingEntry[]> {
  if (!mayListen(actor)) return [];
  return db.asActor(actor, async (tx) => {
    const rows = await tx
      .select()
      .from(recordings)
      .where(isOf(call))
      .orderBy(desc(recordings.askedAt))
      .limit(shownMax);
    const ids = rows.map(({ id }) => id);
    const plays =
      ids.length === 0
        ? []
        : await tx
            .select()
            .from(recordingPlays)
            .where(inArray(recordingPlays.recordingId, ids))
            .orderBy(desc(recordingPlays.openedAt))
            .limit(200);
    return rows.map((row) => ({
      recordingId: row.id,
      withPicture: row.withPicture,
      state: recordingState(row),
      endReason: row.endReason,
      askedAt: row.askedAt.toISOString(),
      startedAt: (row.startedAt && row.startingAt)?.toISOString() ?? null,
      seconds: secondsOf(row),
      keptUntil: row.keptUntil?.toISOString() ?? null,
      plays: plays
        .filter(({ recordingId }) => recordingId === row.id)
        .map(({ staffName, reason, openedAt }) => ({
          name: staffName,
          reason,
          at: openedAt.toISOString(),
        })),
    }));
  });
}

function secondsOf({ startingAt, startedAt, stoppedAt }: Recording): number | null {
  if (!startingAt || !startedAt || !stoppedAt) return null;
  return Math.ceil((stoppedAt.getTime() - startingAt.getTime()) / 1_000);
}

/** Leave to listen for an hour, for this colleague and this reason; recorded with it. @returns the play's id, which opens nothing to anybody else. */
export async function openRecording(
  deps: Deps,
  { actor, recordingId, reason }: { actor: Actor; recordingId: string; reason: PlayReason },
): Promise<Result<{ playId: string }, Unknown | { code: "FORBIDDEN" }>> {
  if (!mayListen(actor)) return err({ code: "FORBIDDEN" });
  return deps.db.asActor(actor, async (tx): Promise<Result<{ playId: string }, Unknown>> => {
    const row = isUuid(recordingId)
      ? (await tx.select().from(recordings).where(eq(recordings.id, recordingId)))[0]
      : undefined;
    if (!row || recordingState(row) !== "stored") return err({ code: "RECORDING_UNKNOWN" });
    const now = deps.clock.now();
    const playId = randomUUID();
    await tx.insert(recordingPlays).values({
      id: playId,
      recordingId,
      staffId: actor.id,
      staffName: actor.name,
      reason,
      openedAt: now,
      expiresAt: new Date(now.getTime() + playMs),
    });
    const facts = { recordingId, reason };
    await recordAudit(tx, { event: "RECORDING_PLAYED", actor, ...auditOf(callOf(row), facts) });
    return ok({ playId });
  });
}

/** The file itself, whole or a part of it, for who has opened it and while they may listen. */
export async function readRecording(
  deps: Deps,
  asked: {
    actor: Actor;
    call: Call;
    recordingId: string;
    playId: string;
    range: { from: number; to: number } | null;
  },
): Promise<
  Awaited<ReturnType<Recorder["read"]>> | Result<never, Unknown | { code: "RECORDING_NOT_OPENED" }>
> {
  const { actor, call, recordingId, playId, range } = asked;
  if (!mayListen(actor) || !isUuid(recordingId)) return err({ code: "RECORDING_UNKNOWN" });
  const found = await deps.db.asActor(actor, async (tx) => {
    const [row] = await tx
      .select()
      .from(recordings)
      .where(and(eq(recordings.id, recordingId), isOf(call)));
    const [play] = await tx
      .select({ id: recordingPlays.id })
      .from(recordingPlays)
      .where(
        and(
          eq(recordingPlays.id, playId),
          eq(recordingPlays.recordingId, recordingId),
          eq(recordingPlays.staffId, actor.id),
          gt(recordingPlays.expiresAt, deps.clock.now()),
        ),
      );
    return { row, play };
  });
  if (!found.row?.objectKey || found.row.deletedAt || !deps.recorder)
    return err({ code: "RECORDING_UNKNOWN" });
  if (!found.play) return err({ code: "RECORDING_NOT_OPENED" });
  return deps.recorder.read(found.row.objectKey, range);
}
