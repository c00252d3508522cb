import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import type { Keyring } from "@/lib/keyring/keyring";
import type { MessageFacts, MessageTemplate } from "./message";

/** The channel on which workers hear that a message waits. */
export const outboxChannel = "outbox_waiting";

export type EnqueueRequest = {
  kind: "sms" | "email";
  template: MessageTemplate;
  facts: MessageFacts;
  /** The contact on file: E.164 or a mail address. Never one that a caller brought. */
  recipient: string;
  voucherId?: string;
  actor: Actor;
};

export const payloadAad = (messageId: string) => `outbox ${messageId}`;

/**
 * Puts a message into the outbox, inside the caller's transaction: it will be sent if, and only if, what it tells of commits.
 * @returns its id, which is also the provider's idempotency key.
 */
export async function enqueue(
  deps: { keyring: Keyring; clock: Clock },
  tx: Tx,
  { kind, template, facts, recipient, voucherId, actor }: EnqueueRequest,
): Promise<{ messageId: string }> {
  const messageId = randomUUID();
  const now = deps.clock.now();
  await tx.insert(outbox).values({
    id: messageId,
    kind,
    visitId: facts.visitId,
    voucherId: voucherId ?? null,
    party: facts.reader,
    template,
    recipient,
    payload: deps.keyring.seal("outbox-payload", JSON.stringify(facts), payloadAad(messageId)),
    nextAttemptAt: now,
    createdAt: now,
  });
  await recordAudit(tx, {
    event: "NOTIFICATION_QUEUED",
    actor,
    visitId: facts.visitId,
    ...(voucherId && { tokenId: voucherId }),
    metadata: { messageId, kind, template, party: facts.reader, to: masked(kind, recipient) },
  });
  await tx.execute(sql`SELECT pg_notify(${outboxChannel}, '')`);
  return { messageId };
}

export function masked(kind: "sms" | "email", recipient: string): string {
  return kind === "sms" ? maskPhone(recipient) : maskEmail(recipient);
}
