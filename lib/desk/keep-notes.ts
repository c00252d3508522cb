import { and, eq, isNull } from "drizzle-orm";
import { deskContacts } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import { sealNotes } from "@/lib/support-calls/sealed-notes";
import { contactHere } from "./call-contact";
import type { Colleague, DeskDeps } from "./deps";
import type { Outcome } from "./show-caller";

/**
 * Keeps what an agent notes of the call at their desk, as it stands: a page that is closed or dies loses nothing, nor does a contact centre that is
 * away. Sealed before the transaction, so that no row is locked while the vault is asked. Once the call has left the desk nothing more is noted.
 */
export async function keepNotes(
  deps: Pick<DeskDeps, "db" | "clock" | "cipher">,
  {
    actor,
    contactId: asked,
    notes,
    outcome,
  }: { actor: Colleague; contactId: string; notes: string; outcome: Outcome | null },
): Promise<Result<{ contactId: string; savedAt: string }, { code: "NOT_AT_DESK" }>> {
  const contactId = await deps.db.asActor(actor, (tx) =>
    contactHere(tx, { staffId: actor.id, contactId: asked }),
  );
  const sealed = notes === "" ? null : await sealNotes(deps, { contactId, staffId: actor.id }, notes);
  const now = deps.clock.now();
  return deps.db.asActor(actor, async (tx) => {
    const kept = await tx
      .update(deskContacts)
      .set({ notes: sealed, outcome, notedAt: now })
      .where(
        and(
          eq(deskContacts.contactId, contactId),
          eq(deskContacts.staffId, actor.id),
          isNull(deskContacts.leftAt),
        ),
      )
      .returning({ contactId: deskContacts.contactId });
    if (kept.length === 0) return err({ code: "NOT_AT_DESK" } as const);
    await recordAudit(tx, {
      event: "DESK_NOTES_WRITTEN",
      actor,
      metadata: { contact: contactId, outcome },
    });
    return ok({ contactId: asked, savedAt: now.toISOString() });
  });
}
