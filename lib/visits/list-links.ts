import {
  and,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  type SQL,
  sql,
} from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/as-actor";
import { auditLog, customers, staff, videoVisits, visitGuests, vouchers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { fullName } from "@/lib/kernel/full-name";
import { isGuest, type Party } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { LinkStatus, VisitDetail } from "./answers";
import type { Need } from "./deps";
import { linkStatus, revokedWhy } from "./describe-visit";
import { namedColumns } from "./find-visit";
import type { Forbidden } from "./refusals";
import { isOpen, statusOf } from "./status";

export const linkStatuses = [
  "ISSUED",
  "OPENED",
  "REDEEMED",
  "EXPIRED",
  "REVOKED",
] as const satisfies readonly LinkStatus[];

/** Who made a link. `holder`: whoever held the one before it asked for another; `program`: an API key; `automatic`: a reminder's. */
type LinkIssuer =
  | { kind: "staff"; name: string }
  | { kind: "holder" }
  | { kind: "program" }
  | { kind: "automatic" };
export type LinkEntry = {
  tokenId: string;
  visitId: string;
  /** When the visit is planned. */
  scheduledAt: string;
  party: Party;
  /** Whom it was made for; null: a guest who is not on file any more. */
  name: string | null;
  status: LinkStatus;
  revoked: VisitDetail["links"][number]["revoked"];
  issuedAt: string;
  issuedBy: LinkIssuer;
  expiresAt: string;
  openedAt: string | null;
  redeemedAt: string | null;
  /** The browser that joined with it or, for a reader of the audit, first opened it, as it calls itself; null: not known, or not for this reader. */
  seenFrom: { userAgent: string; ip: string } | null;
  /** It opens something, or somebody is in by it. */
  revocable: boolean;
};
export type LinkFilter = {
  status?: LinkStatus;
  /** On when it was made or, of those that ran out, on when they did: `from` inclusive, `to` exclusive. */
  from?: Date;
  to?: Date;
  /** Of this patient's visits, whoever they were made for. */
  patientId?: string;
};

/**
 * Links of every visit, newest first; those that ran out, by when they did. For those who run the book; each look is recorded. Nothing that opens
 * one is in it. Each state is a range of an index of its own (migrations 0152, 0156); a patient's are found by their visits
 * (`video_visits_by_patient`, then `vouchers_by_visit`), which are few.
 */
export async function listLinks(
  deps: Need<"db" | "clock">,
  { actor, limit = 50, cursor, ...filter }: LinkFilter & { actor: Actor; limit?: number; cursor?: string },
): Promise<Result<{ links: LinkEntry[]; nextCursor: string | null }, Forbidden>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  if (filter.patientId !== undefined && !isUuid(filter.patientId)) return ok({ links: [], nextCursor: null });
  const size = Math.min(100, Math.max(1, limit));
  const now = deps.clock.now();
  const by = filter.status === "EXPIRED" ? "expiresAt" : "issuedAt";
  return deps.db.asActor(actor, async (tx) => {
    // The page first, by the table's own name; its people after.
    const chosen = tx
      .select(told)
      .from(vouchers)
      .where(
        and(
          filter.patientId ? ofPatient(filter.patientId) : undefined,
          filter.status && hasStatus(filter.status, now),
          filter.from && gte(vouchers[by], filter.from),
          filter.to && lt(vouchers[by], filter.to),
          after(vouchers[by], cursor),
        ),
      )
      .orderBy(desc(vouchers[by]), desc(vouchers.id))
      .limit(size + 1)
      .as("vouchers");
    const rows = await tx
      .select({ link: told, guest: visitGuests.name, ...namedColumns })
      .from(chosen)
      .innerJoin(videoVisits, eq(videoVisits.id, vouchers.visitId))
      .innerJoin(customers, eq(customers.id, videoVisits.patientId))
      .innerJoin(staff, eq(staff.id, videoVisits.clinicianId))
      .leftJoin(visitGuests, eq(visitGuests.id, vouchers.subject))
      .orderBy(desc(vouchers[by]), desc(vouchers.id));
    const page = rows.slice(0, size);
    await recordAudit(tx, {
      event: "LINKS_LISTED",
      actor,
      metadata: {
        count: page.length,
        ...(filter.status && { status: filter.status }),
        ...(filter.patientId && { patientId: filter.patientId }),
      },
    });
    const issuers = await issuersOf(
      tx,
      page.map(({ link }) => link.issuedBy),
    );
    const openings = await openingsOf(
      tx,
      page.map(({ link }) => link),
    );
    const last = page.at(-1)?.link;
    return ok({
      links: page.map(({ link, guest, visit, patient, clinician }) => {
        const status = linkStatus(link, now);
        return {
          tokenId: link.id,
          visitId: visit.id,
          scheduledAt: visit.scheduledAt.toISOString(),
          party: link.party,
          name: isGuest(link.party)
            ? guest
            : fullName(link.party === "clinician" ? clinician : { title: null, ...patient }),
          status,
          revoked: link.revokedAt && revokedWhy(link.revokeReason),
          issuedAt: link.issuedAt.toISOString(),
          issuedBy: issuers.get(link.issuedBy) ?? { kind: "program" },
          expiresAt: link.expiresAt.toISOString(),
          openedAt: link.openedAt?.toISOString() ?? null,
          redeemedAt: link.redeemedAt?.toISOString() ?? null,
          seenFrom:
            link.redemptionUa !== null
              ? { userAgent: link.redemptionUa, ip: link.redemptionIp ?? "" }
              : (openings.get(link.id) ?? null),
          revocable: isOpen(statusOf(visit)) && status !== "EXPIRED" && status !== "REVOKED",
        };
      }),
      nextCursor: rows.length > size && last ? writeCursor([last[by].toISOString(), last.id]) : null,
    });
  });
}

/** Nothing by which a link could be recognised leaves the table. */
const {
  codeHash: _code,
  nonceHash: _nonce,
  sealedToken: _token,
  holderHash: _holder,
  ...told
} = getTableColumns(vouchers);

/** Their visits first, as a list: so no plan goes through everybody's links in search of theirs. */
const ofPatient = (patientId: string): SQL =>
  sql`${vouchers.visitId} = ANY(ARRAY(SELECT theirs.id FROM video_visits theirs WHERE theirs.patient_id = ${patientId}::uuid))`;

/** `linkStatus`, said in SQL. What still opens is brought by when it runs out, however much was made since. */
function hasStatus(status: LinkStatus, now: Date): SQL | undefined {
  const { revokedAt, redeemedAt, openedAt, expiresAt } = vouchers;
  const unused = and(isNull(redeemedAt), isNull(revokedAt));
  const live = sql`${vouchers.id} IN (
    SELECT live.id FROM vouchers live
    WHERE live.expires_at > ${now.toISOString()}::timestamptz AND live.redeemed_at IS NULL AND live.revoked_at IS NULL)`;
  switch (status) {
    case "REVOKED":
      return isNotNull(revokedAt);
    case "REDEEMED":
      return and(isNotNull(redeemedAt), isNull(revokedAt));
    case "EXPIRED":
      return and(unused, lte(expiresAt, now));
    case "OPENED":
      return and(live, isNotNull(openedAt));
    case "ISSUED":
      return and(live, isNull(openedAt));
  }
}

function after(time: PgColumn, cursor: string | undefined): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  return sql`(${time}, ${vouchers.id}) < (${at}::timestamptz, ${id}::uuid)`;
}

/** `issued_by` is an id of one of several tables, or the name of a process of ours. */
async function issuersOf(tx: Tx, names: readonly string[]): Promise<Map<string, LinkIssuer>> {
  const ids = [...new Set(names.filter(isUuid))];
  const found = new Map<string, LinkIssuer>();
  for (const name of names) if (!isUuid(name)) found.set(name, { kind: "automatic" });
  if (ids.length === 0) return found;
  for (const person of await tx.select().from(staff).where(inArray(staff.id, ids)))
    found.set(person.id, { kind: "staff", name: fullName(person) });
  const older = await tx.select({ id: vouchers.id }).from(vouchers).where(inArray(vouchers.id, ids));
  for (const { id } of older) found.set(id, { kind: "holder" });
  return found;
}

/** From where links were first opened, as the audit has it: nothing for whom row-level security shows none of it. */
async function openingsOf(
  tx: Tx,
  links: readonly { id: string; visitId: string; openedAt: Date | null }[],
): Promise<Map<string, { userAgent: string; ip: string }>> {
  const opened = links.filter(({ openedAt }) => openedAt !== null);
  if (opened.length === 0) return new Map();
  const rows = await tx
    .select({ tokenId: auditLog.tokenId, ip: auditLog.ipAddress, userAgent: auditLog.userAgent })
    .from(auditLog)
    .where(
      and(
        inArray(auditLog.visitId, [...new Set(opened.map(({ visitId }) => visitId))]),
        eq(auditLog.eventType, "TOKEN_OPENED"),
      ),
    );
  return new Map(
    rows.map(({ tokenId, ip, userAgent }) => [tokenId ?? "", { ip: ip ?? "", userAgent: userAgent ?? "" }]),
  );
}
