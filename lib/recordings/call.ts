import { eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordings } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { roomChangedChannel, visitChangedChannel } from "@/lib/kernel/change-channels";

/** What is recorded: the call of an audio room, or of a visit. */
export type Call = { roomId: string; visitId?: undefined } | { visitId: string; roomId?: undefined };
/** Who is inside: by a room's invite, or by a visit's link. */
export type Insider = Extract<Actor, { kind: "room-invite" | "link" }>;

export const callOf = (row: { roomId: string | null; visitId: string | null }): Call =>
  row.visitId ? { visitId: row.visitId } : { roomId: row.roomId! };
export const callBy = (actor: Insider): Call =>
  actor.kind === "link" ? { visitId: actor.visitId } : { roomId: actor.roomId };
/** The link that somebody came in by. */
export const linkOf = (actor: Insider): string => (actor.kind === "link" ? actor.voucherId : actor.inviteId);
/** Whether they ask for recordings: a visit's clinician, a room's host. */
export const mayAsk = (actor: Insider): boolean =>
  actor.kind === "link" ? actor.party === "clinician" : actor.role === "host";

export const isOf = (call: Call): SQL =>
  call.visitId ? eq(recordings.visitId, call.visitId) : eq(recordings.roomId, call.roomId!);
export const linkColumns = (actor: Insider) =>
  actor.kind === "link" ? { voucherId: actor.voucherId } : { inviteId: actor.inviteId };
export const askerColumns = (actor: Insider) =>
  actor.kind === "link" ? { askedByLink: actor.voucherId } : { askedBy: actor.inviteId };

/** For the audit: a visit has a column of its own there, a room is among the facts. */
export const auditOf = ({ visitId, roomId }: Call, facts: Record<string, unknown>) =>
  visitId ? { visitId, metadata: facts } : { metadata: { roomId, ...facts } };

/** The live state of the call has changed: told when, and only if, the transaction commits. */
export async function tellCall(tx: Tx, { visitId, roomId }: Call): Promise<void> {
  const channel = visitId ? visitChangedChannel : roomChangedChannel;
  await tx.execute(sql`SELECT pg_notify(${channel}, ${visitId ?? roomId})`);
}
