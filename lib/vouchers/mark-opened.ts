import type { Db } from "@/db/as-actor";
import type { Origin } from "@/lib/kernel/actor";

/** Notes the first look at a link (`openedAt`, TOKEN_OPENED). Later looks change nothing. @returns whether this was the first. */
export async function markOpened({ db }: { db: Db }, voucherId: string, origin: Origin): Promise<boolean> {
  const [row] = await db.call<{ first: boolean }>("voucher_open", [
    voucherId,
    origin.ip.slice(0, 45),
    origin.userAgent.slice(0, 512),
  ]);
  return row?.first ?? false;
}
