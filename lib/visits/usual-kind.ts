import { and, eq, isNotNull } from "drizzle-orm";
import { videoVisits } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/uuid";
import type { Need } from "./deps";

/**
 * Which kind the next visit of this patient is likely to be: whoever has had a visit, as far as the actor may see, comes back to one. One range of
 * `video_visits_by_patient`.
 */
export async function usualKind(
  deps: Need<"db">,
  { actor, patientId }: { actor: Actor; patientId: string },
): Promise<"initial" | "follow-up"> {
  if (!isUuid(patientId)) return "initial";
  const held = await deps.db.asActor(actor, (tx) =>
    tx
      .select({ id: videoVisits.id })
      .from(videoVisits)
      .where(and(eq(videoVisits.patientId, patientId), isNotNull(videoVisits.endedAt)))
      .limit(1),
  );
  return held.length > 0 ? "follow-up" : "initial";
}
