import { eq } from "drizzle-orm";
import { videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Need } from "./deps";
import { mayWriteNotes } from "./end-visit";
import { findVisit } from "./find-visit";
import type { Forbidden, VisitUnknown } from "./refusals";
import { sealText } from "./sealed-text";

/** When they were kept, ISO 8601. */
export type WrittenNotes = { visitId: string; savedAt: string };

/**
 * Keeps the clinician's notes as they stand, during the visit and after it: a page that is closed or dies loses nothing. Sealed before the
 * transaction, so that no row is locked while the vault is asked. Every keeping is recorded. Empty notes are none.
 */
export async function writeNotes(
  deps: Need<"db" | "clock" | "cipher">,
  { actor, visitId, notes }: { actor: Actor; visitId: string; notes: string },
): Promise<Result<WrittenNotes, VisitUnknown | Forbidden>> {
  const look = await deps.db.asActor(actor, async (tx) => (await findVisit(tx, visitId))?.visit ?? null);
  if (!look) return err({ code: "VISIT_UNKNOWN" });
  if (!mayWriteNotes(actor, look)) return err({ code: "FORBIDDEN" });
  const clinicalNotes = notes === "" ? null : await sealText(deps, "clinical_notes", visitId, notes);
  return deps.db.asActor(actor, async (tx): Promise<Result<WrittenNotes, VisitUnknown | Forbidden>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayWriteNotes(actor, found.visit)) return err({ code: "FORBIDDEN" });
    await tx.update(videoVisits).set({ clinicalNotes }).where(eq(videoVisits.id, visitId));
    await recordAudit(tx, { event: "NOTES_WRITTEN", actor, visitId });
    return ok({ visitId, savedAt: deps.clock.now().toISOString() });
  });
}
