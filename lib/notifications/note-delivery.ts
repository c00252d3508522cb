import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import type { AuditEvent } from "@/lib/audit/events";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { DeliveryEvent } from "@/lib/ports/message-events";
import { masked } from "./enqueue";

type Column = "deliveredAt" | "bouncedAt" | "undeliverableAt";
const columns: Record<DeliveryEvent["outcome"], { column: Column; event: AuditEvent }> = {
  delivered: { column: "deliveredAt", event: "NOTIFICATION_DELIVERED" },
  bounced: { column: "bouncedAt", event: "NOTIFICATION_BOUNCED" },
  undeliverable: { column: "undeliverableAt", event: "NOTIFICATION_UNDELIVERABLE" },
};
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Writes down what a provider says became of a message, in the caller's transaction (as the system). Found by the key that we gave it on
 * its way, else by the provider's own id. The first word of each kind stays; telling it again changes nothing.
 *
 * @returns the visit that it is about, null when it is about none; undefined when we know no such message.
 */
export async function noteDelivery(
  tx: Tx,
  { key, providerMessageId, outcome, reason, at }: DeliveryEvent,
  actor: Actor,
): Promise<string | null | undefined> {
  const which = key && uuid.test(key) ? eq(outbox.id, key) : eq(outbox.providerMessageId, providerMessageId);
  const [row] = await tx.select().from(outbox).where(which).for("update");
  if (!row) return undefined;
  const { column, event } = columns[outcome];
  if (row[column]) return row.visitId;
  await tx
    .update(outbox)
    .set({ [column]: at, ...(outcome !== "delivered" && { deliveryReason: reason }) })
    .where(eq(outbox.id, row.id));
  await recordAudit(tx, {
    event,
    actor,
    ...(row.visitId && { visitId: row.visitId }),
    ...(row.voucherId && { tokenId: row.voucherId }),
    metadata: {
      messageId: row.id,
      kind: row.kind,
      template: row.template,
      ...(row.party && { party: row.party }),
      to: masked(row.kind, row.recipient),
      reason,
    },
    success: outcome === "delivered",
  });
  return row.visitId;
}
