import { z } from "zod";
import { type AuditEvent, auditEvents } from "@/lib/audit/events";
import type { AuditFilter, AuditPlace } from "@/lib/audit/list-audit";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { isUuid } from "@/lib/kernel/uuid";
import { instant, page, personId } from "./visit-inputs";

/** What may be asked of the audit, in a query: instants with their zone. */
export const auditQuery = z.object({
  event: z.enum(auditEvents).optional(),
  visitId: personId.optional(),
  personId: personId.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export const auditListQuery = auditQuery.extend(page);

export const isAuditEvent = (name: string): name is AuditEvent =>
  (auditEvents as readonly string[]).includes(name);

/** An unreadable cursor starts at the beginning. */
export function readAuditPlace(cursor: string | undefined): AuditPlace | null {
  const [timestamp, id] = readCursor(cursor) ?? [];
  return timestamp && id && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(timestamp) && isUuid(id)
    ? { timestamp, id }
    : null;
}

export const writeAuditPlace = (place: AuditPlace | null): string | null =>
  place && writeCursor([place.timestamp, place.id]);

/** The same filter as a query of ours. */
export function auditQueryText({ event, visitId, personId: person, from, to }: AuditFilter): string {
  const query = new URLSearchParams();
  if (event) query.set("event", event);
  if (visitId) query.set("visitId", visitId);
  if (person) query.set("personId", person);
  if (from) query.set("from", from.toISOString());
  if (to) query.set("to", to.toISOString());
  return query.toString();
}
