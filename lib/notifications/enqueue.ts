import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Party } from "@/lib/kernel/party";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import type { Keyring } from "@/lib/keyring/keyring";
import type { MessageFacts, MessageTemplate, NoticeTemplate, OwnTemplate, ReplyTemplate } from "./message";

/** The channel on which workers hear that a message waits. */
export const outboxChannel = "outbox_waiting";

export type EnqueueRequest = {
  kind: "sms" | "email";
  template: MessageTemplate;
  facts: MessageFacts;
  /** The contact on file: E.164 or a mail address. Never one that a caller brought. */
  recipient: string;
  /** Whose message it is. */
  party: Party;
  voucherId?: string;
  /** Not to be sent from then on: it would wake somebody, or tell what has passed. */
  uselessAt?: Date;
  actor: Actor;
};
/** What a reply needs to know when it is written. */
export type ReplyFacts = { locale: string };

type Deps = { keyring: Keyring; clock: Clock };

export const payloadAad = (messageId: string) => `outbox ${messageId}`;

/**
 * Puts a message into the outbox, inside the caller's transaction: it will be sent if, and only if, what it tells of commits.
 * @returns its id, which is also the provider's idempotency key.
 */
export async function enqueue(
  deps: Deps,
  tx: Tx,
  { kind, template, facts, recipient, party, voucherId, uselessAt, actor }: EnqueueRequest,
): Promise<{ messageId: string }> {
  const { visitId } = facts;
  return insert(deps, tx, {
    row: {
      kind,
      template,
      recipient,
      visitId,
      party,
      voucherId: voucherId ?? null,
      uselessAt: uselessAt ?? null,
    },
    payload: facts,
    actor,
  });
}

/** Answers a text. It goes to the number that wrote, opted out or not: they asked. */
export async function enqueueReply(
  deps: Deps,
  tx: Tx,
  { template, to, locale, actor }: { template: ReplyTemplate; to: string; locale: string; actor: Actor },
): Promise<{ messageId: string }> {
  const payload: ReplyFacts = { locale };
  return insert(deps, tx, { row: { kind: "sms", template, recipient: to }, payload, actor });
}

/** What a notice needs to know when it is written. */
export type NoticeFacts = { locale: string; url: string };

/** Tells the owner of an account something by mail: to the account's own address, whoever caused it. */
export async function enqueueNotice(
  deps: Deps,
  tx: Tx,
  {
    template,
    to,
    roomId,
    actor,
    ...payload
  }: { template: NoticeTemplate; to: string; roomId?: string; actor: Actor } & NoticeFacts,
): Promise<{ messageId: string }> {
  return insert(deps, tx, {
    row: { kind: "email", template, recipient: to, roomId: roomId ?? null },
    payload,
    actor,
  });
}

/** What a text to a patient of no visit needs to know: a link or a code. */
export type OwnFacts = { locale: string; link?: string; code?: string };

/** A text to a patient of no visit, to the number on file. @param uselessAt when what it carries has run out. */
export async function enqueueOwn(
  deps: Deps,
  tx: Tx,
  {
    template,
    to,
    uselessAt,
    roomId,
    actor,
    ...payload
  }: { template: OwnTemplate; to: string; uselessAt: Date; roomId?: string; actor: Actor } & OwnFacts,
): Promise<{ messageId: string }> {
  return insert(deps, tx, {
    row: { kind: "sms", template, recipient: to, uselessAt, roomId: roomId ?? null },
    payload,
    actor,
  });
}

type NewRow = Omit<typeof outbox.$inferInsert, "id" | "payload" | "nextAttemptAt" | "createdAt">;

async function insert(
  deps: Deps,
  tx: Tx,
  {
    row,
    payload,
    actor,
  }: { row: NewRow; payload: MessageFacts | ReplyFacts | NoticeFacts | OwnFacts; actor: Actor },
): Promise<{ messageId: string }> {
  const id = randomUUID();
  const now = deps.clock.now();
  const sealed = deps.keyring.seal("outbox-payload", JSON.stringify(payload), payloadAad(id));
  await tx.insert(outbox).values({ ...row, id, payload: sealed, nextAttemptAt: now, createdAt: now });
  const { kind, template, party, recipient } = row;
  await recordAudit(tx, {
    event: "NOTIFICATION_QUEUED",
    actor,
    ...(row.visitId && { visitId: row.visitId }),
    ...(row.voucherId && { tokenId: row.voucherId }),
    metadata: { messageId: id, kind, template, ...(party && { party }), to: masked(kind, recipient) },
  });
  await tx.execute(sql`SELECT pg_notify(${outboxChannel}, '')`);
  return { messageId: id };
}

export function masked(kind: "sms" | "email", recipient: string): string {
  return kind === "sms" ? maskPhone(recipient) : maskEmail(recipient);
}
