import { eq } from "drizzle-orm";
import { visitGuests, visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { findGuest } from "./guests";
import { forgetCodes } from "./link-codes";
import { mayManage } from "./permit";
import type { Forbidden, VisitUnknown } from "./refusals";
import { takeOut } from "./remove-party";

type UninviteRefusal = Forbidden | VisitUnknown | { code: "GUEST_UNKNOWN" };

/** Takes an invitation back, for good: every link of theirs is dead from the commit on, and who is inside is out. */
export async function uninviteGuest(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
  { actor, visitId, guestId }: { actor: Actor; visitId: string; guestId: string },
): Promise<Result<{ visitId: string; guestId: string }, UninviteRefusal>> {
  const done = await deps.db.asActor(actor, async (tx): Promise<Result<string[], UninviteRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const guest = isUuid(guestId) ? await findGuest(tx, visitId, guestId) : null;
    if (!guest) return err({ code: "GUEST_UNKNOWN" });

    await tx.update(visitGuests).set({ revokedAt: deps.clock.now() }).where(eq(visitGuests.id, guestId));
    const { revoked } = await revokeVouchers(deps, tx, {
      visitId,
      party: guest.role,
      subject: guestId,
      reason: "uninvited",
      actor,
      includeRedeemed: true,
    });
    await forgetCodes(tx, revoked);
    const seats = await tx.select().from(visitSeats).where(eq(visitSeats.guestId, guestId));
    const cleanups: string[] = [];
    for (const seat of seats)
      if (!seat.removedAt) cleanups.push(...(await takeOut(deps, tx, { visit: found.visit, seat, actor })));
    await recordAudit(tx, {
      event: "GUEST_UNINVITED",
      actor,
      visitId,
      metadata: { guestId, party: guest.role },
    });
    await tellChanged(tx, visitId);
    return ok(cleanups);
  });
  if (!done.ok) return done;
  await finishCleanups(deps, done.value);
  return ok({ visitId, guestId });
}
