import { randomUUID } from "node:crypto";
import { and, asc, eq, sql } from "drizzle-orm";
import { savedViews } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { Need } from "./deps";

/** `query`: what stands behind the list's address, without its question mark. */
export type SavedView = { viewId: string; name: string; query: string };
export type ViewRefusal =
  | { code: "FORBIDDEN" }
  /** A name has 1 to 40 letters. */
  | { code: "INPUT_INVALID" }
  /** More than `viewsAtMost` are no help; one must go first. */
  | { code: "VIEWS_FULL" };

const viewsAtMost = 20;
const nameLargest = 40;
const queryLargest = 600;
const list = "visits";

/** The actor's own views of the list of visits, by name. */
export async function listViews({ db }: Need<"db">, { actor }: { actor: Actor }): Promise<SavedView[]> {
  return db.asActor(actor, (tx) =>
    tx
      .select({ viewId: savedViews.id, name: savedViews.name, query: savedViews.query })
      .from(savedViews)
      .where(eq(savedViews.list, list))
      .orderBy(asc(sql`lower(${savedViews.name})`))
      .limit(viewsAtMost),
  );
}

/** Keeps a view under a name; one that has the name already is replaced. */
export async function keepView(
  { db }: Need<"db">,
  { actor, name, query }: { actor: Actor; name: string; query: string },
): Promise<Result<void, ViewRefusal>> {
  if (actor.kind !== "person") return err({ code: "FORBIDDEN" });
  const clean = name.trim().replace(/\s+/g, " ");
  if (clean.length < 1 || clean.length > nameLargest || query.length > queryLargest)
    return err({ code: "INPUT_INVALID" });
  return db.asActor(actor, async (tx): Promise<Result<void, ViewRefusal>> => {
    const replaced = await tx
      .update(savedViews)
      .set({ name: clean, query })
      .where(and(eq(savedViews.list, list), sql`lower(${savedViews.name}) = lower(${clean})`))
      .returning({ id: savedViews.id });
    if (replaced.length > 0) return ok(undefined);
    const kept = await tx.select({ id: savedViews.id }).from(savedViews).where(eq(savedViews.list, list));
    if (kept.length >= viewsAtMost) return err({ code: "VIEWS_FULL" });
    await tx
      .insert(savedViews)
      .values({ id: randomUUID(), staffId: actor.id, list, name: clean, query })
      // Somebody who pressed twice.
      .onConflictDoNothing();
    return ok(undefined);
  });
}

/** Takes a view of the actor's away; one that is not there, or not theirs, is gone already. */
export async function removeView(
  { db }: Need<"db">,
  { actor, viewId }: { actor: Actor; viewId: string },
): Promise<void> {
  if (!isUuid(viewId)) return;
  await db.asActor(actor, (tx) => tx.delete(savedViews).where(eq(savedViews.id, viewId)));
}
