import type { Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { MessageTemplate } from "@/lib/notifications/message";
import { type Addressee, guestAddressee, principalOf } from "./addressee";
import type { Channel } from "./answers";
import type { VisitWithPeople } from "./find-visit";
import type { IssueLinkDeps, Whose } from "./link-codes";
import { linkToSend } from "./send-links";
import { tell } from "./tell-party";
import { toldGuests, toldParties } from "./told-parties";

/** Somebody who knew of at least one of the visits: each of them as theirs, earliest first. */
type Known = { to: Addressee; channel: Channel; visits: { found: VisitWithPeople; whose: Whose }[] };

const ofSeveral = { rescheduled: "series-moved", cancelled: "series-cancelled" } as const;

/**
 * Tells everybody who knew of these visits that they moved (with a link to the first) or are off: one message each by the ways they were told
 * by, however many visits there are.
 * @param changed earliest first, as they are now.
 */
export async function tellChange(
  deps: IssueLinkDeps,
  tx: Tx,
  changed: readonly VisitWithPeople[],
  { template, actor }: { template: "rescheduled" | "cancelled"; actor: Actor },
): Promise<void> {
  for (const { to, channel, visits } of await whoKnew(tx, changed)) {
    const { found, whose } = visits[0]!;
    const link =
      template === "cancelled" ? null : await linkToSend(deps, tx, { visit: found.visit, whose, actor });
    if (template === "rescheduled" && !link) continue;
    const several = visits.length > 1;
    const said: MessageTemplate = several ? ofSeveral[template] : template;
    await tell(deps, tx, found, to, {
      template: said,
      channel,
      link,
      ...(several && { visits: visits.map((one) => one.found.visit) }),
      actor,
    });
  }
}

async function whoKnew(tx: Tx, changed: readonly VisitWithPeople[]): Promise<Known[]> {
  const known = new Map<string, Known>();
  const note = (to: Addressee, channel: Channel, one: Known["visits"][number]) => {
    const key = [to.party, to.sms, to.email].join();
    const before = known.get(key);
    if (!before) known.set(key, { to, channel, visits: [one] });
    else {
      before.visits.push(one);
      if (before.channel !== channel) before.channel = "both";
    }
  };
  for (const found of changed) {
    for (const { party, channel } of await toldParties(tx, found.visit))
      note(principalOf(found, party), channel, { found, whose: { party } });
    for (const guest of await toldGuests(tx, found.visit))
      note(guestAddressee(guest), "both", { found, whose: { party: guest.role, guestId: guest.id } });
  }
  return [...known.values()];
}
