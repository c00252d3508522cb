import { and, eq } from "drizzle-orm";
import { outbox } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { isGuest } from "@/lib/kernel/party";
import { err, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { NotifyAnswer } from "./answers";
import type { Need } from "./deps";
import { notifyParties } from "./notify-parties";
import type { NotifyRefusal } from "./refusals";

/** Sends one party their link again, the way that this message went; to the contact that is on file now. Quiet hours do not hold it: somebody asked. */
export async function sendAgain(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, visitId, messageId }: { actor: Actor; visitId: string; messageId: string },
): Promise<Result<NotifyAnswer, NotifyRefusal>> {
  if (!isUuid(messageId)) return err({ code: "VISIT_UNKNOWN" });
  const [message] = await deps.db.asActor(actor, (tx) =>
    tx
      .select({ kind: outbox.kind, party: outbox.party, template: outbox.template })
      .from(outbox)
      .where(and(eq(outbox.id, messageId), eq(outbox.visitId, visitId))),
  );
  // A guest is sent a new link beside their name (resendLink).
  if (!message?.party || isGuest(message.party)) return err({ code: "VISIT_UNKNOWN" });
  return notifyParties(deps, {
    actor,
    visitId,
    channel: message.kind,
    recipientRole: message.party,
    template: message.template === "reminder" ? "reminder" : "initial",
  });
}
