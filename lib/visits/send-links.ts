import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Addressee, guestAddressee, principalOf, reachable } from "./addressee";
import type { Channel, NotifyAnswer } from "./answers";
import type { VisitRow, VisitWithPeople } from "./find-visit";
import { guestsOf } from "./guests";
import { type IssueLinkDeps, issueLink, type LiveLink, liveLink, type Whose } from "./link-codes";
import type { NotifyRefusal } from "./refusals";
import { statusOf } from "./status";
import { type Receipts, tell } from "./tell-party";
import { toldGuests, toldParties } from "./told-parties";
import { linkExpiry } from "./window";

type Recipient = { to: Addressee; whose: Whose; channel: Channel; told: boolean };
type SendLinks = {
  actor: Actor;
  parties: readonly Principal[];
  /** Everybody who is invited beside the two as well. */
  guests: boolean;
  channel: Channel;
  template: "initial" | "reminder";
};

/**
 * Sends each of them their link, in the caller's transaction: the one that was issued last, if it still opens, else a new one. Whoever hears
 * for the first time of a visit that repeats is told of those to come after it too.
 */
export async function sendLinks(
  deps: IssueLinkDeps,
  tx: Tx,
  found: VisitWithPeople,
  { actor, parties, guests, channel, template }: SendLinks,
): Promise<Result<NotifyAnswer, Extract<NotifyRefusal, { code: "NO_CONTACT" | "VISIT_WINDOW_CLOSED" }>>> {
  const { visit } = found;
  const knew = await toldParties(tx, visit);
  const asked = parties
    .map((party): Recipient & { whose: { party: Principal } } => ({
      to: principalOf(found, party),
      whose: { party },
      channel,
      told: knew.some((one) => one.party === party),
    }))
    .filter(({ to }) => reachable(to, channel));
  if (asked.length === 0) return err({ code: "NO_CONTACT" });
  if (!linkExpiry(visit, deps.clock.now())) return err({ code: "VISIT_WINDOW_CLOSED" });

  const after = template === "initial" ? await openAfter(tx, visit) : [];
  const send = async ({ to, whose, channel, told }: Recipient): Promise<Receipts> => {
    const several = after.length > 0 && !told;
    return tell(deps, tx, found, to, {
      template: several ? "series" : template,
      channel,
      link: await linkToSend(deps, tx, { visit, whose, actor }),
      ...(several && { visits: [visit, ...after] }),
      actor,
    });
  };
  const recipients: NotifyAnswer["recipients"] = [];
  for (const one of asked) recipients.push({ role: one.whose.party, ...(await send(one)) });
  const invited: NotifyAnswer["guests"] = [];
  for (const one of guests ? await guestsToTell(tx, visit) : [])
    invited.push({ guestId: one.whose.guestId, role: one.whose.party, ...(await send(one)) });

  const { role: _, ...sent } = recipients.find(({ role }) => role === "patient") ?? recipients[0]!;
  return ok({
    sent,
    deliveryTracking: {
      ...(sent.sms && { smsTrackingId: sent.sms.messageId }),
      ...(sent.email && { emailTrackingId: sent.email.messageId }),
    },
    recipients,
    guests: invited,
  });
}

/** Those who are invited and can be reached, by whatever way there is. */
async function guestsToTell(tx: Tx, visit: VisitRow) {
  const knew = new Set((await toldGuests(tx, visit)).map(({ id }) => id));
  return (await guestsOf(tx, visit.id))
    .map((guest) => ({
      to: guestAddressee(guest),
      whose: { party: guest.role, guestId: guest.id },
      channel: "both" as const,
      told: knew.has(guest.id),
    }))
    .filter(({ to }) => reachable(to, "both"));
}

/** What is still to come of the series after this visit, earliest first. */
async function openAfter(tx: Tx, visit: VisitRow): Promise<VisitRow[]> {
  if (!visit.seriesId) return [];
  const later = await tx
    .select()
    .from(videoVisits)
    .where(and(eq(videoVisits.seriesId, visit.seriesId), gt(videoVisits.scheduledAt, visit.scheduledAt)))
    .orderBy(asc(videoVisits.scheduledAt));
  return later.filter((one) => statusOf(one) === "SCHEDULED");
}

/** The link that a message carries; null when none could open anything any more. */
export async function linkToSend(
  deps: IssueLinkDeps,
  tx: Tx,
  { visit, whose, actor }: { visit: VisitRow; whose: Whose; actor: Actor },
): Promise<LiveLink | null> {
  const live = await liveLink(deps, tx, visit.id, whose);
  if (live) return live;
  const expiry = linkExpiry(visit, deps.clock.now());
  if (!expiry) return null;
  const issued = await issueLink(deps, tx, {
    visit,
    ...whose,
    expiresAt: expiry.expiresAt,
    reason: "reissued",
    actor,
  });
  return { tokenId: issued.tokenId, url: issued.link, expiresAt: expiry.expiresAt };
}
