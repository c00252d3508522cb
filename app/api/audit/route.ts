import { listAudit } from "@/lib/audit/list-audit";
import { auditListQuery, readAuditPlace, writeAuditPlace } from "@/lib/http/audit-inputs";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";

/** GET /api/audit: what happened, newest first. For persons alone: a key is no reader. Each look is itself recorded. */
export const GET = endpoint({
  route: "GET /api/audit",
  query: auditListQuery,
  run: async ({ deps, actor, query: { cursor, ...query } }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" });
    const { entries, next } = await listAudit(deps, { actor, ...query, after: readAuditPlace(cursor) });
    return ok({
      entries: entries.map(({ at: _, ...entry }) => entry),
      nextCursor: writeAuditPlace(next),
    });
  },
});
