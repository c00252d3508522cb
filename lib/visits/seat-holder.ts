import { eq } from "drizzle-orm";
import { vouchers } from "@/db/schema";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { Need } from "./deps";

export type SeatActor = Extract<Actor, { kind: "link" }>;

/**
 * The actor behind a seat, proven by the browser's cookie: it must be the one that spent this seat's link, and the link not revoked.
 * One refusal for all else: whether a seat exists is no business of who doesn't hold it.
 */
export async function seatHolder(
  deps: Need<"db" | "keyring">,
  { visitId, seatId, holder, origin }: { visitId: string; seatId: string; holder: string; origin: Origin },
): Promise<Result<SeatActor, { code: "SEAT_UNKNOWN" }>> {
  if (!isUuid(seatId) || !holder) return err({ code: "SEAT_UNKNOWN" });
  const claimed = { kind: "link", voucherId: seatId, visitId, party: "patient", origin } as const;
  const [voucher] = await deps.db.asActor(claimed, (tx) =>
    tx.select().from(vouchers).where(eq(vouchers.id, seatId)),
  );
  if (!voucher?.holderHash || voucher.revokedAt || voucher.visitId !== visitId)
    return err({ code: "SEAT_UNKNOWN" });
  if (!deps.keyring.matches("holder", holder, voucher.holderHash)) return err({ code: "SEAT_UNKNOWN" });
  return ok({ ...claimed, party: voucher.party });
}
