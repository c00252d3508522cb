import { and, asc, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { outbox, vouchers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import { backoffMs } from "@/lib/kernel/backoff";
import type { Clock } from "@/lib/kernel/clock";
import { parsePhone } from "@/lib/kernel/phone";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Log } from "@/lib/log";
import type { Mailer } from "@/lib/ports/mailer";
import type { Texter } from "@/lib/ports/texter";
import { type Clinic, clinicOf } from "./clinic";
import { findConsent, isOptedOut } from "./consents";
import { masked, type NoticeFacts, type OwnFacts, payloadAad, type ReplyFacts } from "./enqueue";
import { noticeMail } from "./mail";
import { isNotice, isOwn, isReply, type MessageFacts, type MessageTemplate } from "./message";
import { renderMessage } from "./render";
import { ownBody, replyBody } from "./words";

export type DeliverDeps = {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  texter: Texter;
  mailer: Mailer;
  env: Env;
  log: Log;
};
type Row = typeof outbox.$inferSelect;
export type Outcome =
  | { kind: "sent"; providerMessageId: string }
  /** Never will be: retrying cannot help. */
  | { kind: "failed"; failure: string }
  /** Not wanted any more. */
  | { kind: "dropped"; failure: string }
  | { kind: "later"; afterMs: number; failure: string };

const worker: Actor = { kind: "system", name: "worker" };
/** A worker that dies with messages in hand lets go of them after this. Longer than any bounded call to a provider. */
const claimMs = 30_000;
const batch = 20;
const attemptsMax = 10;
const events = {
  sent: "NOTIFICATION_SENT",
  failed: "NOTIFICATION_FAILED",
  dropped: "NOTIFICATION_DROPPED",
} as const;

/**
 * Sends what is due, and returns how many messages were taken. Any number of workers may run it at once: a claim skips what another
 * holds. At least once: a worker that dies after sending sends again, with the same key, which the provider and mail clients can match.
 */
export async function deliverDue(deps: DeliverDeps): Promise<number> {
  const rows = await claim(deps);
  await Promise.all(rows.map((row) => deliver(deps, row)));
  return rows.length;
}

async function claim({ db, clock }: DeliverDeps): Promise<Row[]> {
  const now = clock.now();
  return db.asActor(worker, async (tx) => {
    const due = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(
        and(
          isNull(outbox.sentAt),
          isNull(outbox.failedAt),
          isNull(outbox.droppedAt),
          lte(outbox.nextAttemptAt, now),
          or(isNull(outbox.claimedUntil), lt(outbox.claimedUntil, now)),
        ),
      )
      .orderBy(asc(outbox.nextAttemptAt))
      .limit(batch)
      .for("update", { skipLocked: true });
    if (due.length === 0) return [];
    const ids = due.map(({ id }) => id);
    return tx
      .update(outbox)
      .set({ claimedUntil: new Date(now.getTime() + claimMs), attempts: sql`${outbox.attempts} + 1` })
      .where(inArray(outbox.id, ids))
      .returning();
  });
}

async function deliver(deps: DeliverDeps, row: Row): Promise<void> {
  let outcome: Outcome;
  try {
    outcome = await send(deps, row);
  } catch (error) {
    // Ours or the set-up's fault: it is tried again as long as any other trouble, and one bad row stops no other.
    deps.log.error({ messageId: row.id, err: error }, "a message could not be sent");
    outcome = { kind: "later", afterMs: 0, failure: "FAULT" };
  }
  await record(deps, row, settle(outcome, row.attempts));
}

/** Gives up at the last attempt. Exported for its test: the decision is apart from the doing. */
export function settle(outcome: Outcome, attempts: number): Outcome {
  return outcome.kind === "later" && attempts >= attemptsMax
    ? { kind: "failed", failure: outcome.failure }
    : outcome;
}

async function send(deps: DeliverDeps, row: Row): Promise<Outcome> {
  if (!row.payload) return { kind: "failed", failure: "NO_PAYLOAD" };
  const now = deps.clock.now();
  if (row.uselessAt && row.uselessAt <= now) return { kind: "dropped", failure: "TOO_LATE" };
  const opened: unknown = JSON.parse(
    deps.keyring.unseal("outbox-payload", row.payload, payloadAad(row.id)).toString("utf8"),
  );
  const clinic = await clinicOf(deps);
  if (isReply(row.template))
    return sendText(deps, row, replyBody(row.template, (opened as ReplyFacts).locale, clinic));
  if (row.kind === "sms" && isOwn(row.template))
    return sendWanted(deps, row, ownBody(row.template, opened as OwnFacts, clinic));
  if (isNotice(row.template)) {
    const mail = noticeMail(row.template, opened as NoticeFacts, clinic);
    return outcomeOf(
      await deps.mailer.send({ key: row.id, to: row.recipient, senderName: clinic.name, ...mail }),
    );
  }
  return sendMessage(deps, row, { facts: opened as MessageFacts, clinic, now });
}

async function sendMessage(
  deps: DeliverDeps,
  row: Row,
  { facts, clinic, now }: { facts: MessageFacts; clinic: Clinic; now: Date },
): Promise<Outcome> {
  const stale = await deadLink(deps, row, facts, now);
  // A link that was replaced is no failure: a newer message carries the newer link.
  if (stale) return { kind: stale === "LINK_REVOKED" ? "dropped" : "failed", failure: stale };
  const { recipient } = row;
  const sender = deps.env.SES_SENDER;
  const message = renderMessage(row.kind, row.template as MessageTemplate, facts, {
    clinic,
    sender,
    recipient,
    now,
  });
  if (message.kind === "sms") return sendWanted(deps, row, message.body);
  const { kind: _, ...mail } = message;
  return outcomeOf(await deps.mailer.send({ key: row.id, to: recipient, senderName: clinic.name, ...mail }));
}

/** Unless their number wants no texts. */
async function sendWanted(deps: DeliverDeps, row: Row, body: string): Promise<Outcome> {
  return (await saidStop(deps, row.recipient))
    ? { kind: "failed", failure: "OPTED_OUT" }
    : sendText(deps, row, body);
}

async function sendText(deps: DeliverDeps, row: Row, body: string): Promise<Outcome> {
  const to = parsePhone(row.recipient);
  if (!to) return { kind: "failed", failure: "TEXTER_REJECTED" };
  return outcomeOf(await deps.texter.send({ key: row.id, to, body }));
}

/** Asked at the last moment: whoever said STOP a second ago gets no text. */
async function saidStop(deps: DeliverDeps, number: string): Promise<boolean> {
  return isOptedOut(await deps.db.asActor(worker, (tx) => findConsent(deps, tx, number)));
}

/** A link that opens nothing any more would only send somebody to a shut door. */
async function deadLink(
  { db }: DeliverDeps,
  row: Row,
  facts: MessageFacts,
  now: Date,
): Promise<"LINK_EXPIRED" | "LINK_REVOKED" | null> {
  if (!facts.link || !row.voucherId) return null;
  if (new Date(facts.link.expiresAt) <= now) return "LINK_EXPIRED";
  const { voucherId } = row;
  const [voucher] = await db.asActor(worker, (tx) =>
    tx.select({ revokedAt: vouchers.revokedAt }).from(vouchers).where(eq(vouchers.id, voucherId)),
  );
  return voucher?.revokedAt ? "LINK_REVOKED" : null;
}

type Answer =
  | { ok: true; value: { messageId: string } }
  | { ok: false; error: { code: string; retryAfterMs?: number } };
function outcomeOf(answer: Answer): Outcome {
  if (answer.ok) return { kind: "sent", providerMessageId: answer.value.messageId };
  const { code, retryAfterMs } = answer.error;
  return retryAfterMs === undefined
    ? { kind: "failed", failure: code }
    : { kind: "later", afterMs: retryAfterMs, failure: code };
}

async function record(deps: DeliverDeps, row: Row, outcome: Outcome): Promise<void> {
  const now = deps.clock.now();
  await deps.db.asActor(worker, async (tx) => {
    if (outcome.kind === "later") {
      const wait = Math.max(outcome.afterMs, 1_000) + backoffMs(row.attempts, 1_000, 300_000);
      await tx
        .update(outbox)
        .set({ claimedUntil: null, nextAttemptAt: new Date(now.getTime() + wait), failure: outcome.failure })
        .where(and(eq(outbox.id, row.id), isNull(outbox.sentAt)));
      return;
    }
    const changes =
      outcome.kind === "sent"
        ? { sentAt: now, providerMessageId: outcome.providerMessageId, failure: null }
        : { [outcome.kind === "failed" ? "failedAt" : "droppedAt"]: now, failure: outcome.failure };
    const settled = await tx
      .update(outbox)
      .set({ ...changes, claimedUntil: null, payload: null })
      .where(
        and(eq(outbox.id, row.id), isNull(outbox.sentAt), isNull(outbox.failedAt), isNull(outbox.droppedAt)),
      )
      .returning({ id: outbox.id });
    if (settled.length === 0) return; // another worker, after our claim ran out
    await recordAudit(tx, {
      event: events[outcome.kind],
      actor: worker,
      ...(row.visitId && { visitId: row.visitId }),
      ...(row.voucherId && { tokenId: row.voucherId }),
      metadata: {
        messageId: row.id,
        kind: row.kind,
        template: row.template,
        ...(row.party && { party: row.party }),
        to: masked(row.kind, row.recipient),
        attempts: row.attempts,
      },
      success: outcome.kind === "sent",
      ...(outcome.kind !== "sent" && { errorCode: outcome.failure }),
    });
  });
}
