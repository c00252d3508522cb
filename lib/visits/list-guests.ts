import { and, desc, eq, inArray } from "drizzle-orm";
import { vouchers } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { GuestEntry } from "./answers";
import type { Need } from "./deps";
import { linkStatus } from "./describe-visit";
import { findVisit } from "./find-visit";
import { guestsOf } from "./guests";
import type { VisitUnknown } from "./refusals";

/** Who was asked to a visit beside its two parties, for staff who may see it. */
export async function listGuests(
  deps: Need<"db" | "clock">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ guests: GuestEntry[] }, VisitUnknown>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<{ guests: GuestEntry[] }, VisitUnknown>> => {
    if (!(await findVisit(tx, visitId))) return err({ code: "VISIT_UNKNOWN" });
    const guests = await guestsOf(tx, visitId);
    const ids = guests.map(({ id }) => id);
    const links =
      ids.length === 0
        ? []
        : await tx
            .select()
            .from(vouchers)
            .where(and(eq(vouchers.visitId, visitId), inArray(vouchers.subject, ids)))
            .orderBy(desc(vouchers.issuedAt));
    return ok({
      guests: guests.map((guest) => {
        const newest = links.find(({ subject }) => subject === guest.id);
        return {
          guestId: guest.id,
          role: guest.role,
          name: guest.name,
          phone: guest.phone && maskPhone(guest.phone),
          email: guest.email && maskEmail(guest.email),
          invitedAt: guest.createdAt.toISOString(),
          link: newest ? linkStatus(newest, deps.clock.now()) : null,
        };
      }),
    });
  });
}
