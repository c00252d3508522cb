import { type AuditListEntry, auditColleagues, exportAudit } from "@/lib/audit/list-audit";
import { auditQuery } from "@/lib/http/audit-inputs";
import { csvResponse } from "@/lib/http/csv";
import { endpoint } from "@/lib/http/endpoint";

const columns = {
  time: ({ timestamp }) => timestamp,
  event: ({ event }) => event,
  visit: ({ visitId }) => visitId,
  link: ({ tokenId }) => tokenId,
  actor: ({ actorId }) => actorId,
  name: ({ actorId }, names) => names.get(actorId ?? "") ?? null,
  role: ({ actorRole }) => actorRole,
  address: ({ ip }) => ip,
  browser: ({ userAgent }) => userAgent,
  success: ({ success }) => success,
  error: ({ errorCode }) => errorCode,
  facts: ({ metadata }) => JSON.stringify(metadata),
  chain: ({ stream }) => stream,
  place: ({ seq }) => seq,
  hash: ({ hash }) => hash,
} satisfies Record<
  string,
  (entry: AuditListEntry, names: ReadonlyMap<string, string>) => string | number | boolean | null
>;

export const GET = endpoint({
  route: "GET /api/audit/export",
  summary: "The audit as a table, whole, as a stream.",
  details: "Recorded before its first byte.",
  answer: { media: "text/csv", holds: Object.keys(columns).join(", ") },
  persons: true,
  query: auditQuery,
  run: async ({ deps, actor, query, requestId }) => {
    const names = new Map((await auditColleagues(deps, { actor })).map(({ id, name }) => [id, name]));
    return csvResponse(
      {
        name: `audit-${deps.clock.now().toISOString().slice(0, 10)}`,
        head: Object.keys(columns),
        pages: await exportAudit(deps, { actor, ...query }),
        line: (entry) => Object.values(columns).map((column) => column(entry, names)),
      },
      (fault) => deps.log.error({ err: fault, requestId }, "an export broke off"),
    );
  },
});
