import type { Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Principal } from "@/lib/kernel/party";
import { enqueue, masked } from "@/lib/notifications/enqueue";
import type { MessageFacts, MessageTemplate } from "@/lib/notifications/message";
import { type Addressee, principalOf, reachable } from "./addressee";
import type { Channel, MessageReceipt } from "./answers";
import type { Need } from "./deps";
import type { VisitRow, VisitWithPeople } from "./find-visit";
import type { LiveLink } from "./link-codes";

export type Receipts = { sms?: MessageReceipt; email?: MessageReceipt };
const provider = { sms: "sns", email: "ses" } as const;

export function canReach(found: VisitWithPeople, party: Principal, channel: Channel): boolean {
  return reachable(principalOf(found, party), channel);
}

type Message = {
  template: MessageTemplate;
  channel: Channel;
  link: LiveLink | null;
  /** Where a device check is offered: its address. */
  check?: string;
  /** Where it tells of several: all of them, this one first. */
  visits?: VisitRow[];
  uselessAt?: Date;
  actor: Actor;
};
type Deps = Need<"keyring" | "clock">;

/** Queues what one party is told, by each way that `channel` asks for and the file has a contact for. */
export async function tellParty(
  deps: Deps,
  tx: Tx,
  found: VisitWithPeople,
  { party, ...message }: Message & { party: Principal },
): Promise<Receipts> {
  return tell(deps, tx, found, principalOf(found, party), message);
}

/** The same for anybody whom a visit knows. */
export async function tell(
  deps: Deps,
  tx: Tx,
  found: VisitWithPeople,
  to: Addressee,
  { template, channel, link, check, visits, uselessAt, actor }: Message,
): Promise<Receipts> {
  const receipts: Receipts = {};
  for (const kind of ["sms", "email"] as const) {
    const recipient = to[kind];
    if (!recipient || (channel !== "both" && channel !== kind)) continue;
    const { messageId } = await enqueue(deps, tx, {
      kind,
      template,
      facts: {
        ...factsFor(found, to, link, template),
        ...(check && { check: { url: check } }),
        ...(visits && { visits: visits.map(entryOf) }),
      },
      party: to.party,
      recipient,
      uselessAt,
      actor,
      ...(link && { voucherId: link.tokenId }),
    });
    receipts[kind] = { messageId, to: masked(kind, recipient), status: "queued", provider: provider[kind] };
  }
  return receipts;
}

const entryOf = ({ id, scheduledAt, durationMinutes, calendarSequence }: VisitRow) => ({
  visitId: id,
  scheduledAt: scheduledAt.toISOString(),
  durationMinutes,
  calendarSequence,
});

/** All that a message may know: see `MessageFacts`. */
function factsFor(
  { visit, clinician }: VisitWithPeople,
  { reader, timeZone, locale }: Addressee,
  link: LiveLink | null,
  template: MessageTemplate,
): MessageFacts {
  return {
    visitId: visit.id,
    reader,
    clinician: { title: clinician.title ?? "", firstName: clinician.firstName },
    scheduledAt: visit.scheduledAt.toISOString(),
    durationMinutes: visit.durationMinutes,
    timeZone,
    locale,
    link: link && { url: link.url, expiresAt: link.expiresAt.toISOString() },
    calendarSequence: visit.calendarSequence,
    // What was cancelled or is on time again is told by its planned time.
    ...(visit.lateUntil &&
      visit.lateMinutes &&
      template !== "cancelled" &&
      template !== "series-cancelled" && {
        late: { minutes: visit.lateMinutes, until: visit.lateUntil.toISOString() },
      }),
  };
}
