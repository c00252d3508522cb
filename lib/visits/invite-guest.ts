import { randomUUID } from "node:crypto";
import { visitGuests } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { GuestRole } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import { guestAddressee } from "./addressee";
import type { InvitedGuest } from "./answers";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { type GuestRow, guestsOf, guestsPerVisit } from "./guests";
import { issueLink } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type InviteRefusal } from "./refusals";
import { statusOf } from "./status";
import { tell } from "./tell-party";
import { linkExpiry } from "./window";

export type InviteGuestInput = {
  actor: Actor;
  visitId: string;
  role: GuestRole;
  /** A first name: what the others are shown, beside the role. */
  name: string;
  /** E.164. Where neither is given, the link in the answer must be handed over. */
  phone?: string;
  email?: string;
  locale?: string;
  /** IANA; the patient's where not given. */
  timeZone?: string;
};

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
    if (visit.route === "connect") return err({ code: "GUESTS_NEED_MEETING" });
    const now = deps.clock.now();
    const expiry = linkExpiry(visit, now);
    if (!expiry) return err({ code: "VISIT_WINDOW_CLOSED" });
    if ((await guestsOf(tx, visitId)).length >= guestsPerVisit) return err({ code: "GUESTS_FULL" });

    const guest: GuestRow = {
      id: randomUUID(),
      visitId,
      role: given.role,
      name: given.name,
      phone: given.phone ?? null,
      email: given.email ?? null,
      timeZone: given.timeZone ?? patient.timeZone,
      locale: given.locale ?? "en",
      invitedBy: actor.kind === "person" || actor.kind === "api-key" ? actor.id : actor.kind,
      createdAt: now,
      revokedAt: null,
    };
    await tx.insert(visitGuests).values(guest);
    await recordAudit(tx, {
      event: "GUEST_INVITED",
      actor,
      visitId,
      metadata: { guestId: guest.id, party: guest.role },
    });
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
