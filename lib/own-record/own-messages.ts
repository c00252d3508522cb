import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { outbox, videoVisits } from "@/db/schema";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { isUuid } from "@/lib/kernel/uuid";
import { type MessageState, messageState } from "@/lib/notifications/message-state";
import type { Patient } from "@/lib/visits/own-visit";
import type { OwnDeps } from "./deps";

/** A message that was sent to a patient, of a visit of theirs or with a link of an audio room: what it was, never what it said. */
export type OwnMessage = {
  messageId: string;
  kind: "sms" | "email";
  template: string;
  /** Masked. */
  to: string;
  status: MessageState;
  createdAt: string;
};

/** Newest first. An unreadable cursor starts at the beginning. */
export async function listOwnMessages(
  { db }: Pick<OwnDeps, "db">,
  { patient, cursor, limit = 20 }: { patient: Patient; cursor?: string; limit?: number },
): Promise<{ messages: OwnMessage[]; nextCursor: string | null }> {
  const rows = await db.asActor(patient, (tx) =>
    tx
      .select({
        message: outbox,
        // Microseconds: two messages of one commit may share the millisecond.
        place: sql<string>`to_char(${outbox.createdAt} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      })
      .from(videoVisits)
      .innerJoin(outbox, eq(outbox.visitId, videoVisits.id))
      .where(and(eq(videoVisits.patientId, patient.id), eq(outbox.party, "patient"), after(cursor)))
      .orderBy(desc(outbox.createdAt), desc(outbox.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.map(({ message }) => told(message)),
    nextCursor: rows.length > limit && last ? writeCursor([last.place, last.message.id]) : null,
  };
}

/** Links of audio rooms that went to the patient's own number or address on file, oldest first; of the room itself nothing. */
export async function ownRoomMessages(
  { db }: Pick<OwnDeps, "db">,
  { patient, most }: { patient: Patient; most: number },
): Promise<OwnMessage[]> {
  const rows = await db.asActor(patient, (tx) =>
    tx.execute<Sent>(sql`SELECT id, kind, template, recipient, failure, created_at AS "createdAt", sent_at AS "sentAt", failed_at AS "failedAt",
      dropped_at AS "droppedAt", delivered_at AS "deliveredAt", bounced_at AS "bouncedAt", undeliverable_at AS "undeliverableAt"
      FROM own_room_messages(${most})`),
  );
  return rows.map((row) => told(withDates(row)));
}

/** As the driver gives what drizzle did not build: times as text. */
type Sent = Record<Moment, string | null> &
  Pick<Message, "id" | "kind" | "template" | "recipient" | "failure"> & { createdAt: string };
const moments = ["sentAt", "failedAt", "droppedAt", "deliveredAt", "bouncedAt", "undeliverableAt"] as const;
type Moment = (typeof moments)[number];

function withDates(row: Sent): Told {
  const at = Object.fromEntries(moments.map((name) => [name, row[name] && new Date(row[name])]));
  return { ...row, ...(at as Record<Moment, Date | null>), createdAt: new Date(row.createdAt) };
}

type Message = typeof outbox.$inferSelect;
type Told = Pick<Message, "id" | "kind" | "template" | "recipient" | "failure" | "createdAt" | Moment>;

function told(message: Told): OwnMessage {
  return {
    messageId: message.id,
    kind: message.kind,
    template: message.template,
    to: message.kind === "sms" ? maskPhone(message.recipient) : maskEmail(message.recipient),
    status: messageState(message),
    createdAt: message.createdAt.toISOString(),
  };
}

function after(cursor: string | undefined): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  return sql`(${outbox.createdAt}, ${outbox.id}) < (${at}::timestamptz, ${id}::uuid)`;
}
