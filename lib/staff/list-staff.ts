import { and, asc, count, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { accountDues, staff, staffInvitations, staffLicences, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { fullName } from "@/lib/kernel/full-name";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { type Forbidden, isAdmin, type StaffDeps, type StaffUnknown } from "./deps";
import type { StaffRole } from "./invite";

type Deps = Pick<StaffDeps, "db" | "clock">;
/** `none`: in the book, and never had an account. */
type Standing = "active" | "suspended" | "none";
export type Colleague = {
  staffId: string;
  name: string;
  email: string;
  role: StaffRole;
  standing: Standing;
  lastSignInAt: string | null;
  /** Cognito was not told yet of the last change: since when. Our own doors keep to it already. */
  waitsForCloudSince: string | null;
};
export type OpenInvitation = {
  invitationId: string;
  name: string;
  email: string;
  role: StaffRole;
  sentAt: string;
  expiresAt: string;
  expired: boolean;
};

const pageSize = 100;

/** Who works here, by name. For administrators; each look is recorded. */
export async function listStaff(
  { db }: Deps,
  { actor, cursor }: { actor: Actor; cursor?: string },
): Promise<Result<{ colleagues: Colleague[]; nextCursor: string | null }, Forbidden>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  return db.asActor(actor, async (tx) => {
    const rows = await select(tx, after(cursor)).limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    await recordAudit(tx, { event: "STAFF_LISTED", actor, metadata: { count: page.length } });
    const end = page.at(-1)?.person;
    return ok({
      colleagues: page.map(describe),
      nextCursor: rows.length > pageSize && end ? writeCursor([end.lastName, end.firstName, end.id]) : null,
    });
  });
}

/** One colleague, with what hangs on them: a clinician's visits to come and licences. */
export async function readColleague(
  { db }: Deps,
  { actor, staffId }: { actor: Actor; staffId: string },
): Promise<Result<Colleague & { openVisits: number; states: string[] }, Forbidden | StaffUnknown>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  if (!isUuid(staffId)) return err({ code: "STAFF_UNKNOWN" });
  return db.asActor(actor, async (tx) => {
    const [row] = await select(tx, eq(staff.id, staffId));
    if (!row) return err({ code: "STAFF_UNKNOWN" } as const);
    const { clinicianId, endedAt, cancelledAt, noShowAt } = videoVisits;
    const [visits] = await tx
      .select({ open: count() })
      .from(videoVisits)
      .where(and(eq(clinicianId, staffId), isNull(endedAt), isNull(cancelledAt), isNull(noShowAt)));
    const licences = await tx
      .select({ state: staffLicences.state })
      .from(staffLicences)
      .where(eq(staffLicences.staffId, staffId))
      .orderBy(asc(staffLicences.state));
    return ok({
      ...describe(row),
      openVisits: visits?.open ?? 0,
      states: licences.map(({ state }) => state),
    });
  });
}

/** Invitations that nobody accepted yet, the newest first. */
export async function listInvitations(
  { db, clock }: Deps,
  { actor }: { actor: Actor },
): Promise<Result<OpenInvitation[], Forbidden>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const rows = await db.asActor(actor, (tx) =>
    tx
      .select()
      .from(staffInvitations)
      .where(and(isNull(staffInvitations.acceptedAt), isNull(staffInvitations.withdrawnAt)))
      .orderBy(desc(staffInvitations.sentAt), asc(staffInvitations.id))
      .limit(200),
  );
  return ok(
    rows.map((row) => ({
      invitationId: row.id,
      name: fullName(row),
      email: row.email,
      role: row.role,
      sentAt: row.sentAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      expired: row.expiresAt <= clock.now(),
    })),
  );
}

const select = (tx: Tx, which: SQL | undefined) =>
  tx
    .select({ person: staff, waitsSince: accountDues.since })
    .from(staff)
    .leftJoin(accountDues, eq(accountDues.staffId, staff.id))
    .where(which)
    .orderBy(asc(staff.lastName), asc(staff.firstName), asc(staff.id));

type Row = { person: typeof staff.$inferSelect; waitsSince: Date | null };

function describe({ person, waitsSince }: Row): Colleague {
  return {
    staffId: person.id,
    name: fullName(person),
    email: person.email,
    role: person.role,
    standing: person.suspendedAt ? "suspended" : person.sub ? "active" : "none",
    lastSignInAt: person.lastSignInAt?.toISOString() ?? null,
    waitsForCloudSince: waitsSince?.toISOString() ?? null,
  };
}

function after(cursor: string | undefined): SQL | undefined {
  const [last, first, id] = readCursor(cursor) ?? [];
  if (last === undefined || first === undefined || !id || !isUuid(id)) return undefined;
  return sql`(${staff.lastName}, ${staff.firstName}, ${staff.id}) > (${last}, ${first}, ${id}::uuid)`;
}
