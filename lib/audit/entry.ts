import { type Actor, originOf } from "@/lib/kernel/actor";
import type { AuditEvent } from "./events";

export type AuditEntry = {
  event: AuditEvent;
  actor: Actor;
  visitId?: string;
  tokenId?: string;
  /** Facts that help a reader later; never PHI, never a credential. At most 8 KB as JSON. */
  metadata?: Record<string, unknown>;
  success?: boolean;
  errorCode?: string;
};

/** One record as the SQL functions take it. */
export type AuditRow = {
  event: string;
  visit: string | null;
  token: string | null;
  actor: string | null;
  role: string;
  ip: string | null;
  agent: string | null;
  metadata: Record<string, unknown>;
  success: boolean;
  error: string | null;
};

export function toEntry(entry: AuditEntry): AuditRow {
  const origin = originOf(entry.actor);
  return {
    event: entry.event,
    visit: entry.visitId ?? (entry.actor.kind === "link" ? entry.actor.visitId : null),
    token: entry.tokenId ?? holding(entry.actor),
    ...whoOf(entry.actor),
    ip: origin?.ip.slice(0, 45) ?? null,
    agent: origin?.userAgent.slice(0, 512) ?? null,
    metadata: entry.metadata ?? {},
    success: entry.success ?? true,
    error: entry.errorCode ?? null,
  };
}

const holding = (actor: Actor): string | null =>
  actor.kind === "link" ? actor.voucherId : actor.kind === "room-invite" ? actor.inviteId : null;

/** A link holder acts under their voucher's id: which person clicked is exactly what the voucher stands for. Roles as in seed 4: upper case. */
function whoOf(actor: Actor): { actor: string | null; role: string } {
  switch (actor.kind) {
    case "person":
      return { actor: actor.id, role: actor.role.toUpperCase() };
    case "api-key":
      return { actor: actor.id, role: "API_KEY" };
    case "link":
      return { actor: actor.voucherId, role: actor.party.toUpperCase() };
    case "room-invite":
      return { actor: actor.inviteId, role: `ROOM_${actor.role.toUpperCase()}` };
    case "anonymous":
      return { actor: null, role: "ANONYMOUS" };
    case "system":
      return { actor: actor.name, role: "SYSTEM" };
  }
}
