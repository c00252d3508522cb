import { and, desc, eq, getTableColumns, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { customers, outbox, staff, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { fullName } from "@/lib/kernel/full-name";
import { isGuest, type Party } from "@/lib/kernel/party";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { type MessageState, messageState } from "@/lib/notifications/message-state";
import type { Need } from "./deps";
import { namedColumns } from "./find-visit";
import type { Forbidden } from "./refusals";
import { isOpen, statusOf } from "./status";

/**
 * `trouble`: did not get through, and nothing newer went to the same person the same way: somebody must see to it. `waiting`: not sent yet.
 */
export const messageViews = ["trouble", "waiting", "all"] as const;
export type MessageView = (typeof messageViews)[number];

export type MessageEntry = {
  messageId: string;
  visitId: string;
  kind: "sms" | "email";
  template: string;
  party: Party;
  /** Who it was for; null: a guest, who is named on the visit's page alone. */
  name: string | null;
  /** Masked. */
  to: string;
  status: MessageState;
  /** Ours or the provider's word. */
  reason: string | null;
  createdAt: string;
  sentAt: string | null;
  /** When the visit is planned. */
  scheduledAt: string;
  /** It carries the link of somebody whose visit is open, and nothing newer went the same way: it can be sent again. */
  repeatable: boolean;
};

/** Messages of every visit, or of one patient's, newest first. For those who run the book; each look is recorded. */
export async function listMessages(
  deps: Need<"db">,
  {
    actor,
    view = "all",
    patientId,
    limit = 50,
    cursor,
  }: { actor: Actor; view?: MessageView; patientId?: string; limit?: number; cursor?: string },
): Promise<Result<{ messages: MessageEntry[]; nextCursor: string | null }, Forbidden>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  if (patientId !== undefined && !isUuid(patientId)) return ok({ messages: [], nextCursor: null });
  const size = Math.min(100, Math.max(1, limit));
  return deps.db.asActor(actor, async (tx) => {
    // The page first, by the table's own name; its people after.
    const chosen = tx
      .select({ ...messageColumns, newest: sql<boolean>`NOT ${newer}`.as("newest") })
      .from(outbox)
      .where(
        and(
          isNotNull(outbox.visitId),
          // A person's visits are few: brought by their index, and the messages by their visits'.
          patientId
            ? sql`${outbox.visitId} IN (SELECT id FROM video_visits WHERE patient_id = ${patientId}::uuid)`
            : undefined,
          seen(view),
          after(cursor),
        ),
      )
      .orderBy(desc(outbox.createdAt), desc(outbox.id))
      .limit(size + 1)
      .as("outbox");
    const rows = await tx
      .select({
        message: messageColumns,
        newest: chosen.newest,
        place: sql<string>`to_char(${outbox.createdAt} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
        ...namedColumns,
      })
      .from(chosen)
      .innerJoin(videoVisits, eq(videoVisits.id, outbox.visitId))
      .innerJoin(customers, eq(customers.id, videoVisits.patientId))
      .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
      .orderBy(desc(outbox.createdAt), desc(outbox.id));
    const page = rows.slice(0, size);
    await recordAudit(tx, {
      event: "MESSAGES_LISTED",
      actor,
      metadata: { count: page.length, view, ...(patientId && { patientId }) },
    });
    const last = page.at(-1);
    return ok({
      messages: page.map(({ message, newest, visit, patient, clinician }) => {
        const party = message.party ?? "patient";
        return {
          messageId: message.id,
          visitId: visit.id,
          kind: message.kind,
          template: message.template,
          party,
          name: isGuest(party)
            ? null
            : fullName(party === "clinician" ? clinician : { title: null, ...patient }),
          to: message.kind === "sms" ? maskPhone(message.recipient) : maskEmail(message.recipient),
          status: messageState(message),
          reason: message.deliveryReason ?? message.failure,
          createdAt: message.createdAt.toISOString(),
          sentAt: message.sentAt?.toISOString() ?? null,
          scheduledAt: visit.scheduledAt.toISOString(),
          repeatable: newest && linked.has(message.template) && !isGuest(party) && isOpen(statusOf(visit)),
        };
      }),
      nextCursor: rows.length > size && last ? writeCursor([last.place, last.message.id]) : null,
    });
  });
}

/** Templates that carry a link. */
const linked: ReadonlySet<string> = new Set([
  "initial",
  "reminder",
  "resend",
  "rescheduled",
  "series",
  "series-moved",
]);
const { payload: _, ...messageColumns } = getTableColumns(outbox);

/** Something went the same way to the same person since. */
const newer = sql`EXISTS (SELECT 1 FROM outbox later WHERE later.visit_id = ${outbox.visitId} AND later.party IS NOT DISTINCT FROM ${outbox.party}
  AND later.kind = ${outbox.kind} AND later.recipient = ${outbox.recipient} AND later.created_at > ${outbox.createdAt} AND later.dropped_at IS NULL)`;

function seen(view: MessageView): SQL | undefined {
  const { sentAt, failedAt, droppedAt, bouncedAt, undeliverableAt } = outbox;
  switch (view) {
    case "all":
      return undefined;
    case "waiting":
      return and(isNull(sentAt), isNull(failedAt), isNull(droppedAt));
    case "trouble":
      return and(
        // The index's own condition first; the rest settles what came after a provider's first word.
        or(isNotNull(bouncedAt), isNotNull(failedAt), isNotNull(undeliverableAt)),
        sql`(${bouncedAt} IS NOT NULL OR ${failedAt} IS NOT NULL OR ${undeliverableAt} > coalesce(${outbox.deliveredAt}, '-infinity'))`,
        sql`NOT ${newer}`,
      );
  }
}

function after(cursor: string | undefined): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  return sql`(${outbox.createdAt}, ${outbox.id}) < (${at}::timestamptz, ${id}::uuid)`;
}
