import type { Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Channel, NotifyAnswer } from "./answers";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import { type IssueLinkDeps, issueLink, type LiveLink, liveLink } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type NotifyRefusal } from "./refusals";
import { statusOf } from "./status";
import { canReach, tellParty } from "./tell-party";
import { linkExpiry } from "./window";

export type NotifyPartiesInput = {
  actor: Actor;
  visitId: string;
  /** Not given: the visit's own. */
  channel?: Channel;
  recipientRole?: Principal | "both";
  /** What is said around the link; `initial` where not given. */
  template?: "initial" | "reminder";
};

/**
 * Sends each party their link: the one that was issued last, if it still opens, else a new one. Repeating it is a reminder with
 * the same link.
 * @see seed 4, "Send Notifications".
 */
export async function notifyParties(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, visitId, channel, recipientRole = "patient", template = "initial" }: NotifyPartiesInput,
): Promise<Result<NotifyAnswer, NotifyRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<NotifyAnswer, NotifyRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);

    const asked: Principal[] = recipientRole === "both" ? ["patient", "clinician"] : [recipientRole];
    const reachable = asked.filter((party) => canReach(found, party, channel ?? visit.channel));
    if (reachable.length === 0) return err({ code: "NO_CONTACT" });

    const channelAsked = channel ?? visit.channel;
    const links = [];
    for (const party of reachable) {
      const link = await linkToSend(deps, tx, { visit, party, actor });
      if (!link) return err({ code: "VISIT_WINDOW_CLOSED" }); // before anything was queued
      links.push({ party, link });
    }
    const recipients: NotifyAnswer["recipients"] = [];
    for (const { party, link } of links)
      recipients.push({
        role: party,
        ...(await tellParty(deps, tx, found, { party, template, channel: channelAsked, link, actor })),
      });
    const { role: _, ...sent } = recipients.find(({ role }) => role === "patient") ?? recipients[0]!;
    return ok({
      sent,
      deliveryTracking: {
        ...(sent.sms && { smsTrackingId: sent.sms.messageId }),
        ...(sent.email && { emailTrackingId: sent.email.messageId }),
      },
      recipients,
    });
  });
}

/** The link that a message carries; null when none could open anything any more. */
export async function linkToSend(
  deps: IssueLinkDeps,
  tx: Tx,
  { visit, party, actor }: { visit: VisitRow; party: Principal; actor: Actor },
): Promise<LiveLink | null> {
  const live = await liveLink(deps, tx, visit.id, party);
  if (live) return live;
  const expiry = linkExpiry(visit, deps.clock.now());
  if (!expiry) return null;
  const issued = await issueLink(deps, tx, {
    visit,
    party,
    expiresAt: expiry.expiresAt,
    reason: "reissued",
    actor,
  });
  return { tokenId: issued.tokenId, url: issued.link, expiresAt: expiry.expiresAt };
}
