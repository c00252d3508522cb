import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { recordingConsents, recordings } from "@/db/schema";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import { type Call, isOf } from "./call";
import type { Need } from "./deps";
import { endRecording, stopCapture } from "./end-recording";
import { findLive } from "./recording";

/**
 * Before somebody comes in: nobody comes into a call that is recorded without having been asked. What runs ends, and the cloud has said
 * so before they are let in; it may be asked for again. Of a call that isn't recorded, and for who has agreed to this very recording: nothing.
 * @param link by which they come.
 */
export async function beforeNewcomer(
  deps: Need<"db" | "clock" | "recorder">,
  { call, link, actor }: { call: Call; link: string; actor: Actor },
): Promise<Result<void, CloudRefusal>> {
  const running = await deps.db.asActor(clerk, async (tx) => {
    const live = await findLive(tx, call);
    if (live && call.visitId) {
      const { recordingId, voucherId, agreed } = recordingConsents;
      const theirs = and(eq(recordingId, live.id), eq(voucherId, link), eq(agreed, true));
      if ((await tx.$count(recordingConsents, theirs)) > 0) return [];
    }
    await endRecording(tx, { call, reason: "newcomer", actor, now: deps.clock.now() });
    return tx
      .select({ id: recordings.id })
      .from(recordings)
      .where(
        and(
          isOf(call),
          isNotNull(recordings.startingAt),
          isNull(recordings.stoppedAt),
          isNull(recordings.settledAt),
        ),
      );
  });
  for (const { id } of running) {
    const stopped = await stopCapture(deps, id);
    if (!stopped.ok) return stopped;
  }
  return ok(undefined);
}
