import { and, eq, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { deskContacts, supportCalls, videoVisits } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { answerWithin } from "@/lib/support-calls/contact-event";
import type { DeskDeps } from "./deps";

type AtDesk = { staffId: string; contactId: string };

/** A desk waits no longer to learn where a call came from. Milliseconds. */
const askMaxMs = 1_500;

/**
 * The contact by which our book knows the call that is at this desk. A call that was handed on has a new contact, and is the same call: whoever was proved
 * stays proved. Before the call was shown here, or at any other desk, a contact is itself.
 */
export async function contactHere(tx: Tx, { staffId, contactId }: AtDesk): Promise<string> {
  const [row] = await tx
    .select({ contactId: deskContacts.contactId })
    .from(deskContacts)
    .where(
      and(eq(deskContacts.staffId, staffId), isNull(deskContacts.leftAt), eq(deskContacts.hereAs, contactId)),
    );
  return row?.contactId ?? contactId;
}

/**
 * The first contact of the call that this one belongs to, as the contact centre says; itself where it does not say, and then nobody is proved. Whether it
 * is at their desk is the caller's to have asked.
 */
export async function firstContact(
  { db, contactCentre }: Pick<DeskDeps, "db" | "contactCentre">,
  { staffId, contactId }: AtDesk,
): Promise<string> {
  const known = await db.asActor(clerk, async (tx) => {
    const first = await contactHere(tx, { staffId, contactId });
    return first !== contactId || (await isInBook(tx, contactId)) ? first : null;
  });
  if (known) return known;
  const told = await answerWithin(askMaxMs, contactCentre.describeContact(contactId), null);
  return told?.ok ? told.value.firstContactId : contactId;
}

async function isInBook(tx: Tx, contactId: string): Promise<boolean> {
  const [call] = await tx
    .select({ id: supportCalls.id })
    .from(supportCalls)
    .where(or(eq(supportCalls.contactId, contactId), eq(supportCalls.boundContact, contactId)))
    .limit(1);
  if (call) return true;
  const [visit] = await tx
    .select({ id: videoVisits.id })
    .from(videoVisits)
    .where(eq(videoVisits.connectContactId, contactId))
    .limit(1);
  return visit !== undefined;
}
