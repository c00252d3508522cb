import type { Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import { enqueue, masked } from "@/lib/notifications/enqueue";
import type { MessageFacts, MessageTemplate } from "@/lib/notifications/message";
import type { Channel, MessageReceipt, Party } from "./answers";
import type { Need } from "./deps";
import type { VisitWithPeople } from "./find-visit";
import type { LiveLink } from "./link-codes";

export type Receipts = { sms?: MessageReceipt; email?: MessageReceipt };
const provider = { sms: "sns", email: "ses" } as const;

/** The contact on file for each way of reaching a party. Staff have a mail address only. */
function contactsOf(
  { patient, clinician }: VisitWithPeople,
  party: Party,
): { sms: string | null; email: string | null } {
  return party === "patient"
    ? { sms: patient.phone, email: patient.email }
    : { sms: null, email: clinician.email };
}

export function canReach(found: VisitWithPeople, party: Party, channel: Channel): boolean {
  const { sms, email } = contactsOf(found, party);
  return (channel !== "email" && sms !== null) || (channel !== "sms" && email !== null);
}

/** Queues what one party is told, by each way that `channel` asks for and the file has a contact for. */
export async function tellParty(
  deps: Need<"keyring" | "clock">,
  tx: Tx,
  found: VisitWithPeople,
  message: {
    party: Party;
    template: MessageTemplate;
    channel: Channel;
    link: LiveLink | null;
    uselessAt?: Date;
    actor: Actor;
  },
): Promise<Receipts> {
  const { party, template, channel, link, uselessAt, actor } = message;
  const contacts = contactsOf(found, party);
  const receipts: Receipts = {};
  for (const kind of ["sms", "email"] as const) {
    const recipient = contacts[kind];
    if (!recipient || (channel !== "both" && channel !== kind)) continue;
    const { messageId } = await enqueue(deps, tx, {
      kind,
      template,
      facts: factsFor(found, party, link, template),
      recipient,
      uselessAt,
      actor,
      ...(link && { voucherId: link.tokenId }),
    });
    receipts[kind] = { messageId, to: masked(kind, recipient), status: "queued", provider: provider[kind] };
  }
  return receipts;
}

/** All that a message may know: see `MessageFacts`. */
function factsFor(
  { visit, patient, clinician }: VisitWithPeople,
  party: Party,
  link: LiveLink | null,
  template: MessageTemplate,
): MessageFacts {
  return {
    visitId: visit.id,
    reader: party,
    clinician: { title: clinician.title ?? "", firstName: clinician.firstName },
    scheduledAt: visit.scheduledAt.toISOString(),
    durationMinutes: visit.durationMinutes,
    timeZone: party === "patient" ? patient.timeZone : clinician.timeZone,
    locale: party === "patient" ? patient.locale : "en",
    link: link && { url: link.url, expiresAt: link.expiresAt.toISOString() },
    calendarSequence: visit.calendarSequence,
    // What was cancelled or is on time again is told by its planned time.
    ...(visit.lateUntil &&
      visit.lateMinutes &&
      template !== "cancelled" && {
        late: { minutes: visit.lateMinutes, until: visit.lateUntil.toISOString() },
      }),
  };
}
