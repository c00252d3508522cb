import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { hostSites } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { isUuid } from "@/lib/kernel/uuid";

/** The origins whose pages may hold our call for this site; none for a site that is unknown or suspended. */
export async function framesOf({ db }: { db: Db }, siteId: string): Promise<string[]> {
  if (!isUuid(siteId)) return [];
  const [site] = await db.asActor(clerk, (tx) =>
    tx
      .select({ origins: hostSites.origins })
      .from(hostSites)
      .where(and(eq(hostSites.id, siteId), isNull(hostSites.suspendedAt))),
  );
  return site?.origins ?? [];
}
