import type { Tx } from "@/db/as-actor";
import { isGuest, type Party, type Principal } from "@/lib/kernel/party";
import type { MessageFacts } from "@/lib/notifications/message";
import type { Channel } from "./answers";
import type { VisitWithPeople } from "./find-visit";
import { findGuest, type GuestRow } from "./guests";

/** Somebody to whom messages of a visit go: the contact on file, never one that a caller brought. */
export type Addressee = {
  party: Party;
  reader: MessageFacts["reader"];
  /** Null: nothing on file. */
  sms: string | null;
  email: string | null;
  timeZone: string;
  locale: string;
};

/** Staff have a mail address only. */
export function principalOf({ patient, clinician }: VisitWithPeople, party: Principal): Addressee {
  return party === "patient"
    ? {
        party,
        reader: party,
        sms: patient.phone,
        email: patient.email,
        timeZone: patient.timeZone,
        locale: patient.locale,
      }
    : { party, reader: party, sms: null, email: clinician.email, timeZone: clinician.timeZone, locale: "en" };
}

export function guestAddressee({ role, phone, email, timeZone, locale }: GuestRow): Addressee {
  return { party: role, reader: "guest", sms: phone, email, timeZone, locale };
}

/** `subject`: whom the voucher was issued for. Null: a guest who is not invited any more. */
export async function addresseeOf(
  tx: Tx,
  found: VisitWithPeople,
  { party, subject }: { party: Party; subject: string },
): Promise<Addressee | null> {
  if (!isGuest(party)) return principalOf(found, party);
  const guest = await findGuest(tx, found.visit.id, subject);
  return guest && guestAddressee(guest);
}

export function reachable({ sms, email }: Addressee, channel: Channel): boolean {
  return (channel !== "email" && sms !== null) || (channel !== "sms" && email !== null);
}
