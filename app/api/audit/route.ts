import { listAudit } from "@/lib/audit/list-audit";
import { auditPage } from "@/lib/http/answers/people";
import { auditListQuery, readAuditPlace, writeAuditPlace } from "@/lib/http/audit-inputs";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";

export const GET = endpoint({
  route: "GET /api/audit",
  summary: "What happened, newest first.",
  details: "For persons alone: an API key is no reader. Each look is itself recorded.",
  answer: auditPage,
  refuses: ["FORBIDDEN"],
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
