import { listAudit } from "@/lib/audit/list-audit";
import { auditPage } from "@/lib/http/answers/people";
import { auditListQuery, readAuditPlace, writeAuditPlace } from "@/lib/http/audit-inputs";
import { endpoint } from "@/lib/http/endpoint";
import { ok } from "@/lib/kernel/result";

export const GET = endpoint({
  route: "GET /api/audit",
  summary: "What happened, newest first.",
  details: "Each look is itself recorded.",
  answer: auditPage,
  persons: true,
  query: auditListQuery,
  run: async ({ deps, actor, query: { cursor, ...query } }) => {
    const { entries, next } = await listAudit(deps, { actor, ...query, after: readAuditPlace(cursor) });
    return ok({
      entries: entries.map(({ at: _, ...entry }) => entry),
      nextCursor: writeAuditPlace(next),
    });
  },
});
