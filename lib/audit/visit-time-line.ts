import { desc, eq } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { auditLog } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";

export type TimeLineEntry = {
  id: string;
  event: string;
  at: Date;
  actorRole: string;
  success: boolean;
  errorCode: string | null;
  metadata: Record<string, unknown>;
};

/** What happened to one visit, newest first. Only an auditor and an admin may read the audit: row-level security gives others nothing. */
export async function visitTimeLine(
  deps: { db: Db },
  { actor, visitId, limit = 100 }: { actor: Actor; visitId: string; limit?: number },
): Promise<TimeLineEntry[]> {
  const rows = await deps.db.asActor(actor, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(eq(auditLog.visitId, visitId))
      .orderBy(desc(auditLog.occurredAt), desc(auditLog.seq))
      .limit(limit),
  );
  return rows.map((row) => ({
    id: row.id,
    event: row.eventType,
    at: row.occurredAt,
    actorRole: row.actorRole,
    success: row.success,
    errorCode: row.errorCode,
    metadata: row.metadata,
  }));
}
