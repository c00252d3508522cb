import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { hostSites } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { endCallsOfSite } from "@/lib/support-calls/end-call";
import { isAdmin, type Need } from "./deps";

export type SiteEntry = {
  siteId: string;
  name: string;
  origins: string[];
  createdAt: string;
  /** Null: its pages may hold our call. */
  suspendedAt: string | null;
};
type Row = typeof hostSites.$inferSelect;
type Forbidden = { code: "FORBIDDEN" };
type Refusal = Forbidden | { code: "SITE_UNKNOWN" };
type Which = { actor: Actor; siteId: string };
/** `origins`: read by `readOrigins`. */
type Said = { name: string; origins: readonly string[] };

const shownMax = 500;

/** Every site, the newest first. For administrators. */
export async function listSites(
  { db }: Need<"db">,
  { actor }: { actor: Actor },
): Promise<Result<SiteEntry[], Forbidden>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const rows = await db.asActor(actor, (tx) =>
    tx.select().from(hostSites).orderBy(desc(hostSites.createdAt), desc(hostSites.id)).limit(shownMax),
  );
  return ok(rows.map(entryOf));
}

/** From this commit on its pages may hold our call, and a key with `handovers` may hand its customers over. */
export async function registerSite(
  { db, clock }: Need<"db" | "clock">,
  { actor, name, origins }: { actor: Actor } & Said,
): Promise<Result<SiteEntry, Forbidden>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  return db.asActor(actor, async (tx) => {
    const [made] = await tx
      .insert(hostSites)
      .values({
        id: randomUUID(),
        name,
        origins: [...origins],
        createdBy: actor.id,
        createdAt: clock.now(),
      })
      .returning();
    if (!made) throw new Error("an insert that was not refused returns its row");
    const metadata = { siteId: made.id, name, origins: [...origins] };
    await recordAudit(tx, { event: "SITE_REGISTERED", actor, metadata });
    return ok(entryOf(made));
  });
}

/** Another name, other origins: those that are gone frame nothing from now on, and what they opened ends. */
export function changeSite(
  deps: Need<"db">,
  { name, origins, ...which }: Which & Said,
): Promise<Result<void, Refusal>> {
  return changed(deps, which, async (tx, row) => {
    await tx
      .update(hostSites)
      .set({ name, origins: [...origins] })
      .where(eq(hostSites.id, row.id));
    const metadata = { siteId: row.id, name, origins: [...origins], before: row.origins };
    await recordAudit(tx, { event: "SITE_CHANGED", actor: which.actor, metadata });
  });
}

/** No page of it may hold ours, nobody is handed over, and what was opened ends, all from this commit on; then the calls that are under way by its word. */
export async function suspendSite(deps: Need<"db" | "clock">, which: Which): Promise<Result<void, Refusal>> {
  const suspended = await changed(deps, which, async (tx, row) => {
    if (row.suspendedAt) return;
    await tx.update(hostSites).set({ suspendedAt: deps.clock.now() }).where(eq(hostSites.id, row.id));
    const metadata = { siteId: row.id, name: row.name };
    await recordAudit(tx, { event: "SITE_SUSPENDED", actor: which.actor, metadata });
  });
  if (suspended.ok) await endCallsOfSite(deps, which);
  return suspended;
}

/** As before it was suspended. */
export function restoreSite(deps: Need<"db">, which: Which): Promise<Result<void, Refusal>> {
  return changed(deps, which, async (tx, row) => {
    if (!row.suspendedAt) return;
    await tx.update(hostSites).set({ suspendedAt: null }).where(eq(hostSites.id, row.id));
    const metadata = { siteId: row.id, name: row.name };
    await recordAudit(tx, { event: "SITE_RESTORED", actor: which.actor, metadata });
  });
}

async function changed(
  { db }: Need<"db">,
  { actor, siteId }: Which,
  work: (tx: Tx, row: Row) => Promise<void>,
): Promise<Result<void, Refusal>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  if (!isUuid(siteId)) return err({ code: "SITE_UNKNOWN" });
  return db.asActor(actor, async (tx) => {
    const [row] = await tx.select().from(hostSites).where(eq(hostSites.id, siteId)).for("update");
    if (!row) return err({ code: "SITE_UNKNOWN" } as const);
    await work(tx, row);
    return ok(undefined);
  });
}

const entryOf = (row: Row): SiteEntry => ({
  siteId: row.id,
  name: row.name,
  origins: row.origins,
  createdAt: row.createdAt.toISOString(),
  suspendedAt: row.suspendedAt?.toISOString() ?? null,
});
