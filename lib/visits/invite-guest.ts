import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { addGuest, type GivenGuest, guestsRefusal } from "./add-guest";
import { guestAddressee } from "./addressee";
import type { InvitedGuest } from "./answers";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { guestsOf } from "./guests";
import { issueLink } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type InviteRefusal } from "./refusals";
import { statusOf } from "./status";
import { tell } from "./tell-party";
import { linkExpiry } from "./window";

/** Where neither phone nor email is given, the link in the answer must be handed over. */
export type InviteGuestInput = GivenGuest & { actor: Actor; visitId: string };

/**
 * Asks a caregiver, an interpreter or a student to a visit, and sends them a link of their own. It lets them wait, like everybody's:
 * the clinician admits each of them by name. What they are told holds no patient's name.
 */
export async function inviteGuest(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, visitId, ...given }: InviteGuestInput,
): Promise<Result<InvitedGuest, InviteRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<InvitedGuest, InviteRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true }); // also orders rivals for the last place
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit, patient } = found;
    if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    const expiry = linkExpiry(visit, deps.clock.now());
    if (!expiry) return err({ code: "VISIT_WINDOW_CLOSED" });
    const many = guestsRefusal((await guestsOf(tx, visitId)).length + 1, visit.route);
    if (many) return err(many);

    const guest = await addGuest(deps, tx, { visitId, patientZone: patient.timeZone, given, actor });
    const link = await issueLink(deps, tx, {
      visit,
      party: guest.role,
      guestId: guest.id,
      expiresAt: expiry.expiresAt,
      reason: "reissued",
      actor,
    });
    const sent = await tell(deps, tx, found, guestAddressee(guest), {
      template: "initial",
      channel: "both",
      link: { tokenId: link.tokenId, url: link.link, expiresAt: expiry.expiresAt },
      actor,
    });
    await tellChanged(tx, visitId);
    return ok({ guestId: guest.id, role: guest.role, name: guest.name, sent, link });
  });
}
