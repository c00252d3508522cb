import type { Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import { guestAddressee } from "./addressee";
import type { VisitWithPeople } from "./find-visit";
import { guestsOf } from "./guests";
import { type IssueLinkDeps, issueLink } from "./link-codes";
import { tell } from "./tell-party";
import { linkExpiry } from "./window";

/** Tells everybody who was asked to the visit that it moved (with a new link) or is off. */
export async function tellGuests(
  deps: IssueLinkDeps,
  tx: Tx,
  found: VisitWithPeople,
  { template, actor }: { template: "rescheduled" | "cancelled"; actor: Actor },
): Promise<void> {
  const expiry = template === "cancelled" ? null : linkExpiry(found.visit, deps.clock.now());
  for (const guest of await guestsOf(tx, found.visit.id)) {
    const made =
      expiry &&
      (await issueLink(deps, tx, {
        visit: found.visit,
        party: guest.role,
        guestId: guest.id,
        expiresAt: expiry.expiresAt,
        reason: template,
        actor,
      }));
    const link = made && { tokenId: made.tokenId, url: made.link, expiresAt: new Date(made.expiresAt) };
    await tell(deps, tx, found, guestAddressee(guest), { template, channel: "both", link, actor });
  }
}
