import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { recordings } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { Need } from "../deps";
import type { RoomActor } from "../redeem-invite";
import { endRecording, stopCapture } from "./end-recording";

/**
 * Before somebody takes a seat for the first time: nobody comes into a call that is recorded without having been asked. What runs ends, and the cloud has said
 * so before they are let in; the host may ask again.
 */
export async function beforeNewcomer(
  deps: Need<"db" | "clock" | "recorder">,
  actor: RoomActor,
): Promise<Result<void, CloudRefusal>> {
  const { roomId } = actor;
  const running = await deps.db.asActor(clerk, async (tx) => {
    await endRecording(tx, { roomId, reason: "newcomer", actor, now: deps.clock.now() });
    return tx
      .select({ id: recordings.id })
      .from(recordings)
      .where(
        and(
          eq(recordings.roomId, roomId),
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
